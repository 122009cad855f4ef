"""Deliver killed between any two steps: nothing stranded, nothing sent twice against its will."""

import json
import signal
from datetime import timedelta

import pytest

from infra.local.carrier import Answer, Rule

KILLED = -signal.SIGKILL


def start(world, channel, on_unconfirmed):
    world.channel, world.on_unconfirmed = channel, on_unconfirmed
    if channel == "email":
        world.to = f"ann+{world.to[1:]}@example.org"
    message = world.accept()
    (body,) = world.queued()
    assert json.loads(body) == {"tenant": "acme", "id": message.id}
    return message.id, body


CASES = [
    # channel, killed, on_unconfirmed, sent to the carrier in all, status before its receipts
    ("sms", "before claim", "never", 1, "sent"),
    ("sms", "before claim", "resend", 1, "sent"),
    ("sms", "after claim", "never", 0, "unconfirmed"),
    ("sms", "after claim", "resend", 1, "sent"),
    ("sms", "before hand_over", "never", 0, "unconfirmed"),
    ("sms", "after hand_over", "never", 1, "unconfirmed"),
    ("sms", "after hand_over", "resend", 2, "sent"),
    ("sms", "after link", "never", 1, "unconfirmed"),
    ("sms", "after link", "resend", 2, "sent"),
    ("sms", "after apply", "never", 1, "sent"),
    ("sms", "after apply", "resend", 1, "sent"),
    ("email", "after claim", "never", 0, "unconfirmed"),
    ("email", "after hand_over", "never", 1, "unconfirmed"),
    ("email", "after hand_over", "resend", 2, "sent"),
    ("voice", "after hand_over", "never", 1, "unconfirmed"),
    ("voice", "after hand_over", "resend", 2, "sent"),
]


@pytest.mark.parametrize(("channel", "step", "on_unconfirmed", "sent", "status"), CASES)
def test_a_message_whose_worker_dies_ends_right(world, channel, step, on_unconfirmed, sent, status):
    message_id, body = start(world, channel, on_unconfirmed)

    assert world.killed("deliver", step, body) == KILLED
    world.let_pass()

    assert world.message(message_id).status == status
    assert len(world.sent()) == sent
    assert not world.is_due(message_id)
    world.feed_back()
    assert world.message(message_id).status == ("delivered" if sent else "unconfirmed")
    assert len(world.sent()) <= (1 if on_unconfirmed == "never" else 2)


def test_two_workers_with_the_same_message_send_it_once(world):
    message_id, body = start(world, "sms", "resend")

    world.deliver(body)
    world.deliver(body)

    assert len(world.sent()) == 1
    assert world.message(message_id).attempt == 1


@pytest.mark.parametrize("channel", ["sms", "email", "voice"])
def test_receipts_twice_and_again_change_nothing(world, channel):
    message_id, body = start(world, channel, "never")
    world.deliver(body)

    world.feed_back(times=3)

    statuses = [entry.status for entry in world.message(message_id).timeline]
    assert statuses == ["accepted", "sending", "sent", "delivered"]


def test_the_sweep_killed_before_its_cursor_moves_loses_nothing(world):
    message = world.accept()
    assert len(world.queued()) == 1, "and now SQS has lost it"
    world.let_pass(1)
    world.now += timedelta(minutes=4)

    assert world.killed("schedule", "before write", "") == KILLED
    world.let_pass(3)

    assert len(world.sent()) == 1
    assert world.message(message.id).status == "sent"


@pytest.mark.parametrize(
    ("answer", "then", "sent"),
    [
        ({"drop": "before"}, "unconfirmed", 1),
        ({"drop": "after"}, "unconfirmed", 2),
        ({"garbage": True}, "unconfirmed", 1),
        ({"error": "Throttled"}, "deferred", 1),
        ({"error": "KMSAccessDenied"}, "deferred", 1),
        ({"error": "InvalidParameter"}, "failed", 0),
    ],
)
def test_a_carrier_that_fails_once_is_asked_again_if_that_helps(world, answer, then, sent):
    rule = Rule(channel="sms", to=world.to, times=1, answer=Answer(**answer))
    world.carrier.carrier.rules.replace([rule])
    message_id, body = start(world, "sms", "resend")

    world.deliver(body)
    assert world.message(message_id).status == then
    world.let_pass(10)

    assert world.message(message_id).status == ("sent" if sent else "failed")
    assert len(world.sent()) == sent
    assert not world.is_due(message_id)


def test_a_receipt_that_comes_before_the_answer_is_recorded_wins(world):
    message_id, body = start(world, "email", "never")
    assert world.killed("deliver", "after hand_over", body) == KILLED

    world.feed_back()
    world.let_pass()

    assert world.message(message_id).status == "delivered"
    assert len(world.sent()) == 1
    assert not world.is_due(message_id)
