"""What becomes of messages, told on the bus."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import jsonschema_rs
import pytest

from functions.events.handler import handler as events
from outbound.adapters.events import document
from outbound.domain.event import DISABLED, TEST, EventType
from outbound.domain.reminder import Fate, Handled
from outbound.wiring import stores
from tests.functions.conftest import CONTEXT
from tests.functions.streamed import Stream

SCHEMA = json.loads(Path(document.__file__).with_name("event.v1.schema.json").read_text())
ORDER = {
    "to": {"phone": "+14155550123"},
    "channel": "sms",
    "purpose": "transactional",
    "content": {"text": "Order {{ order }} has shipped."},
    "data": {"order": "A-77"},
}


@pytest.fixture(scope="module")
def heard(api):
    """What a rule of the account has brought into a queue so far."""
    bridge, sqs = boto3.client("events"), boto3.client("sqs")
    url = sqs.create_queue(QueueName="heard")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    bridge.put_rule(
        Name="all", EventBusName="outbound", EventPattern=json.dumps({"source": ["outbound"]})
    )
    target: Any = {"Id": "queue", "Arn": arn["QueueArn"]}
    bridge.put_targets(Rule="all", EventBusName="outbound", Targets=[target])

    def heard() -> list[dict[str, Any]]:
        found = []
        while answer := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            for message in answer:
                found.append(json.loads(message["Body"]))
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return found

    return heard


def test_what_becomes_of_a_message_is_told_as_the_schema_says(api, heard, monkeypatch):
    stream = Stream()
    message_id = api.ask("POST", "/v1/messages", ORDER).body["id"]
    events(stream.read(), CONTEXT)
    api.work_off("sms", monkeypatch)
    events(stream.read(), CONTEXT)
    api.feed_back()
    events(stream.read(), CONTEXT)
    told = heard()

    for event in told:
        jsonschema_rs.validate(SCHEMA, event["detail"], validate_formats=True)
        assert event["detail-type"] == event["detail"]["type"]
    assert [(each["detail-type"], each["detail"]["data"]["sequence"]) for each in told] == [
        ("message.accepted", 1),
        ("message.sent", 3),
        ("message.delivered", 4),
    ]
    assert {each["detail"]["data"]["message_id"] for each in told} == {message_id}
    answer = api.ask("GET", f"/v1/messages/{message_id}").body
    assert told[-1]["detail"]["timestamp"] == answer["timeline"][-1]["at"]
    assert "4155550123" not in json.dumps(told)
    assert "A-77" not in json.dumps(told)


def test_a_dose_that_is_missed_is_told_and_those_that_were_are_not_told_again(api, heard):
    contact = {"phone": "+14255550163", "timezone": "UTC"}
    api.ask("PUT", "/v1/contacts/uma", contact)
    body = {"purpose": "informational", "channels": {"sms": {"text": "{{ reminder.local }}"}}}
    api.ask("PUT", "/v1/templates/dose", body)
    made = api.ask("POST", "/v1/reminders", {
        "contact_id": "uma", "channel": "sms", "purpose": "informational",
        "template": {"id": "dose"},
        "repeat": {"start": "2027-01-01T08:00", "times": ["08:00", "20:00"], "days_supply": 3},
    }).body  # fmt: skip
    stream = Stream()
    stream.read()
    reminder = stores.reminders().get("acme", made["id"])
    assert reminder is not None
    due = next(reminder.upcoming())
    missed = replace(reminder, through=due.at, sending=(due,)).settle(
        [Handled(due.key, due.at, Fate.MISSED, "expired")]
    )
    assert stores.reminders().replace(replace(missed, version=reminder.version + 1))
    batch = stream.read()
    events(batch, CONTEXT)
    events(batch, CONTEXT)
    told = heard()
    assert stores.reminders().replace(replace(missed, version=reminder.version + 2))
    events(stream.read(), CONTEXT)

    for event in told:
        jsonschema_rs.validate(SCHEMA, event["detail"], validate_formats=True)
    assert [each["detail-type"] for each in told] == ["reminder.missed"] * 2
    assert len({each["detail"]["id"] for each in told}) == 1
    assert told[0]["detail"]["data"]["for"] == "2027-01-01T08:00"
    assert told[0]["detail"]["data"]["reminder_id"] == made["id"]
    assert heard() == []
    api.ask("DELETE", f"/v1/reminders/{made['id']}")


def test_a_batch_that_is_brought_again_tells_the_same(api, heard):
    stream = Stream()
    stream.read()
    api.ask("POST", "/v1/messages", ORDER)
    batch = stream.read()
    events(batch, CONTEXT)
    events(batch, CONTEXT)

    assert set(Counter(each["detail"]["id"] for each in heard()).values()) == {2}


def test_a_change_that_cannot_be_read_holds_up_no_other(api, heard, watch):
    stream = Stream()
    stream.read()
    api.ask("POST", "/v1/messages", ORDER)
    batch = stream.read()
    broken = {"NewImage": {"timeline": {"S": "?"}}, "ApproximateCreationDateTime": 1.0}
    batch["Records"].insert(0, {"eventID": "0", "dynamodb": broken})
    events(batch, CONTEXT)

    assert len(heard()) == 1
    assert any("UnreadableChanges" in line for line in watch.lines)


def test_the_schema_knows_all_types():
    assert set(SCHEMA["properties"]["type"]["enum"]) == {*EventType, DISABLED, TEST}
