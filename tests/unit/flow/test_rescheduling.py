"""A message leaves at another time, as long as it has not left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from outbound.domain.address import Address
from outbound.domain.errors import Refusal
from outbound.domain.message import WAITING, CampaignRef, Status
from outbound.domain.words import Mode, Purpose
from outbound.flow.deliver import deliver
from outbound.flow.intake import accept
from outbound.flow.recipient import To
from outbound.flow.rescheduling import MOST, Moved, ReschedulePorts, reschedule
from outbound.flow.schedule import sweep
from tests.builders import make_contact, make_key, make_request
from tests.memory.clock import START

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
YEAR = timedelta(days=366)


def move(world, ref, send_at, expires_at=None, **key):
    ports = ReschedulePorts(world.clock, world.messages, world.gate)
    return reschedule(ref.id, Moved(send_at, expires_at), make_key(**key), ports)


def refused(world, ref, *moved, **key):
    before = world.snapshot()
    with pytest.raises(Refusal) as refusal:
        move(world, ref, *moved, **key)
    assert world.snapshot() == before
    return refusal.value.code


@pytest.mark.parametrize("waiting", sorted(WAITING))
def test_what_has_not_left_leaves_at_its_new_time_and_not_before(world, store, waiting):
    ref = store(status=waiting)
    later = START + 2 * HOUR
    moved = move(world, ref, later)
    assert (moved.status, moved.not_before) == (Status.SCHEDULED, later)
    assert moved.timeline[-1].reason == "rescheduled"
    world.clock.advance(HOUR)
    deliver(ref, world.deliver)
    assert world.carrier.calls == 0
    world.clock.advance(HOUR + MINUTE)
    sweep(world.schedule)
    assert ref in world.queue
    deliver(ref, world.deliver)
    assert world.carrier.calls == 1


def test_it_is_tried_for_as_long_as_it_would_have_been(world, store):
    ref = store(not_before=START + HOUR, expires_at=START + 3 * HOUR)
    assert move(world, ref, START + 9 * HOUR).expires_at == START + 11 * HOUR
    assert move(world, ref, START + 9 * HOUR, START + 10 * HOUR).expires_at == START + 10 * HOUR


def test_the_same_time_again_changes_nothing(world, store):
    ref = store()
    first = move(world, ref, START + HOUR)
    before = world.snapshot()
    assert move(world, ref, START + HOUR) == first
    assert world.snapshot() == before


def test_it_is_judged_as_of_its_new_time(world, store):
    world.contacts.add(make_contact(region="US-NY", timezone="America/New_York"))
    ref = store(purpose=Purpose.MARKETING)
    moved = move(world, ref, START + HOUR)
    assert (moved.decision.verdict, moved.decision.reason) == ("block", "no_consent")


def test_a_time_on_the_contact_s_clock(world, store):
    world.contacts.add(make_contact(timezone="America/Los_Angeles"))
    ref = store()
    moved = move(world, ref, datetime(2026, 12, 24, 9))
    assert moved.not_before == datetime(2026, 12, 24, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "local", "code"),
    [
        (None, datetime(2026, 12, 24, 9), "timezone_not_known"),
        ("America/New_York", datetime(2027, 3, 14, 2, 30), "time_does_not_exist"),
        ("America/New_York", datetime(2020, 3, 14, 2, 30), "time_in_the_past"),
    ],
)
def test_a_local_time_that_never_comes_is_refused(world, store, zone, local, code):
    world.contacts.add(make_contact(timezone=zone))
    assert refused(world, store(), local) == code


@pytest.mark.parametrize(
    ("times", "code"),
    [
        ([START - HOUR], "time_in_the_past"),
        ([START + YEAR + HOUR], "time_too_far"),
        ([START + 2 * HOUR, START + HOUR], "expires_before_send"),
    ],
)
def test_a_wrong_time_is_refused(world, store, times, code):
    assert refused(world, store(), *times) == code


@pytest.mark.parametrize("status", sorted(frozenset(Status) - WAITING))
def test_what_is_on_its_way_or_over_stays(world, store, status):
    assert refused(world, store(status=status), START + HOUR) == "not_reschedulable"


def test_a_message_of_a_campaign_has_the_campaign_s_time(world, store):
    ref = store(campaign=CampaignRef("cam_1", "run_1"))
    assert refused(world, ref, START + HOUR) == "not_reschedulable"


def test_a_timeline_does_not_grow_for_ever(world, store):
    ref = store()
    for number in range(MOST):
        move(world, ref, START + HOUR + number * HOUR)
    assert refused(world, ref, START + YEAR) == "not_reschedulable"


@pytest.mark.parametrize("key", [{"tenant": "other"}, {"mode": Mode.TEST}])
def test_nobody_else_moves_it(world, store, key):
    assert refused(world, store(), START + HOUR, **key) == "unknown_message"


def test_what_is_claimed_meanwhile_is_on_its_way(world, store):
    ref = store()
    messages = world.messages

    class Claimed:
        def __getattr__(self, name):
            return getattr(messages, name)

        def reschedule(self, *_, **__):
            messages.claim(ref, now=world.clock.now(), lease=HOUR)
            return False

    ports = ReschedulePorts(world.clock, Claimed(), world.gate)
    with pytest.raises(Refusal) as refusal:
        reschedule(ref.id, Moved(START + HOUR), make_key(), ports)
    assert refusal.value.code == "not_reschedulable"


def test_a_message_is_accepted_for_a_time_on_the_contact_s_clock(world):
    world.contacts.add(make_contact(timezone="Asia/Kolkata"))
    request = make_request(to=To(contact_id="con_ada"), send_at=datetime(2026, 12, 24, 9))
    message = accept(request, make_key(), world.intake).message
    assert message.not_before == datetime(2026, 12, 24, 3, 30, tzinfo=UTC)
    unknown = replace(request, to=To(address=Address("phone", "+14255550177")))
    with pytest.raises(Refusal) as refusal:
        accept(unknown, make_key(), world.intake)
    assert refusal.value.code == "timezone_not_known"
