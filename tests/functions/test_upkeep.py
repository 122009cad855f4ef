"""Tasks of the background: worked off one by one, and never twice the effect."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from moto.core.models import botocore_stubber

from functions.upkeep.handler import handler
from infra.local.carrier import Answer as Ruled
from infra.local.carrier import Rule
from outbound.domain.address import Address
from outbound.domain.suppression import ANY_TENANT, Reason
from outbound.wiring import process, stores
from tests.aws import forget, items
from tests.functions.conftest import CONTEXT
from tests.functions.upkeep import move, operate, sweep, work_off
from tests.memory.clock import MemoryClock

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
EMAIL, PHONE = "jane@example.com", "+14155550123"


@pytest.fixture
def clock(api, monkeypatch):
    clock = MemoryClock(NOW)
    move(monkeypatch, clock)
    # Moto raises for what it doesn't know of SES, though the carrier has answered.
    ses = process.client("sesv2", attempts=1)
    ses.meta.events.unregister("before-send", botocore_stubber)
    yield clock
    monkeypatch.undo()
    forget()


def put(api, **body):
    answer = api.ask("PUT", "/v1/suppressions", body)
    assert answer.status == 200, answer.body


def waiting():
    return [
        item
        for item in items(boto3.client("dynamodb"), "contacts")
        if item["pk"]["S"].startswith("mirror#")
    ]


def test_a_suppression_comes_to_aws_list_and_goes_again(api, clock):
    put(api, email=EMAIL, reason="bounced", source="letter came back")
    clock.advance(timedelta(minutes=1))
    sweep("mirror")
    assert api.carrier.ledger.account.email.addresses[EMAIL].reason == "BOUNCE"
    assert waiting() == []

    asked = {"email": EMAIL, "reason": "bounced"}
    assert api.ask("DELETE", "/v1/suppressions", asked).status == 200
    clock.advance(timedelta(minutes=1))
    sweep("mirror")
    assert api.carrier.ledger.account.email.addresses == {}


def test_a_task_names_no_address(api, clock):
    put(api, email=EMAIL, reason="bounced", source="letter came back")
    clock.advance(timedelta(minutes=1))
    handler({"sweep": "mirror"}, CONTEXT)
    sqs, url = boto3.client("sqs"), api.account.upkeep_queue
    (message,) = sqs.receive_message(QueueUrl=url, VisibilityTimeout=0)["Messages"]
    assert set(json.loads(message["Body"])) == {"task", "tenant", "id"}
    assert EMAIL not in message["Body"]
    work_off()


def test_no_line_of_the_log_names_an_address(api, clock, capsys, caplog):
    api.carrier.rules.replace([Rule(answer=Ruled(error="BadRequestException", message=EMAIL))])
    put(api, email=EMAIL, reason="complained", source="letter")
    clock.advance(timedelta(minutes=1))
    sweep("mirror")
    api.carrier.rules.replace([])
    written = capsys.readouterr()
    lines = written.out + written.err + caplog.text
    assert "MirrorRefused" in lines
    assert "mirror refused" in lines
    assert EMAIL not in lines


@pytest.mark.parametrize(
    "body",
    ["", "null", "[]", "{}", '{"task": "dance", "tenant": "", "id": "1"}', '{"task": "anchor"}'],
)
def test_what_is_no_task_comes_back_alone(api, clock, body):
    good = json.dumps({"task": "mirror", "tenant": "acme", "id": "0" * 26})
    records = [{"messageId": "bad", "body": body}, {"messageId": "good", "body": good}]
    answer = handler({"Records": records}, CONTEXT)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "bad"}]}


def test_a_day_that_is_no_day_comes_back(api, clock):
    body = json.dumps({"task": "anchor", "tenant": "", "id": "yesterday"})
    answer = handler({"Records": [{"messageId": "1", "body": body}]}, CONTEXT)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}


def test_an_erasure_is_worked_off(api, clock):
    made = api.ask("PUT", "/v1/contacts/erase-me", {"email": "gone@example.com"})
    assert made.status == 201
    erasure = api.ask("DELETE", "/v1/contacts/erase-me").body
    work_off()
    clock.advance(timedelta(minutes=10))
    body = json.dumps({"task": "erase", "tenant": "acme", "id": erasure["id"]})
    handler({"Records": [{"messageId": "1", "body": body}]}, CONTEXT)
    after = api.ask("GET", f"/v1/erasures/{erasure['id']}").body
    assert after["state"] == "finished"


def entry(kind="email", value="old@example.com", reason="bounced", **changes):
    return {"kind": kind, "value": value, "reason": reason, "at": "2024-01-01T00:00:00Z", **changes}


def test_lists_of_the_account_are_read_in(api, clock):
    assert operate("lists")["lists"] == {"ses": None, "Default": None}
    answer = operate(
        "import_suppressions", source="ses", items=[entry(), entry(value="none")], last=True
    )
    assert answer == {"ok": True, "counts": {"new": 1, "known": 0, "unreadable": 1}}
    phone = entry("phone", PHONE, "opted_out")
    operate("import_suppressions", source="Default", items=[phone], last=False)

    store = stores.suppressions()
    (standing,) = store.of(ANY_TENANT, Address("email", "old@example.com"))
    assert (standing.reason, standing.source) == (Reason.BOUNCED, "ses")
    assert store.of(ANY_TENANT, Address("phone", PHONE))
    assert operate("lists")["lists"] == {"ses": "2026-11-24T10:00:00.000Z", "Default": None}
    assert waiting() == []


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"source": "ses", "items": [], "last": "yes"},
        {"source": "ses", "items": [entry(kind="fax")], "last": True},
        {"source": "ses", "items": [entry(reason="disliked")], "last": True},
        {"source": "ses", "items": [entry(at="2024-01-01T00:00:00")], "last": True},
        {"source": "ses", "items": [entry()] * 201, "last": True},
        {"source": "Alerts", "items": [entry()], "last": True},
        {"source": "ses", "items": [entry(surprise=1)], "last": True},
    ],
)
def test_what_is_no_part_of_a_list_is_a_problem(api, clock, arguments):
    answer = operate("import_suppressions", **arguments)
    assert not answer["ok"]
    assert answer["problem"]["status"] in (400, 422)


@pytest.mark.parametrize("event", [{}, {"command": "drop"}, {"command": None}, {"command": []}])
def test_an_unknown_command_is_a_problem(api, clock, event):
    answer = handler(event, CONTEXT)
    assert answer["problem"]["code"] == "invalid_request"
