"""A message from its request to its receipt, through every function."""

from __future__ import annotations

import pytest

from infra.local.carrier import Answer, Receipts, Rule
from tests.functions.requests import email, sms, voice
from tests.memory.clock import START

WAYS = {
    "sms": (sms(), {}, "sns"),
    "sms by End User Messaging": (
        sms(),
        {"OUTBOUND_SMS_PROVIDER": "end_user_messaging"},
        "end_user_messaging",
    ),
    "email": (email(), {}, "ses"),
    "voice": (voice(), {}, "end_user_messaging"),
    "spoken text": (voice(content={"text": "{{ order }}"}), {}, "end_user_messaging"),
}


def statuses(message):
    return [entry["status"] for entry in message["timeline"]]


@pytest.mark.parametrize("way", WAYS)
def test_a_message_is_accepted_handed_over_and_delivered(product, key, way):
    request, settings, provider = WAYS[way]
    product.settings |= settings
    accepted = product.post(key, request)
    assert accepted.status == 202, accepted.text
    assert accepted.body["status"] == "accepted"
    assert accepted.headers["Location"] == f"/v1/messages/{accepted.body['id']}"
    assert product.deliver() == 1
    product.feed_back()

    message = product.get(key, accepted.body["id"])
    assert statuses(message) == ["accepted", "sending", "sent", "delivered"]
    assert message["status"] == "delivered"
    [sent] = product.carrier.outbox.items()
    assert message["provider"] == {"name": provider, "id": sent.provider_id}
    assert "A-77" in sent.text
    assert set(accepted.body) <= set(message)


@pytest.mark.parametrize(
    ("request_", "status", "again"),
    [
        (email(to={"email": "bounce@simulator.amazonses.com"}), "bounced", "blocked"),
        (email(to={"email": "complaint@simulator.amazonses.com"}), "delivered", "blocked"),
        (sms(to={"phone": "+14254147167"}), "undelivered", "accepted"),
        (sms(to={"phone": "+14155550199"}), "undelivered", "blocked"),
        (voice(to={"phone": "+14254147167"}), "undelivered", "accepted"),
    ],
)
def test_what_receipts_say_holds_for_the_next_message(product, key, request_, status, again):
    first = product.post(key, request_).body["id"]
    product.deliver()
    product.feed_back()
    assert product.get(key, first)["status"] == status
    second = product.post(key, request_)
    assert second.body["status"] == again
    assert product.deliver() == (again == "accepted")
    if again == "blocked":
        assert second.body["decision"]["rule"] == "suppressed"
        assert len(product.carrier.outbox.items()) == 1


def test_a_stored_template_is_sent_in_the_version_that_was_accepted(product, key):
    def put(text):
        body = {"purpose": "transactional", "channels": {"sms": {"text": text}}}
        return product.send("PUT", "/v1/templates/shipped", key, json=body)

    assert put("First {{ order }}").status == 201
    assert put("First {{ order }}").status == 200
    request = sms(template={"id": "shipped"})
    del request["content"]
    accepted = product.post(key, request).body
    assert accepted["template"] == {"id": "shipped", "version": 1}
    assert put("Second {{ order }}").body["version"] == 2
    product.deliver()
    assert [sent.text for sent in product.carrier.outbox.items()] == ["First A-77"]
    assert product.send("GET", "/v1/templates/shipped", key).body["version"] == 2
    old = product.send("GET", "/v1/templates/shipped", key, query={"version": "1"})
    assert old.body["channels"] == {"sms": {"text": "First {{ order }}"}}


def test_a_test_key_does_everything_but_hand_over(product):
    key = product.make_key(mode="test")
    message_id = product.post(key, sms()).body["id"]
    product.deliver()
    assert product.get(key, message_id)["status"] == "delivered"
    assert product.get(key, message_id)["provider"]["name"] == "rehearsal"
    assert product.carrier.outbox.items() == []


def test_a_scheduled_message_leaves_with_the_sweep_of_its_minute(product, key):
    answer = product.post(key, sms(send_at="2026-11-23T18:00:30Z"))
    assert (answer.body["status"], answer.body["send_at"]) == (
        "scheduled",
        "2026-11-23T18:00:30.000Z",
    )
    assert product.deliver() == 0
    product.clock.advance_to(START.replace(hour=18, minute=0, second=59))
    product.invoke("schedule", {})
    assert product.deliver() == 0
    product.clock.advance_to(START.replace(hour=18, minute=1, second=0))
    assert product.invoke("schedule", {}) == {"queued": 1}
    assert product.deliver() == 1
    product.feed_back()
    message = product.get(key, answer.body["id"])
    assert statuses(message) == ["scheduled", "sending", "sent", "delivered"]


def test_a_lost_queue_message_is_brought_back_by_the_sweep(product, key):
    message_id = product.post(key, sms()).body["id"]
    for url in product.account.queues.values():
        product.take(url)
    product.clock.advance_to(START.replace(minute=44, second=0))
    assert product.invoke("schedule", {}) == {"queued": 1}
    product.deliver()
    assert product.get(key, message_id)["status"] == "sent"


def test_a_receipt_that_comes_before_the_answer_is_not_lost(product, key):
    product.carrier.rules.replace(
        [Rule(receipts=Receipts(early=True), answer=Answer(drop="after"))]
    )
    message_id = product.post(key, email(on_unconfirmed="never")).body["id"]
    product.deliver()
    assert product.get(key, message_id)["status"] == "unconfirmed"
    product.feed_back()
    assert product.get(key, message_id)["status"] == "delivered"


def test_an_early_receipt_without_tags_waits_for_its_message(product, key):
    message_id = product.post(key, sms()).body["id"]
    product.deliver()
    product.carrier.play_receipts()
    [receipt] = product.played
    unknown = receipt.body | {"notification": {**receipt.body["notification"], "messageId": "x"}}
    from tests.functions import events

    product.invoke("feedback", events.logs([__import__("json").dumps(unknown)]))
    waiting = product.stored()["waiting"]
    assert waiting[-1] == "1"
    assert product.get(key, message_id)["status"] == "sent"
