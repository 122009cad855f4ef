"""A channel that its provider has stopped, or whose provider is down."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from outbound.domain.message import Status
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.stop import CIRCUIT_OPEN, FAILURES, FIRST_PROBE, stopped
from outbound.domain.words import Channel, Lane, Mode, OnUnconfirmed
from outbound.flow.deliver import deliver, put_off
from outbound.flow.schedule import sweep
from tests.memory.clock import START

MINUTE = timedelta(minutes=1)
STOPPED = Outcome(Kind.STOPPED, code="MonthlySpendLimit")
BUSY = Outcome(Kind.TEMPORARY, code="Throttling")
REFUSED = Outcome(Kind.PERMANENT, code="InvalidNumber")
BROKEN = Outcome(Kind.TEMPORARY, code="ServiceUnavailable", failing=True)
SILENT = Outcome(Kind.UNKNOWN, code="ReadTimeoutError", failing=True)


@pytest.fixture
def stop(world):
    stop = stopped(Channel.SMS, "MonthlySpendLimit", world.clock.now())
    assert world.stops.begin(stop)
    return stop


@pytest.fixture
def minute(world):
    """Lets a minute pass: the sweep, and what is queued is delivered."""

    ports = world.deliver

    def pass_by(minutes=1):
        for _ in range(minutes):
            world.clock.advance(MINUTE)
            sweep(world.schedule)
            for ref in world.queue.take():
                deliver(ref, ports)

    return pass_by


def test_a_stop_parks_the_message_and_stops_the_channel_once(world, store):
    world.carrier.answer(STOPPED)
    deliver(store(), world.deliver)
    deliver(store("another cause"), world.deliver)
    stop = world.stops.stops[Channel.SMS]
    assert (stop.code, stop.at) == ("MonthlySpendLimit", START)
    assert (world.carrier.calls, world.stops.begun) == (1, 1)
    assert world.signals.notes == [("channel stopped", Channel.SMS, "MonthlySpendLimit")]
    assert all(message.parked for message in world.messages)


def test_what_waits_for_a_stopped_channel_says_so(world, store, stop):
    ref = store()
    assert deliver(ref, world.deliver) is False
    message = world.messages.kept[ref]
    last = message.timeline[-1]
    assert (last.status, last.reason, last.code) == ("deferred", "channel_stopped", stop.code)
    assert (message.attempt, world.carrier.calls) == (0, 0)


def test_looking_again_at_what_is_parked_writes_nothing(world, store, stop):
    ref = store()
    deliver(ref, world.deliver)
    before = world.snapshot()
    deliver(ref, world.deliver)
    assert world.snapshot() == before


def test_a_message_under_a_test_key_does_not_wait(world, store, stop, status):
    ref = store(mode=Mode.TEST)
    deliver(ref, world.deliver)
    assert status(ref) is Status.SENT
    assert world.stops.current(Channel.SMS) == stop


def test_of_those_that_wait_one_is_tried_and_the_others_stay(world, store, stop, status):
    refs = [store(f"cause {number}") for number in range(5)]
    world.clock.advance(FIRST_PROBE)
    world.carrier.answer(STOPPED)
    for ref in refs:
        deliver(ref, world.deliver)
    assert world.carrier.calls == 1
    assert [status(ref) for ref in refs] == [Status.DEFERRED] * 5
    assert world.stops.stops[Channel.SMS].probe_at == world.clock.now() + 2 * MINUTE


def test_the_provider_taking_one_lets_the_channel_go_on(world, store, stop, status, minute):
    refs = [store(f"cause {number}") for number in range(5)]
    for ref in refs:
        deliver(ref, world.deliver)
    minute(2)
    assert [status(ref) for ref in refs] == [Status.SENT] * 5
    assert world.carrier.calls == 5
    assert world.stops.current(Channel.SMS) is None
    assert world.signals.notes == [("channel resumed", Channel.SMS, stop.code)]


@pytest.mark.parametrize("answer", [BUSY, REFUSED, BROKEN, SILENT, STOPPED])
def test_any_other_answer_leaves_it_stopped(world, store, stop, answer):
    world.clock.advance(FIRST_PROBE)
    world.carrier.answer(answer)
    deliver(store(), world.deliver)
    assert world.stops.current(Channel.SMS).at == stop.at


def test_a_message_that_left_before_the_stop_does_not_end_it(world, store):
    def meanwhile(outgoing):
        world.stops.begin(stopped(Channel.SMS, "MonthlySpendLimit", world.clock.now()))

    world.carrier.meanwhile = meanwhile
    deliver(store(), world.deliver)
    assert world.stops.current(Channel.SMS) is not None


def test_a_worker_that_lost_the_turn_parks_what_it_had_claimed(world, store, stop, status):
    world.clock.advance(FIRST_PROBE)
    ref = store()
    renderer = world.renderer.render

    def render(content, scope, formatting):
        world.stops.probe(stop, world.clock.now())
        return renderer(content, scope, formatting)

    world.renderer.render = render
    assert deliver(ref, world.deliver) is False
    assert (status(ref), world.messages.kept[ref].parked) == (Status.DEFERRED, True)
    assert world.carrier.calls == 0


def test_what_expires_while_it_waits_is_told_so_within_an_hour(world, store, stop, status, minute):
    ref = store(expires_at=START + 30 * MINUTE)
    deliver(ref, world.deliver)
    world.carrier.answer(*[STOPPED] * 100)
    for other in range(3):
        deliver(store(f"other {other}"), world.deliver)
    minute(95)
    assert status(ref) is Status.EXPIRED


def test_a_channel_stopped_for_hours_writes_little(world, store, stop, minute):
    refs = [store(f"cause {number}") for number in range(20)]
    for ref in refs:
        deliver(ref, world.deliver)
    world.carrier.answer(*[STOPPED] * 1000)
    minute(300)
    entries = sum(len(world.messages.kept[ref].timeline) for ref in refs)
    assert world.carrier.calls < 30
    assert entries == 20 * 2 + 2 * world.carrier.calls
    assert world.stops.begun == 1


def test_the_metric_stands_while_the_channel_is_stopped(world, stop, minute):
    minute(3)
    assert world.signals.by_channel["ChannelStopped", Channel.SMS] == 3
    world.stops.end(stop)
    minute(3)
    assert world.signals.by_channel["ChannelStopped", Channel.SMS] == 3


def test_once_open_no_more_is_queued_in_a_minute_than_the_channel_takes(world, store, stop):
    count = 700
    for number in range(count):
        deliver(store(f"cause {number}"), world.deliver)
    world.stops.end(stop)
    world.clock.advance(MINUTE)
    sweep(world.schedule)
    assert len(world.queue.take()) == 600


def test_express_leaves_before_bulk(world, store, stop):
    bulk = store("bulk", lane=Lane.BULK)
    express = store("express")
    for ref in (bulk, express):
        deliver(ref, world.deliver)
    world.stops.end(stop)
    sweep(world.schedule)
    assert world.queue.refs == [express, bulk]


@pytest.mark.parametrize("answer", [STOPPED, BROKEN])
def test_a_thousand_that_wait_for_an_hour_are_all_sent_afterwards_and_none_twice(
    world, store, minute, answer
):
    refs = [store(f"{n}", lane=Lane.BULK if n % 2 else Lane.EXPRESS) for n in range(1000)]
    world.queue.send(Channel.SMS, Lane.EXPRESS, refs)
    world.carrier.answer(*[answer] * 1000)
    minute(60)
    waiting = Counter(message.status for message in world.messages)
    refused = world.carrier.calls
    world.carrier.answers.clear()
    minute(15)

    ended = Counter(message.status for message in world.messages)
    print(f"waiting {dict(waiting)} after {refused} calls; a quarter later {dict(ended)}")
    assert waiting == {Status.DEFERRED: 1000}
    assert refused < 15
    assert ended == {Status.SENT: 1000}
    assert Counter(outgoing.ref for outgoing in world.carrier.sent[refused:]) == dict.fromkeys(
        refs, 1
    )
    assert not world.messages.due_at
    assert [note[0] for note in world.signals.notes] == ["channel stopped", "channel resumed"]


@pytest.mark.parametrize("answer", [BROKEN, SILENT])
def test_a_provider_that_keeps_failing_is_left_alone_for_a_while(world, store, answer):
    ports = world.deliver
    world.carrier.answer(*[answer] * 100)
    for number in range(20):
        deliver(store(f"cause {number}", on_unconfirmed=OnUnconfirmed.NEVER), ports)
    assert world.carrier.calls == FAILURES
    assert world.stops.stops[Channel.SMS].code == CIRCUIT_OPEN


def test_failures_must_come_in_a_row(world, store):
    ports = world.deliver
    world.carrier.answer(*[BROKEN] * (FAILURES - 1), BUSY, *[BROKEN] * (FAILURES - 1))
    for number in range(2 * FAILURES):
        deliver(store(f"cause {number}"), ports)
    assert world.stops.current(Channel.SMS) is None


@pytest.mark.parametrize("answer", [BUSY, REFUSED, Outcome(Kind.SENT, provider_id="sns-1")])
def test_a_provider_that_was_down_is_back_with_any_answer(world, store, answer):
    world.stops.begin(stopped(Channel.SMS, CIRCUIT_OPEN, world.clock.now()))
    world.clock.advance(FIRST_PROBE)
    world.carrier.answer(answer)
    deliver(store(), world.deliver)
    assert world.stops.current(Channel.SMS) is None


def test_a_message_put_off_is_due_at_the_next_sweep(world, store, status, minute):
    ref = store()
    world.messages.due_at.clear()
    put_off(ref, world.deliver)
    minute(2)
    assert status(ref) is Status.SENT
