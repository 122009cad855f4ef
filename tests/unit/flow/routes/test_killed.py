"""Whoever works on a route may be killed between any two steps."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from outbound.domain.message import WAITING, Status
from outbound.domain.words import Channel, OnUnconfirmed
from tests.builders import EMAIL, PHONE, make_contact, ref_of
from tests.memory import World
from tests.unit.flow.routes.journey import Journey, make_route

STEPS = 12


class Killed(BaseException):
    """As by the machine's hand: no handler of ours runs."""


class Deadly:
    """A store before, or right after, one of whose steps its user meets an end."""

    def __init__(self, store, step, end):
        self._store, self._left, self._end = store, step, end

    def __getattr__(self, name):
        value = getattr(self._store, name)
        return self._dying(value) if callable(value) else value

    def _dying(self, call):
        def called(*arguments, **named):
            self._count()
            result = call(*arguments, **named)
            self._count()
            return result

        return called

    def _count(self):
        self._left -= 1
        if self._left == 0:
            self._end()


def die():
    raise Killed


def dying(journey, step, act):
    """Do something, and die at a step of it; whether it came to that."""
    alive, journey.world.messages = (
        journey.world.messages,
        Deadly(journey.world.messages, step, die),
    )
    try:
        act()
    except Killed:
        return True
    finally:
        journey.world.messages = alive
    return False


@pytest.fixture
def journey():
    world = World()
    world.contacts.add(make_contact("con_ada", EMAIL, PHONE))
    return Journey(world)


def accept(journey):
    return journey.accept(make_route(on_unconfirmed=OnUnconfirmed.NEVER, idempotency_key="once"))


@pytest.mark.parametrize("step", range(1, STEPS))
def test_of_a_route_all_is_written_or_nothing(journey, step):
    dying(journey, step, lambda: accept(journey))
    assert len(journey.world.messages) in {0, 2}

    journey.world.clock.advance(timedelta(minutes=1))
    accept(journey)
    journey.let_pass(timedelta(hours=1))

    assert journey.sent == {"sms": 1, "voice": 1}


@pytest.mark.parametrize("step", range(1, STEPS))
def test_a_text_whose_worker_dies_is_followed_by_one_call(journey, step):
    accept(journey)
    text = ref_of(journey.on(Channel.SMS))

    dying(journey, step, lambda: journey.deliver(Channel.SMS, text))
    journey.let_pass(timedelta(hours=1))

    assert journey.sent.get("sms", 0) <= 1
    assert journey.sent["voice"] == 1
    assert not WAITING & {message.status for message in journey.messages}


@pytest.mark.parametrize("end", [Status.UNDELIVERED, Status.DELIVERED])
@pytest.mark.parametrize("step", range(1, STEPS))
def test_a_receipt_whose_worker_dies_is_heard_in_the_end(journey, step, end):
    accept(journey)
    journey.work_off()

    if dying(journey, step, lambda: journey.receipt(Channel.SMS, end)):
        journey.receipt(Channel.SMS, end)
    journey.let_pass(timedelta(minutes=1))

    assert journey.sent == {"sms": 1, **({} if end is Status.DELIVERED else {"voice": 1})}


@pytest.mark.parametrize("step", range(1, STEPS * 2))
def test_a_call_whose_worker_dies_is_made_once_at_most(journey, step):
    accept(journey)
    journey.work_off()
    call = ref_of(journey.on(Channel.VOICE))
    journey.world.clock.advance(timedelta(minutes=6))

    dying(journey, step, lambda: journey.deliver(Channel.VOICE, call))
    with suppress(Killed):
        journey.deliver(Channel.VOICE, call)
    journey.let_pass(timedelta(hours=1))

    assert journey.sent["sms"] == 1
    assert journey.sent.get("voice", 0) <= 1
    assert not WAITING & {message.status for message in journey.messages}


@pytest.mark.parametrize("step", range(1, STEPS))
def test_a_text_and_its_call_never_leave_together(journey, step):
    """Another worker claims the text while the call's takes its turn."""
    accept(journey)
    text, call = (ref_of(journey.on(channel)) for channel in (Channel.SMS, Channel.VOICE))
    journey.world.clock.advance(timedelta(minutes=6))
    messages = journey.world.messages

    def meanwhile():
        journey.world.messages = messages
        journey.deliver(Channel.SMS, text)

    journey.world.messages = Deadly(messages, step, meanwhile)
    journey.deliver(Channel.VOICE, call)
    journey.world.messages = messages

    assert sum(journey.sent.values()) == 1
    journey.let_pass(timedelta(hours=1))
    assert journey.sent["voice"] == 1
