"""What waits when a STOP comes: it doesn't leave, the one answer does, and so does an alert."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.domain.consent import Level
from outbound.domain.message import Status
from outbound.domain.words import Lane, OnUnconfirmed, Purpose
from outbound.flow.deliver import deliver
from tests.builders import PHONE, make_body, make_message, ref_of
from tests.unit.flow.conversation import ALERTS, SHARED, Conversation

MANY = 1_000
MARKETING, EMERGENCY = Purpose.MARKETING, Purpose.EMERGENCY


@pytest.fixture
def talk(world):
    """Somebody who gets offers, at an hour at which they may be sent anywhere in the US."""
    world.clock.advance(timedelta(hours=3))
    talk = Conversation(world)
    ada = talk.contact(timezone="America/Los_Angeles", region="US-CA")
    talk.grant(ada, MARKETING, level=Level.EXPRESS_WRITTEN)
    return talk


@pytest.fixture
def queue(talk, world):
    def queue(purpose, count, **changes):
        messages = [
            make_message(
                f"{purpose} {number}",
                purpose=purpose,
                created_at=world.clock.now(),
                on_unconfirmed=OnUnconfirmed.NEVER,
                **changes,
            )
            for number in range(count)
        ]
        for message in messages:
            world.messages.insert(message, make_body(), due=message.not_before)
        return [ref_of(message) for message in messages]

    return queue


def work_off(refs, world):
    for ref in refs:
        deliver(ref, world.deliver)
    return {world.messages.kept[ref].status for ref in refs}


def test_before_the_stop_an_offer_leaves(queue, world):
    assert work_off(queue(MARKETING, 1), world) == {Status.SENT}


@pytest.mark.parametrize("number", [None, SHARED])
def test_of_a_thousand_that_wait_none_leaves_one_answer_does_and_an_alert(
    talk, queue, world, number
):
    waiting = queue(MARKETING, MANY)
    alert = queue(EMERGENCY, 1, lane=Lane.CRITICAL)
    talk.say("Stop!", *([number] if number else []))
    assert work_off(waiting, world) == {Status.BLOCKED}
    [answer] = world.queue.refs
    assert work_off([answer, *alert], world) == {Status.SENT}
    told, alarmed = world.carrier.sent
    assert (told.address, told.ref) == (PHONE, answer)
    assert "You are opted out" in told.bodies["text"]
    assert alarmed.purpose is EMERGENCY


def test_a_stop_that_answers_an_alert_stops_the_next(talk, queue, world):
    alert = queue(EMERGENCY, 1, lane=Lane.CRITICAL)
    talk.say("STOP", ALERTS)
    assert work_off(alert, world) == {Status.BLOCKED}


def test_a_message_that_was_scheduled_before_the_stop_does_not_leave(talk, queue, world):
    later = world.clock.now() + timedelta(hours=1)
    scheduled = queue(MARKETING, 1, status=Status.SCHEDULED, not_before=later)
    talk.say("STOP")
    world.clock.advance_to(later)
    assert work_off(scheduled, world) == {Status.BLOCKED}


def test_the_answer_doesnt_leave_after_its_five_minutes(talk, world):
    talk.say("STOP")
    world.clock.advance(timedelta(minutes=5))
    assert work_off(world.queue.refs, world) == {Status.EXPIRED}
