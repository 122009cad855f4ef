"""What people can sign up for, over HTTPS; and joined by text."""

import pytest

from functions.inbound.handler import handler
from outbound.adapters.api.contract.programmes import GARDEN
from tests.functions.conftest import CONTEXT
from tests.texts import envelope, payload, queue_event

PLAIN = {
    "name": "News",
    "purpose": "informational",
    "channels": ["email"],
    "level": "express",
    "wording": {"de": "Ja, Neuigkeiten."},
}


@pytest.fixture(scope="module")
def other(api):
    return api.make_key(tenant="gardens")["secret"]


def test_a_programme_is_made_replaced_read_and_removed(api):
    made = api.ask("PUT", "/v1/programmes/garden", GARDEN)
    assert made.status == 201
    assert {name: made.body[name] for name in GARDEN} == GARDEN
    assert api.ask("GET", "/v1/programmes/garden").body == made.body
    replaced = api.ask("PUT", "/v1/programmes/garden", GARDEN | {"name": "Garden"})
    assert (replaced.status, replaced.body["name"]) == (200, "Garden")
    assert replaced.body["created_at"] == made.body["created_at"]
    assert api.ask("DELETE", "/v1/programmes/garden").body == replaced.body
    for method in ("GET", "DELETE"):
        gone = api.ask(method, "/v1/programmes/garden")
        assert (gone.status, gone.body["code"]) == (404, "unknown_programme")


def test_what_is_not_given_is_null(api, other):
    body = api.ask("PUT", "/v1/programmes/plain", PLAIN, key=other).body
    assert [name for name, value in body.items() if value is None] == [
        "topic",
        "keyword",
        "brand",
        "continue_to",
    ]


def test_a_tenants_programmes_are_listed_page_by_page(api, other):
    for name in ("one", "two", "three"):
        api.ask("PUT", f"/v1/programmes/{name}", PLAIN, key=other)
    found, query = [], {"limit": "2"}
    while True:
        page = api.ask("GET", "/v1/programmes", key=other, query=query).body
        found += [each["id"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert set(found) >= {"one", "two", "three"}
    assert found == sorted(found)
    assert not {"one", "two"} & {
        each["id"] for each in api.ask("GET", "/v1/programmes").body["items"]
    }


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "Two\nlines"}, "/name"),
        ({"purpose": "emergency"}, "/purpose"),
        ({"topic": "Garden"}, "/topic"),
        ({"channels": []}, "/channels"),
        ({"channels": ["voice"]}, "/channels/0"),
        ({"level": "implied"}, "/level"),
        ({"wording": {}}, "/wording"),
        ({"wording": {"it": "Si"}}, "/wording/it"),
        ({"wording": {"en": "x" * 501}}, "/wording/en"),
        ({"wording": {"en": None}}, "/wording/en"),
        ({"keyword": "two words"}, "/keyword"),
        ({"continue_to": "javascript:alert(1)"}, "/continue_to"),
        ({"brand": " "}, "/brand"),
        ({"colour": "green"}, "/colour"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place_and_nothing_is_written(api, wrong, pointer):
    before = api.written()
    answer = api.ask("PUT", "/v1/programmes/wrong", GARDEN | wrong)
    assert (answer.status, answer.body["code"]) == (422, "invalid_request")
    assert [error["pointer"] for error in answer.body["errors"]] == [pointer]
    assert api.written() == before


@pytest.mark.parametrize("programme_id", ["Garden", "a b", "x" * 65, "-a"])
def test_an_id_must_look_like_one(api, programme_id):
    answer = api.ask("PUT", f"/v1/programmes/{programme_id}", GARDEN)
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, "/id")


def test_a_keyword_is_of_one_programme(api):
    one = PLAIN | {"keyword": "Once"}
    assert api.ask("PUT", "/v1/programmes/first", one).body["keyword"] == "once"
    taken = api.ask("PUT", "/v1/programmes/second", PLAIN | {"keyword": "ONCE"})
    assert (taken.status, taken.body["code"]) == (409, "keyword_taken")
    assert taken.body["errors"][0]["pointer"] == "/keyword"
    api.ask("DELETE", "/v1/programmes/first")
    assert api.ask("PUT", "/v1/programmes/second", PLAIN | {"keyword": "ONCE"}).status == 201


def test_without_a_number_to_answer_to_nobody_can_say_yes_by_text(api, other):
    answer = api.ask("PUT", "/v1/programmes/texts", PLAIN | {"channels": ["sms"]}, key=other)
    assert (answer.status, answer.body["code"]) == (422, "no_two_way_number")
    assert api.ask("GET", "/v1/programmes/texts", key=other).status == 404


def test_a_key_makes_programmes_for_its_own_purposes_alone(api):
    key = api.make_key(purposes=["transactional"])["secret"]
    answer = api.ask("PUT", "/v1/programmes/other", PLAIN, key=key)
    assert (answer.status, answer.body["code"]) == (403, "purpose_not_allowed")


def test_it_is_joined_by_text_and_confirmed_with_a_yes(api, monkeypatch):
    api.ask("PUT", "/v1/programmes/trees", GARDEN | {"keyword": "TREES"})
    number = "+14155550177"
    for index, body in enumerate(("Join trees!", "yes")):
        text = payload(originationNumber=number, messageBody=body, inboundMessageId=f"tree-{index}")
        assert handler(queue_event(envelope(text)), CONTEXT) == {"batchItemFailures": []}
        api.work_off("sms", monkeypatch)
    told = [item.text for item in api.carrier.outbox.items() if item.to == (number,)]
    assert any(each.startswith("Acme Gardens: Reply YES to get Garden offers") for each in told)
    assert any(each.startswith("Acme Gardens: You now get Garden offers") for each in told)
    [contact] = api.ask("GET", "/v1/contacts", query={"phone": number}).body["items"]
    [consent] = contact["consents"]["sms"]["marketing"]
    assert (consent["status"], consent["source"]) == ("granted", "programme:trees")
    history = api.ask("GET", f"/v1/contacts/{contact['id']}/consents").body["items"]
    assert history[0]["proof"]["wording"] == GARDEN["wording"]["en"]
