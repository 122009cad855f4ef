"""Schedules that outlived what they stood for: found, counted and removed; and no others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from outbound.adapters.scheduler import name_of
from outbound.domain.task import Task, Work
from outbound.flow.reminders.clearing import EACH, PARTS, SETTLED, clear, part_for
from outbound.flow.schedule import sweep
from tests.unit.flow.reminding import furnish, now, remind, work

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def furnished(world):
    furnish(world)


def planned_for(world, reminder):
    scheduled = now(world, reminder).scheduled
    assert scheduled is not None
    return scheduled


def cleared(world):
    """How many are removed, part by part."""
    parts = {name_of(task, at).removeprefix("remind-")[:3]
             for (_, _, at), task in world.scheduler.planned.items()}  # fmt: skip
    return sum(clear(part, world.tending) for part in parts)


def test_what_is_planned_stays(world):
    remind(world)
    work(world)
    world.clock.advance(2 * HOUR)
    assert cleared(world) == 0
    assert len(world.scheduler.planned) == 1


def test_one_that_should_have_gone_is_removed_and_counted(world):
    reminder = remind(world)
    work(world)
    scheduled = planned_for(world, reminder)
    world.clock.advance_to(scheduled + SETTLED - timedelta(seconds=1))
    assert cleared(world) == 0
    world.clock.advance(timedelta(seconds=1))
    assert cleared(world) == 1
    assert world.signals.counts["SchedulesLeftOver"] == 1
    assert world.scheduler.planned == {}


def test_one_of_an_instant_that_is_no_more_is_removed_and_its_successor_stays(world):
    reminder = remind(world)
    work(world)
    task = Task(Work.REMIND, reminder.id, reminder.tenant)
    world.scheduler.bring(task, planned_for(world, reminder) + HOUR)
    assert cleared(world) == 0
    world.clock.advance(SETTLED)
    assert cleared(world) == 1
    assert [at for *_, at in world.scheduler.planned] == [now(world, reminder).scheduled]


def test_one_of_a_reminder_that_is_not_there_is_removed(world):
    reminder = remind(world)
    work(world)
    world.reminders.forget(now(world, reminder))
    world.clock.advance(SETTLED)
    assert cleared(world) == 1


def test_what_is_being_planned_is_left_alone(world):
    reminder = remind(world)
    task = Task(Work.REMIND, reminder.id, reminder.tenant)
    world.scheduler.bring(task, world.clock.now() + 24 * HOUR)
    assert cleared(world) == 0


def test_a_schedule_of_whole_seconds_is_that_of_an_instant_before(world):
    reminder = remind(world)
    work(world)
    standing = now(world, reminder)
    early = planned_for(world, reminder) - timedelta(milliseconds=400)
    assert world.reminders.replace(replace(standing, scheduled=early, version=standing.version + 1))
    world.clock.advance(SETTLED)
    assert cleared(world) == 0


def test_in_two_weeks_each_part_has_its_turn_once():
    start = datetime(2026, 11, 23, tzinfo=UTC)
    minutes = [start + timedelta(minutes=each) for each in range(PARTS * 5)]
    parts = [task.id for task in map(part_for, minutes) if task is not None]
    assert sorted(parts) == [f"{number:03x}" for number in range(PARTS)]
    assert timedelta(days=15) > PARTS * EACH


def test_the_sweep_brings_the_part_whose_turn_it_is(world):
    world.clock.advance_to(datetime(2026, 11, 24, 12, 2, tzinfo=UTC))
    sweep(world.schedule)
    world.reminder_tasks.take()
    world.clock.advance(timedelta(minutes=3))
    sweep(world.schedule)
    (task,) = world.reminder_tasks.take()
    assert task == part_for(datetime(2026, 11, 24, 12, 5, tzinfo=UTC))
