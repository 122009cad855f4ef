"""Stopped channels: one stop at a time, one probe at a time, one end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from outbound.adapters.dynamodb.stops import DynamoStops
from outbound.domain.stop import FIRST_PROBE, probed, stopped
from outbound.domain.words import Channel
from tests import memory
from tests.memory.clock import START

LATER = START + FIRST_PROBE
SECOND = timedelta(seconds=1)


@pytest.fixture
def stops(port, clock):
    return port(memory.MemoryStops(), "catalog", lambda table: DynamoStops(table, clock))


@pytest.fixture
def stop(stops):
    stop = stopped(Channel.SMS, "MonthlySpendLimit", START)
    assert stops.begin(stop)
    return stop


def test_a_channel_is_open_until_it_is_stopped(stops):
    assert stops.current(Channel.SMS) is None


def test_a_stop_is_of_its_channel_alone(stops, stop):
    assert stops.current(Channel.SMS) == stop
    assert stops.current(Channel.VOICE) is None


def test_a_second_stop_changes_nothing(stops, stop):
    assert not stops.begin(stopped(Channel.SMS, "Another", LATER))
    assert stops.current(Channel.SMS) == stop


def test_a_probe_waits_for_its_time(stops, stop):
    assert not stops.probe(stop, LATER - SECOND)
    assert stops.current(Channel.SMS) == stop


def test_of_many_workers_one_probes(stops, stop):
    with ThreadPoolExecutor(8) as pool:
        turns = list(pool.map(lambda _: stops.probe(stop, LATER), range(16)))
    assert turns.count(True) == 1
    assert stops.current(Channel.SMS) == probed(stop, LATER)


def test_the_next_probe_comes_after_its_wait(stops, stop):
    stops.probe(stop, LATER)
    waiting = stops.current(Channel.SMS)
    assert not stops.probe(waiting, LATER + SECOND)
    assert stops.probe(waiting, waiting.probe_at)


def test_a_stop_ends_though_it_was_probed_since(stops, stop):
    stops.probe(stop, LATER)
    stops.end(stop)
    assert stops.current(Channel.SMS) is None
    stops.end(stop)


def test_ending_an_old_stop_leaves_the_new_one(stops, stop):
    stops.end(stop)
    new = stopped(Channel.SMS, "Another", LATER)
    stops.begin(new)
    stops.end(stop)
    assert stops.current(Channel.SMS) == new
    assert not stops.probe(stop, LATER)
