"""What a tenant says of itself, over HTTPS; and in messages."""

import pytest

from outbound.adapters.api.contract.settings import CLINIC
from tests.functions.test_cost import counted

SIGNED = {
    "to": {"phone": "+14255550133"},
    "channel": "sms",
    "purpose": "transactional",
    "content": {"text": "Yours, {{ organisation.name }}"},
}


@pytest.fixture(scope="module")
def key(api):
    return api.make_key(tenant="settings")["secret"]


def test_nothing_is_said_at_first(api, key):
    answer = api.ask("GET", "/v1/settings", key=key)
    assert (answer.status, set(answer.body.values())) == (200, {None})


def test_what_is_said_is_read_again_and_replaced_whole(api, key):
    assert api.ask("PUT", "/v1/settings", CLINIC, key=key).body == CLINIC
    assert api.ask("GET", "/v1/settings", key=key).body == CLINIC
    replaced = api.ask("PUT", "/v1/settings", {"name": "Clinic"}, key=key).body
    assert replaced == dict.fromkeys(CLINIC) | {"name": "Clinic"}
    assert api.ask("GET", "/v1/settings", key=key).body == replaced


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "Two\nlines"}, "/name"),
        ({"name": "x" * 61}, "/name"),
        ({"name": None}, "/name"),
        ({"postal_address": " "}, "/postal_address"),
        ({"phone": "503 555 0142"}, "/phone"),
        ({"website": "http://clinic.example.org"}, "/website"),
        ({"website": "https://["}, "/website"),
        ({"website": "https://clinic.example.org:port"}, "/website"),
        ({"locale": "English"}, "/locale"),
        ({"timezone": "PST"}, "/timezone"),
        ({"slogan": "Better"}, "/slogan"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place_and_nothing_is_written(api, key, wrong, pointer):
    before = api.ask("GET", "/v1/settings", key=key).body
    answer = api.ask("PUT", "/v1/settings", CLINIC | wrong, key=key)
    assert (answer.status, answer.body["code"]) == (422, "invalid_request")
    assert [error["pointer"] for error in answer.body["errors"]] == [pointer]
    assert api.ask("GET", "/v1/settings", key=key).body == before


def test_a_message_says_who_writes_for_a_read_in_a_minute(api, key):
    api.ask("PUT", "/v1/settings", CLINIC, key=key)
    dry = {"dry_run": "true"}
    with counted("dynamodb") as first:
        said = api.ask("POST", "/v1/messages", SIGNED, key=key, query=dry)
    with counted("dynamodb") as second:
        api.ask("POST", "/v1/messages", SIGNED, key=key, query=dry)
    assert said.body["content"] == {"text": "Yours, Green Street Clinic"}
    assert (first["GetItem"], second["GetItem"]) == (1, 0)
