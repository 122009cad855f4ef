"""Webhooks, from their making to the event that arrives and verifies."""

from __future__ import annotations

import json
from typing import Any

import boto3
import jsonschema_rs
import pytest
from standardwebhooks.webhooks import Webhook as Verifier

from functions.events.handler import handler as events
from functions.webhooks.handler import handler as webhooks
from outbound.wiring import process
from outbound.wiring import webhooks as wiring
from tests.functions.conftest import CONTEXT
from tests.functions.streamed import Stream
from tests.functions.test_events import ORDER, SCHEMA
from tests.systems import System, taking_events


@pytest.fixture
def system():
    with taking_events() as system:
        yield system


@pytest.fixture
def locally(api, monkeypatch):
    """As in a local run: without TLS, on this machine."""
    monkeypatch.setenv("OUTBOUND_PLAIN_WEBHOOKS", "true")
    for each in (process.settings, wiring.webhook_ports, wiring.telling):
        each.cache_clear()
    yield
    for each in (process.settings, wiring.webhook_ports, wiring.telling):
        each.cache_clear()


def bring(api) -> int:
    """Give the function what is in the queue; how much it was."""
    sqs, url = boto3.client("sqs"), api.account.webhooks_queue
    found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    records = [{"messageId": each["MessageId"], "body": each["Body"]} for each in found]
    if records:
        assert webhooks({"Records": records}, CONTEXT) == {"batchItemFailures": []}
    for each in found:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
    return len(records)


def put(api, system: System, path: str = "/", **changes: Any) -> Any:
    return api.ask("PUT", "/v1/webhooks/shop", {"url": f"{system.url}{path}", **changes}).body


def send(api) -> None:
    stream = Stream()
    stream.read()
    assert api.ask("POST", "/v1/messages", ORDER).status == 202
    events(stream.read(), CONTEXT)


def test_an_event_arrives_and_verifies_by_each_secret_while_they_overlap(api, system, locally):
    first = put(api, system)["secret"]
    second = api.ask("POST", "/v1/webhooks/shop/rotate").body["secret"]
    send(api)
    bring(api)
    [(_, headers, body)] = system.asked

    for secret in (first, second):
        event = Verifier(secret).verify(body, headers)
        jsonschema_rs.validate(SCHEMA, event)
    assert event["type"] == "message.accepted"
    assert headers["Webhook-Id"] == event["id"]
    assert b"4155550123" not in body
    api.ask("DELETE", "/v1/webhooks/shop")


def test_what_is_not_taken_waits_and_is_shown(api, system, locally):
    assert put(api, system, "/500")["state"] == "active"
    send(api)
    assert bring(api) == 1
    shown = api.ask("GET", "/v1/webhooks/shop").body
    waiting = boto3.client("sqs").get_queue_attributes(
        QueueUrl=api.account.webhooks_queue, AttributeNames=["All"]
    )["Attributes"]

    assert (shown["state"], shown["failure"]) == ("failing", "status_500")
    assert waiting["ApproximateNumberOfMessagesDelayed"] == "1"
    removed = api.ask("DELETE", "/v1/webhooks/shop").body
    assert removed["id"] == "shop"
    assert api.ask("GET", "/v1/webhooks/shop").body["code"] == "unknown_webhook"
    assert api.ask("GET", "/v1/webhooks").body["items"] == []


def test_a_test_says_what_became_of_it(api, system, locally):
    secret = put(api, system, "/302")["secret"]
    asked = api.ask("POST", "/v1/webhooks/shop/test")
    assert (asked.status, bring(api)) == (202, 1)
    [(_, headers, body)] = system.asked
    event = Verifier(secret).verify(body, headers)
    jsonschema_rs.validate(SCHEMA, event)
    tested = api.ask("GET", "/v1/webhooks/shop").body["tested"]

    assert (event["type"], event["id"]) == ("webhook.test", asked.body["event_id"])
    assert (tested["event_id"], tested["failure"]) == (event["id"], "redirect")
    api.ask("DELETE", "/v1/webhooks/shop")


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://user:password@shop.example.com/",
        "https://shop.example.com/#here",
        "ftp://shop.example.com/",
        "https://shop.example.com:70000/",
        "https://shop.example.com/ \r\nHost: other",
        "shop.example.com",
        "",
    ],
)
def test_a_url_that_cannot_be_one_is_refused_at_its_place(api, url):
    refused = api.ask("PUT", "/v1/webhooks/shop", {"url": url})

    assert (refused.status, refused.body["code"]) == (422, "invalid_request")
    assert [fault["pointer"] for fault in refused.body["errors"]] == ["/url"]


def test_outside_a_local_run_an_address_inside_is_never_asked(api, system):
    assert api.ask("PUT", "/v1/webhooks/shop", {"url": "https://localhost:8443/"}).status == 201
    api.ask("POST", "/v1/webhooks/shop/test")
    bring(api)

    assert api.ask("GET", "/v1/webhooks/shop").body["tested"]["failure"] == "not_public"
    api.ask("DELETE", "/v1/webhooks/shop")


def test_what_cannot_be_read_comes_back_for_the_dead_letter_queue(api):
    records = [{"messageId": "1", "body": "{}"}, {"messageId": "2", "body": json.dumps([])}]

    failed = webhooks({"Records": records}, CONTEXT)["batchItemFailures"]
    assert [each["itemIdentifier"] for each in failed] == ["1", "2"]
