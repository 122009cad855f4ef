"""Texts of people, as they reach the function, and what then becomes of messages."""

from __future__ import annotations

import json
from uuid import uuid4

import boto3
import pytest

from functions.inbound.handler import handler
from tests.aws import items
from tests.functions.conftest import CONTEXT
from tests.texts import envelope, payload, queue_event

PHONE = "+14155550123"


@pytest.fixture
def said():
    """Gives the function a text; what it answers."""

    def say(body, number=PHONE, text_id=None, **changes):
        message = payload(
            originationNumber=number,
            messageBody=body,
            inboundMessageId=text_id or str(uuid4()),
            **changes,
        )
        return handler(queue_event(envelope(message)), CONTEXT)

    return say


def test_a_stop_blocks_what_is_sent_from_then_on_and_is_answered(api, said, monkeypatch):
    number = "+14155550101"
    assert said("Stop!!", number) == {"batchItemFailures": []}
    api.work_off("sms", monkeypatch)
    [told] = [item for item in api.carrier.outbox.items() if item.to == (number,)]
    assert told.text.startswith("Acme: You are opted out")

    answer = api.ask(
        "POST",
        "/v1/messages",
        {
            "to": {"phone": number},
            "channel": "sms",
            "purpose": "informational",
            "content": {"text": "Your appointment"},
        },
    )
    assert answer.body["decision"]["verdict"] == "block"
    assert answer.body["decision"]["reason"] == "suppressed_opted_out"


def test_what_was_accepted_before_the_stop_does_not_leave(api, said, monkeypatch):
    number = "+14155550102"
    request = {
        "to": {"phone": number},
        "channel": "sms",
        "purpose": "transactional",
        "content": {"text": "Order A-77 has shipped."},
    }
    accepted = api.ask("POST", "/v1/messages", request).body
    assert accepted["decision"]["verdict"] == "send"
    said("STOP", number)
    api.work_off("sms", monkeypatch)
    message = api.ask("GET", f"/v1/messages/{accepted['id']}").body
    assert (message["status"], message["timeline"][-1]["reason"]) == (
        "blocked",
        "suppressed_opted_out",
    )


def test_a_text_that_comes_twice_is_answered_once(api, said, monkeypatch):
    number = "+14155550103"
    for _ in range(2):
        said("STOP", number, "in-twice")
    api.work_off("sms", monkeypatch)
    told = [item for item in api.carrier.outbox.items() if item.to == (number,)]
    assert len(told) == 1


def test_a_start_lets_messages_leave_again(api, said):
    number = "+14155550104"
    for word in ("STOP", "START"):
        said(word, number)
    request = {
        "to": {"phone": number},
        "channel": "sms",
        "purpose": "transactional",
        "content": {"text": "Order A-77 has shipped."},
    }
    assert api.ask("POST", "/v1/messages", request).body["decision"]["verdict"] == "send"


STRANGE = ["", "{}", envelope("STOP"), envelope(payload(), TopicArn="arn:aws:sns:x:1:other")]


@pytest.mark.parametrize("body", STRANGE)
def test_what_is_strange_is_counted_and_kept_for_the_dead_letter_queue(api, body, capsys):
    event = queue_event(body)
    before = api.written()
    answer = handler(event, CONTEXT)
    assert answer == {"batchItemFailures": [{"itemIdentifier": event["Records"][0]["messageId"]}]}
    assert api.written() == before
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert any("StrangeInbound" in line for line in lines)


def test_one_strange_text_keeps_no_other_from_being_heard(api):
    number = "+14155550105"
    good = envelope(payload(originationNumber=number, inboundMessageId="in-good"))
    event = queue_event("{", good)
    answer = handler(event, CONTEXT)
    assert answer == {"batchItemFailures": [{"itemIdentifier": event["Records"][0]["messageId"]}]}
    table = items(boto3.client("dynamodb"), api.account.tables["contacts"])
    assert any("opted_out" in item for item in table)


def test_neither_numbers_nor_words_of_people_are_logged(api, said, capsys):
    said("stop marked-words", "+14155550106")
    said("marked-words of another kind", "+14155550106")
    handler(queue_event(envelope(payload(originationNumber="marked-words"))), CONTEXT)
    out, err = capsys.readouterr()
    assert "marked-words" not in out + err
    assert "4155550106" not in out + err
