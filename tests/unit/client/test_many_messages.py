from __future__ import annotations

import json

import pytest

from outbound_client import Problem
from tests.unit.client.conftest import MESSAGE

TEXT = {
    "to": {"phone": "+14155550123"},
    "channel": "sms",
    "purpose": "transactional",
    "content": {"text": "Hi"},
}
TRIED = {
    "dry_run": True,
    "channel": "sms",
    "purpose": "transactional",
    "decision": {"verdict": "send"},
    "expires_at": "2026-11-24T16:40:00Z",
    "content": {"text": "Hi"},
}
REFUSED = {
    "type": "/problems/unknown_contact",
    "title": "There is no such contact",
    "status": 422,
    "code": "unknown_contact",
    "detail": "There is no contact with this id.",
    "errors": [{"pointer": "/messages/1/to/contact_id", "code": "unknown_contact", "message": ""}],
}


def test_a_batch_is_posted_once_and_each_item_is_told(api, client):
    api.answer(200, {"items": [{"index": 0, **MESSAGE}, {"index": 1, "problem": REFUSED}]})

    first, second = client.send_batch([TEXT, TEXT | {"client_token": "t"}], idempotency_key="b-1")

    assert api.asked[0].url.path.endswith("/v1/messages/batch")
    assert api.asked[0].headers["Idempotency-Key"] == "b-1"
    assert api.body() == {"messages": [TEXT, TEXT | {"client_token": "t"}]}
    assert (first.message.id, first.problem) == ("msg_1", None)
    assert (second.message, second.problem.code) == (None, "unknown_contact")
    assert second.problem.errors[0].pointer == "/messages/1/to/contact_id"


def test_a_dry_run_says_what_would_be_sent(api, client):
    api.answer(200, TRIED)

    tried = client.try_message(**TEXT)

    assert dict(api.asked[0].url.params) == {"dry_run": "true"}
    assert "Idempotency-Key" not in api.asked[0].headers
    assert (tried.decision.verdict, tried.content) == ("send", {"text": "Hi"})


def test_a_batch_is_tried_item_by_item(api, client):
    route = {
        "dry_run": True,
        "mode": "first",
        "channels": ["sms", "voice"],
        "purpose": "transactional",
        "messages": [TRIED],
    }
    refused = {"index": 2, "problem": REFUSED}
    api.answer(200, {"items": [{"index": 0, **TRIED}, {"index": 1, **route}, refused]})

    first, second, third = client.try_batch([TEXT, TEXT, TEXT])

    assert dict(api.asked[0].url.params) == {"dry_run": "true"}
    assert "Idempotency-Key" not in api.asked[0].headers
    assert first.message.content == {"text": "Hi"}
    assert second.route.messages[0].decision.verdict == "send"
    assert (third.message, third.route, third.problem.code) == (None, None, "unknown_contact")


def test_a_message_is_cancelled_by_its_id(api, client):
    api.answer(200, MESSAGE | {"status": "cancelled"})

    assert client.cancel_message("msg_1").status == "cancelled"
    assert api.asked[0].url.path.endswith("/v1/messages/msg_1/cancel")


def test_a_message_leaves_at_another_time(api, client):
    api.answer(200, MESSAGE | {"status": "scheduled"})

    assert client.reschedule_message("msg_1", send_at="2026-12-24T09:00").status == "scheduled"
    assert (api.asked[0].method, api.asked[0].url.path[-18:]) == ("PATCH", "/v1/messages/msg_1")
    assert json.loads(api.asked[0].content) == {"send_at": "2026-12-24T09:00"}


def test_a_message_that_has_left_is_a_problem(api, client):
    api.answer(409, {"code": "not_cancellable", "title": "", "status": 409, "detail": "sent"})

    with pytest.raises(Problem) as problem:
        client.cancel_message("msg_1")
    assert problem.value.code == "not_cancellable"


def test_a_list_is_of_the_statuses_asked_for(api, client):
    api.answer(200, {"items": [], "next_cursor": None})

    client.list_messages("con_1", status=["failed", "bounced"])

    assert api.asked[0].url.params["status"] == "failed,bounced"
