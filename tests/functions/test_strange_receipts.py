"""Receipts that are forged, spoilt, of others or too late: refused or kept, nothing personal."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta

import boto3
import pytest

from functions.feedback.handler import handler as feedback
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.flow.feedback import TRIES
from outbound.wiring import process
from tests.aws import items
from tests.functions.conftest import CONTEXT
from tests.functions.streamed import Stream
from tests.texts import envelope
from tests.watch import EMAIL

TOPIC = "arn:aws:sns:us-east-1:123456789012:Receipts"
OTHERS_TOPIC = "arn:aws:sns:us-east-1:999999999999:Receipts"
MESSAGE = {
    "to": {"email": "bo@example.org"},
    "channel": "email",
    "purpose": "transactional",
    "content": {"subject": "Order", "text": "It has shipped."},
}
TAKEN: dict[str, list[str]] = {"batchItemFailures": []}


@pytest.fixture
def sent(api, monkeypatch):
    """A message that has left, and the receipt that its provider will give."""
    message = api.ask("POST", "/v1/messages", MESSAGE).body["id"]
    api.work_off("email", monkeypatch)
    api.receipts.clear()
    api.carrier.play_receipts()
    delivery = api.receipts[-1].body
    assert delivery["eventType"] == "Delivery"
    return message, delivery


@pytest.fixture
def status(api):
    return lambda message: api.ask("GET", f"/v1/messages/{message}").body["status"]


def wrapped(event, topic=TOPIC):
    return envelope(event, TopicArn=topic)


def bridged(event, account="123456789012"):
    """https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html"""
    return {
        "version": "0",
        "id": "12a18625-3328-fafd-2508-a5e16d77eb22",
        "detail-type": "Email Delivered",
        "source": "aws.ses",
        "account": account,
        "time": "2026-11-23T16:40:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail": event,
    }


def of_another_account(event):
    event = copy.deepcopy(event)
    event["mail"]["sendingAccountId"] = "999999999999"
    return event


FORGED = [
    of_another_account,
    lambda event: wrapped(event, OTHERS_TOPIC),
    lambda event: wrapped(of_another_account(event)),
    lambda event: bridged(event, "999999999999"),
    lambda event: {"Type": "Notification", "Message": json.dumps(event)},
    lambda event: json.dumps(event)[:-40],
    lambda event: json.dumps(event)[40:],
    lambda event: {**event, "mail": None},
    lambda event: {**event, "mail": {**event["mail"], "timestamp": "soon"}, "delivery": {}},
    lambda event: [event],
    lambda event: {"said": f"{EMAIL} is well"},
    lambda event: "x" * 262_144,
    lambda event: '{"mail":' * 30_000,
]


def test_what_is_forged_or_spoilt_is_kept_for_a_person_and_holds_up_no_other(api, sent, status):
    message, delivery = sent
    before = items(boto3.client("dynamodb"), "messages")
    forged = [forge(delivery) for forge in FORGED]
    refused = {"batchItemFailures": [{"itemIdentifier": str(at)} for at in range(len(forged))]}
    assert api.report(*forged) == refused
    assert items(boto3.client("dynamodb"), "messages") == before

    assert api.report(*forged, delivery) == refused
    assert status(message) == "delivered"


def test_how_a_topic_is_tried_is_no_receipt(api):
    said = "Successfully validated SNS topic for Amazon SES event publishing."
    assert api.report(said, wrapped(said)) == TAKEN


@pytest.mark.parametrize("wrap", [json.dumps, wrapped, bridged])
def test_an_event_is_read_in_whatever_it_comes_and_as_large_as_they_come(api, sent, status, wrap):
    message, delivery = sent
    delivery = copy.deepcopy(delivery)
    delivery["mail"]["headers"] += [{"name": "X-Long", "value": EMAIL * 40}] * 210
    assert 230_000 < len(json.dumps(wrap(delivery))) < 262_144
    assert api.report(wrap(delivery)) == TAKEN
    assert status(message) == "delivered"


def test_what_comes_again_changes_nothing(api, sent):
    _, delivery = sent
    api.report(delivery)
    before = items(boto3.client("dynamodb"), "messages")
    assert api.report(delivery, delivery, delivery) == TAKEN
    assert items(boto3.client("dynamodb"), "messages") == before


def test_a_receipt_that_names_another_tenant_finds_nothing_there_and_is_kept_for_a_person(
    api, sent, status
):
    message, delivery = sent
    forged = copy.deepcopy(delivery)
    forged["mail"]["tags"]["outbound_tenant"] = ["clinic"]
    before = api.written()
    assert api.report(forged) == TAKEN
    held = {"held": _held(forged), "tries": TRIES}
    assert api.report(held) != TAKEN

    assert (status(message), api.written()) == ("sent", before)


def _held(event):
    """How a receipt that fits nothing waits in the queue."""
    tags = event["mail"]["tags"]
    message = {"tenant": tags["outbound_tenant"][0], "id": tags["outbound_message"][0]}
    at = event["delivery"]["timestamp"]
    held = {"provider": "ses", "provider_id": "0100", "at": at, "status": "delivered"}
    return {**held, "requested_at": None, "suppress": None, "message": message}


def test_a_clock_that_is_ahead_counts_as_now(api, sent, watch):
    message, delivery = sent
    ahead = copy.deepcopy(delivery)
    ahead["delivery"]["timestamp"] = rfc3339(datetime.now(UTC) + timedelta(days=4000))
    assert api.report(ahead) == TAKEN

    found = api.ask("GET", f"/v1/messages/{message}").body
    assert found["status"] == "delivered"
    assert parse_rfc3339(found["timeline"][-1]["at"]) <= process.clock.now()
    assert any("ReceiptsAhead" in line for line in watch.lines)


def test_a_change_that_cannot_be_read_is_told_and_holds_up_no_other(api, watch):
    stream = Stream()
    stream.read()
    broken = {"NewImage": {"timeline": {"S": "?"}}, "ApproximateCreationDateTime": 1.0}
    assert feedback({"Records": [{"eventID": "0", "dynamodb": broken}]}, CONTEXT) is None
    assert any("UnreadableChanges" in line for line in watch.lines)
