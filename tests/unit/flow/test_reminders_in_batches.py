"""Many reminders at once: a batch, and each with a token of its own, make theirs once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from outbound.domain.errors import Refusal
from outbound.domain.reminder import Appointment
from outbound.domain.words import Mode
from outbound.flow.reminders.batch import ReminderBatch, create_batch
from outbound.flow.reminders.keeping import NewReminder, create
from outbound.ports import Claim
from tests.builders import TENANT, make_key
from tests.memory.world import World
from tests.unit.flow.campaigning import Killed
from tests.unit.flow.reminding import ADA, furnish, plan

KEY = make_key()
OVER = plan(when=Appointment(datetime(2020, 1, 1), "", ("-P1D",)))
FLIGHT = timedelta(seconds=21)


@pytest.fixture
def world():
    world = World()
    furnish(world)
    return world


class Dying:
    """Reminders whose writer dies before one is written alone."""

    def __init__(self, port):
        self.port = port

    def __getattr__(self, name):
        return getattr(self.port, name)

    def insert(self, _):
        raise Killed


def item(day=24, token=None, fingerprint="f"):
    when = Appointment(datetime(2026, 12, day, 9, 30), "", ("-P1D",))
    return NewReminder(ADA, plan(when=when), token, f"{fingerprint} {day}")


def make(world, *items, key=None):
    return create_batch(ReminderBatch(items, key, "a batch"), KEY, world.reminder_ports)


def ids_of(results):
    return [each.code if isinstance(each, Refusal) else each.reminder.id for each in results]


def test_a_batch_again_finds_what_it_made(world):
    items = (item(24), item(25, "token"), NewReminder(ADA, OVER, None, ""))
    first = make(world, *items, key="batch")
    assert ids_of(first)[2] == "time_in_the_past"
    for wait in (timedelta(), FLIGHT):
        world.clock.advance(wait)
        assert ids_of(make(world, *items, key="batch")) == ids_of(first)
    assert len(world.reminders.kept) == 2
    assert len(world.reminder_tasks.take()) == 2


def test_a_token_counts_once_in_a_batch_and_across_requests(world):
    first, double = ids_of(make(world, item(24, "token"), item(24, "token")))
    assert double == "duplicate_token"
    assert ids_of(make(world, item(24, "token"), key="other batch")) == [first]
    single = create(item(24, "token"), KEY, world.reminder_ports)
    assert (single.reminder.id, single.replayed) == (first, True)


def test_a_token_is_replayed_when_its_time_has_passed(world):
    first = ids_of(make(world, item(24, "token")))
    world.clock.advance(timedelta(hours=20))
    assert ids_of(make(world, NewReminder(ADA, OVER, "token", "f 24"))) == first


def test_a_token_used_with_another_reminder_is_refused_alone(world):
    make(world, item(24, "token"))
    refused, made = ids_of(make(world, item(25, "token"), item(26)))
    assert refused == "idempotency_key_reused"
    assert made.startswith("rem_")


@pytest.mark.parametrize("key", [None, "batch"])
def test_who_dies_before_it_is_written_is_made_up_for_under_the_same_id(world, key):
    items = (item(24, "token"), item(25))
    dying = replace(world.reminder_ports, reminders=Dying(world.reminders))
    with pytest.raises(Killed):
        create_batch(ReminderBatch(items, key, "a batch"), KEY, dying)
    claim = world.idempotency.find(TENANT, Mode.LIVE, "token", world.clock.now())
    assert claim is not None
    if key is None:
        assert ids_of(make(world, items[0])) == ["request_in_flight"]
    else:
        with pytest.raises(Refusal, match="request_in_flight"):
            make(world, *items, key=key)
    world.clock.advance(FLIGHT)
    assert ids_of(make(world, *items, key=key))[0] == claim.resource
    assert len(world.reminders.kept) == 2


def test_a_batch_at_work_keeps_no_token_from_it(world):
    claim = Claim("a batch", "reminders", world.clock.now())
    world.idempotency.reserve(TENANT, Mode.LIVE, "batch", claim)
    with pytest.raises(Refusal, match="request_in_flight"):
        make(world, item(24, "token"), key="batch")
    assert world.idempotency.find(TENANT, Mode.LIVE, "token", world.clock.now()) is None
