"""A chunk of several calls: how far it is stands in the table as soon as anybody may ask."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from outbound.domain.campaign import State
from outbound.domain.message import Status
from outbound.domain.outcome import Kind, Outcome
from outbound.flow.bulk.chunks import bring
from outbound.flow.bulk.ports import Worker
from tests.unit.flow.campaign_recipients import fill, sent_once, statuses
from tests.unit.flow.campaigning import Campaigning, Killed

MINUTE = timedelta(minutes=1)


class Counted:
    """Runs that count what is asked of them."""

    def __init__(self, runs: Any):
        self._runs = runs
        self.asked: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        self.asked[name] += 1
        return getattr(self._runs, name)


@pytest.fixture
def world():
    return Campaigning(together=10)


@pytest.fixture
def campaign(world):
    return world.launch(audience=fill(world, 50))


@pytest.fixture
def ref(world, campaign):
    world.run_to_the_first_step()
    [(_, ref, _)] = world.chunks.queued
    world.chunks.queued.clear()
    return ref


def at_once(call):
    call()


def work(world, ref, *, calls=50, runs=None):
    """Bring the chunk, with time for so many calls."""
    left = iter(range(calls))
    ports = world.bulk_ports
    ports = replace(ports, runs=runs) if runs else ports
    bring(ref, ports, Worker(lambda: next(left, None) is not None, at_once))


def test_each_call_is_written_once_and_the_end_once(world, ref):
    runs = Counted(world.runs)
    work(world, ref, runs=runs)

    assert world.bulk_carrier.calls == [10] * 5
    assert runs.asked["advance"] == 5 + 1
    assert world.runs.chunk(ref).done


def test_whoever_has_no_more_time_leaves_it_where_the_next_goes_on_at_once(world, ref):
    work(world, ref, calls=2)
    left = world.runs.chunk(ref)
    assert (left.next, left.call) == (20, None)
    assert [queued for _, queued, _ in world.chunks.queued] == [ref]

    work(world, ref)
    assert statuses(world) == {Status.SENT: 50}
    assert sent_once(world)


def test_a_pause_leaves_it_where_it_is(world, campaign, ref):
    def pause(_):
        if world.carrier.calls == 10:
            world.become(campaign, State.PAUSED)
            world.clock.advance(timedelta(seconds=5))

    world.carrier.meanwhile = pause
    work(world, ref)
    left = world.runs.chunk(ref)
    assert (left.next, left.call, len(world.messages)) == (10, None, 10)


def test_a_channel_that_stops_leaves_it_where_it_is(world, ref):
    world.carrier.answer(*[Outcome(Kind.STOPPED, "AccountSuspended")] * 10)
    work(world, ref)
    left = world.runs.chunk(ref)
    assert (left.next, left.call) == (10, None)


def test_a_cancelled_campaign_tells_of_all_who_are_left(world, campaign, ref):
    def cancel(_):
        if world.carrier.calls == 10:
            world.become(campaign, State.CANCELLED)
            world.clock.advance(timedelta(seconds=5))

    world.carrier.meanwhile = cancel
    work(world, ref)
    assert statuses(world) == {Status.SENT: 10, Status.CANCELLED: 40}
    assert world.runs.chunk(ref).done


def test_who_dies_between_two_calls_is_followed_after_the_lease_by_whoever_repeats_nothing(
    world, ref
):
    paces = iter(range(50))

    def die_after_one(call):
        call()
        if next(paces) == 0:
            raise Killed

    with pytest.raises(Killed):
        bring(ref, world.bulk_ports, Worker(lambda: True, die_after_one))
    left = world.runs.chunk(ref)
    assert (left.next, left.call.first, len(world.messages)) == (0, 0, 10)

    work(world, ref)
    assert len(world.messages) == 10
    world.clock.advance(world.deliver.lease + MINUTE)
    work(world, ref)
    assert statuses(world) == {Status.SENT: 50}
    assert sent_once(world)


def test_what_fails_before_a_call_leaves_the_call_before_it_written(world, ref):
    reads = iter(range(50))
    contacts = world.bulk_ports.deliver.gate.contacts

    class Failing:
        def __getattr__(self, name: str) -> Any:
            if name == "look_up" and next(reads) == 2:
                raise OSError("throttled")
            return getattr(contacts, name)

    ports = world.bulk_ports
    gate = replace(ports.deliver.gate, contacts=Failing())
    ports = replace(ports, deliver=replace(ports.deliver, gate=gate))
    with pytest.raises(OSError, match="throttled"):
        bring(ref, ports, Worker(lambda: True, at_once))
    left = world.runs.chunk(ref)
    assert (left.next, left.call, len(world.messages)) == (10, None, 10)
    work(world, ref)
    assert statuses(world) == {Status.SENT: 50}
    assert sent_once(world)


def test_whose_chunk_was_taken_does_not_queue_it(world, ref):
    def taken(call):
        call()
        stored = world.runs.chunk(ref)
        assert world.runs.advance(replace(stored, version=stored.version + 1))

    left = iter(range(1))
    bring(ref, world.bulk_ports, Worker(lambda: next(left, None) is not None, taken))
    assert world.chunks.queued == []
    assert len(world.messages) == 10
