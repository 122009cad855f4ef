"""What providers must never answer, over HTTP: nothing is raised, and nothing is believed."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest

from infra.local.carrier import Answer, Rule, Settings
from infra.local.carrier.server import serving
from outbound.domain.ids import MessageRef
from outbound.domain.outcome import Kind
from outbound.domain.words import Channel, Purpose
from outbound.ports import Outgoing
from tests import aws
from tests.builders import EMAIL, PHONE
from tests.contract.providers import PATIENCE, providers_at

PROVIDERS = ["ses", "sns", "sms", "voice"]
BODIES = {"subject": "Order", "text": "Order A-77 has shipped."}
ERROR = '{"__type": "ThrottlingException", "message": "Rate exceeded"}'
XML_ERROR = "<ErrorResponse><Error><Code>Throttled</Code></Error></ErrorResponse>"
XML = {"Content-Type": "text/xml"}
HTML = {"Content-Type": "text/html"}
ELSEWHERE = {"Location": "/outbox"}


@pytest.fixture(scope="module")
def simulator():
    settings = Settings(
        identities=("example.com",), configuration_sets=(aws.CONFIGURATION_SET,), receipt_delay=0
    )
    with serving(settings=settings) as running:
        yield running


@pytest.fixture(scope="module")
def providers(simulator):
    providers = providers_at(simulator.url, patience=PATIENCE)
    yield providers
    for provider in providers.values():
        provider.client.close()


@pytest.fixture
def ask(simulator, providers):
    """Hand a message over under a rule; the outcome, and whether the provider has taken it."""

    def ask(name, **answer):
        simulator.carrier.rules.replace([Rule(answer=Answer(**answer))] if answer else [])
        simulator.carrier.outbox.clear()
        outcome = hand_over(providers[name])
        return outcome, len(simulator.carrier.outbox.items()) == 1

    return ask


def hand_over(provider):
    ref = MessageRef("acme", "msg_" + "0" * 36)
    address = EMAIL if provider.channel is Channel.EMAIL else PHONE
    outgoing = Outgoing(ref, 1, address, Purpose.TRANSACTIONAL, BODIES)
    return provider.carrier.hand_over(outgoing)


TAKEN_PERHAPS: dict[str, dict[str, Any]] = {
    "nothing, unheard": {"drop": "before"},
    "nothing, though heard": {"drop": "after"},
    "half an answer": {"drop": "within"},
    "silence": {"hang": 2 * PATIENCE},
    "HTML, 200": {"garbage": True, "status": 200},
    "HTML, 502": {"garbage": True},
    "HTML, 503": {"garbage": True, "status": 503},
    "empty, 200": {"body": ""},
    "empty, 204": {"body": "", "status": 204},
    "empty, 500": {"body": "", "status": 500},
    "a status that is none": {"body": "", "status": 600},
    "an error, 200": {"body": ERROR},
    "an error in its header, 200": {
        "body": ERROR,
        "headers": {"x-amzn-ErrorType": "ThrottlingException"},
    },
    "an error in XML, 200": {"body": XML_ERROR, "headers": XML},
    "no id": {"body": "{}"},
    "no id, in XML": {"body": "<PublishResponse><PublishResult/></PublishResponse>"},
    "an empty id": {"body": '{"MessageId": ""}'},
    "null for an id": {"body": '{"MessageId": null}'},
    "a number for an id": {"body": '{"MessageId": 12}'},
    "a list for an id": {"body": '{"MessageId": ["one", "two"]}'},
    "a book for an id": {"body": json.dumps({"MessageId": "x" * 100_000})},
    "a book for an id, in XML": {
        "body": "<PublishResponse><PublishResult><MessageId>{}</MessageId></PublishResult>"
        "</PublishResponse>".format("x" * 100_000)
    },
    "broken JSON": {"body": '{"MessageId": "one"'},
    "broken XML": {"body": "<PublishResponse><PublishResult>", "headers": XML},
    "XML of something else": {"body": "<html/>", "headers": XML},
    "JSON of something else": {"body": "[1, 2]"},
    "JSON without a bottom": {"body": "[" * 200_000},
    "zero bytes": {"body": "\0\1\2"},
    "five megabytes": {"body": "x" * 5_000_000},
    "moved for good": {"body": "", "status": 301, "headers": ELSEWHERE},
    "found elsewhere": {"body": "", "status": 302, "headers": ELSEWHERE},
    "see other": {"body": "", "status": 303, "headers": ELSEWHERE},
    "to be asked elsewhere": {"body": "", "status": 307, "headers": ELSEWHERE},
    "an error whose fields are none": {
        "body": '{"__type": "ValidationException", "Fields": "x"}',
        "status": 500,
    },
    "an error that is a list": {"body": "[]", "status": 500},
    "an error whose type is a number": {"body": '{"__type": 5}', "status": 500},
}


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("case", TAKEN_PERHAPS)
def test_what_may_have_been_taken_is_in_doubt_and_the_provider_is_failing(ask, provider, case):
    outcome, _ = ask(provider, **TAKEN_PERHAPS[case])

    assert outcome.kind is Kind.UNKNOWN
    assert outcome.code
    assert outcome.failing
    assert outcome.provider_id is None


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("status", [400, 403, 404, 413, 429])
def test_a_page_of_html_with_4xx_was_a_refusal_for_now(ask, provider, status):
    outcome, taken = ask(provider, garbage=True, status=status)

    assert (outcome.kind, outcome.code, taken) == (Kind.TEMPORARY, str(status), False)
    assert not outcome.failing


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_wrong_content_type_does_not_hide_an_id(ask, provider):
    outcome, taken = ask(provider, headers=HTML)

    assert (outcome.kind, taken) == (Kind.SENT, True)
    assert outcome.provider_id


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    ("code", "status"), [("InternalFailure", 500), ("ServiceUnavailable", 503)]
)
def test_a_failure_that_has_a_name_was_not_taken(ask, provider, code, status):
    outcome, taken = ask(provider, error=code, status=status)

    assert (outcome.kind, outcome.code, taken) == (Kind.TEMPORARY, code, False)
    assert outcome.failing


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(("code", "status"), [("ThrottlingException", 400), ("SlowDown", 503)])
def test_a_busy_provider_is_not_failing(ask, provider, code, status):
    outcome, taken = ask(provider, error=code, status=status)

    assert (outcome.kind, outcome.code, taken) == (Kind.TEMPORARY, code, False)
    assert not outcome.failing


@pytest.mark.parametrize("provider", PROVIDERS)
def test_where_nobody_listens_nothing_was_taken(provider):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        providers = providers_at(f"http://127.0.0.1:{nobody.getsockname()[1]}")
        outcome = hand_over(providers[provider])
    for each in providers.values():
        each.client.close()

    assert (outcome.kind, outcome.code) == (Kind.TEMPORARY, "EndpointConnectionError")
    assert outcome.failing


@pytest.mark.parametrize("provider", PROVIDERS)
def test_after_all_that_the_next_message_is_sent(ask, provider):
    ask(provider, drop="within")
    outcome, taken = ask(provider)

    assert (outcome.kind, outcome.code, outcome.failing) == (Kind.SENT, None, False)
    assert taken
    assert outcome.provider_id
