"""The sweep: nothing is stranded, and the cursor moves last."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outbound.domain.due import MINUTE, minute_of, next_minute
from outbound.flow.schedule import LOOK_BACK, WITHOUT_CURSOR, sweep
from tests.builders import make_body, make_message, ref_of
from tests.memory import MemoryQueue, World

SECOND = timedelta(seconds=1)


class WatchedQueue(MemoryQueue):
    """Notes when each message was queued."""

    def __init__(self, world):
        super().__init__()
        self.world = world
        self.times = {}

    def send(self, channel, lane, refs):
        super().send(channel, lane, refs)
        for ref in refs:
            self.times.setdefault(ref, []).append(self.world.clock.now())


def insert(world, due, number=0):
    message = make_message(f"cause {number}", not_before=due)
    assert world.messages.insert(message, make_body(), due=due)
    return ref_of(message)


def swept_until_done(world, minutes_at_a_time):
    """Sweep with interruptions until the cursor has caught up."""
    while world.cursor.minute != minute_of(world.clock.now()):
        answers = repeat(True, minutes_at_a_time)
        sweep(world.schedule, may_go_on=partial(next, answers, False))


@settings(max_examples=300)
@given(
    dues=st.lists(st.integers(0, 4 * 3600), max_size=15),
    pauses=st.lists(st.integers(1, 3600), min_size=1, max_size=12),
    minutes_at_a_time=st.integers(3, 40),
)
def test_whatever_is_due_is_queued_at_or_after_its_minute(dues, pauses, minutes_at_a_time):
    world = World()
    world.queue = watched = WatchedQueue(world)
    world.clock.advance_to(next_minute(world.clock.now()))
    sweep(world.schedule)
    start = world.clock.now()
    refs = {insert(world, start + s * SECOND, n): s for n, s in enumerate(dues)}
    for pause in [*pauses, 5 * 3600]:
        world.clock.advance(pause * SECOND)
        swept_until_done(world, minutes_at_a_time)
    for ref, seconds in refs.items():
        times = watched.times.get(ref, [])
        assert times
        assert min(times) >= next_minute(start + seconds * SECOND)


@given(st.integers(0, 59), st.integers(0, 119), st.integers(1, 60))
def test_what_the_index_shows_up_to_two_minutes_late_is_found(second, late, pause):
    world = World()
    sweep(world.schedule)
    due = world.clock.now() + MINUTE + second * SECOND
    world.clock.advance_to(next_minute(due))
    shown_at = world.clock.now() + late * SECOND
    while world.clock.now() + pause * SECOND < shown_at:
        world.clock.advance(pause * SECOND)
        sweep(world.schedule)
    world.clock.advance_to(shown_at)
    ref = insert(world, due)
    for _ in range(60 // pause + 1):
        world.clock.advance(pause * SECOND)
        sweep(world.schedule)
    assert ref in world.queue


def test_what_is_not_yet_due_is_left(world):
    sweep(world.schedule)
    ref = insert(world, world.clock.now() + 10 * MINUTE)
    world.clock.advance_to(world.messages.due_at[ref] - SECOND)
    assert sweep(world.schedule) == 0
    world.clock.advance(SECOND)
    assert sweep(world.schedule) == 1


def test_the_first_sweep_looks_back_an_hour(world):
    found = insert(world, world.clock.now() - WITHOUT_CURSOR, 1)
    too_old = insert(world, world.clock.now() - WITHOUT_CURSOR - 3 * MINUTE, 2)
    sweep(world.schedule)
    assert found in world.queue
    assert too_old not in world.queue
    assert world.cursor.minute == minute_of(world.clock.now())


def test_the_last_minutes_are_looked_at_again(world):
    ref = insert(world, minute_of(world.clock.now()))
    for _ in range(5):
        sweep(world.schedule)
        world.clock.advance(MINUTE)
    assert set(world.queue.refs) == {ref}
    assert (len(world.queue) - 1) * MINUTE == LOOK_BACK


def test_a_queue_that_fails_leaves_the_cursor_where_it_was(world):
    sweep(world.schedule)
    done = world.cursor.minute
    ref = insert(world, done + 3 * MINUTE)
    world.clock.advance(10 * MINUTE)
    world.queue.broken = True
    with pytest.raises(ConnectionError):
        sweep(world.schedule)
    assert world.cursor.minute == done + 2 * MINUTE
    world.queue.broken = False
    sweep(world.schedule)
    assert ref in world.queue
    assert world.cursor.minute == done + 10 * MINUTE


def test_after_a_long_stop_everything_is_caught_up_with(world):
    sweep(world.schedule)
    start = world.clock.now()
    refs = [insert(world, start + n * timedelta(hours=1), n) for n in range(1, 49)]
    world.clock.advance(timedelta(days=3))
    assert sweep(world.schedule) == len(refs)
    assert world.queue.refs == refs


def test_what_there_was_no_time_for_is_left_to_the_next_sweep(world):
    sweep(world.schedule)
    done = world.cursor.minute
    near, far = insert(world, done + MINUTE, 1), insert(world, done + 30 * MINUTE, 2)
    world.clock.advance(60 * MINUTE)
    answers = iter([True] * 5 + [False])
    sweep(world.schedule, may_go_on=lambda: next(answers))
    assert world.queue.refs == [near]
    assert done < world.cursor.minute < done + 30 * MINUTE
    sweep(world.schedule)
    assert far in world.queue


def test_without_any_time_nothing_moves(world):
    insert(world, world.clock.now())
    before = world.snapshot()
    assert sweep(world.schedule, may_go_on=lambda: False) == 0
    assert world.snapshot() == before


def test_a_clock_that_is_behind_the_cursor_does_no_harm(world):
    world.cursor.minute = minute_of(world.clock.now()) + 5 * MINUTE
    ref = insert(world, minute_of(world.clock.now()))
    sweep(world.schedule)
    assert ref in world.queue
    assert world.cursor.minute == minute_of(world.clock.now()) + 5 * MINUTE


def test_each_channel_and_lane_gets_its_own(world):
    now = minute_of(world.clock.now())
    insert(world, now)
    sweep(world.schedule)
    (queued,) = world.queue.queued
    message = next(iter(world.messages))
    assert queued == (message.channel, message.lane, ref_of(message))
