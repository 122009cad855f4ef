"""Times that come again: each once, at its minute, whatever dies or is lost; never late."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from outbound.domain.content import TemplateRef
from outbound.domain.errors import Refusal
from outbound.domain.message import Status
from outbound.domain.reminder import Fate, Refill, ReminderState
from outbound.domain.repetition import Repetition
from outbound.flow.reminders.keeping import change, pause, resume
from outbound.flow.reminders.tending import tend
from tests.builders import make_key
from tests.unit.flow.reminding import ZONE, furnish, let_pass, now, remind, sent, work
from tests.unit.flow.test_reminders import Killed, fragile

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TIMES = (time(8), time(20))
FIRST = datetime(2026, 12, 1, 13, tzinfo=UTC)
LATE = timedelta(minutes=4)


@pytest.fixture(autouse=True)
def furnished(world):
    furnish(world)


def take(world, **changes):
    values = {"start": datetime(2026, 12, 1, 8), "zone": ZONE, "times": TIMES, "days_supply": 2}
    when = Repetition(**values | changes.pop("repeat", {}))
    return remind(world, when=when, **changes)


def texts(world):
    return [text.removeprefix("visit ") for _, text in sent(world)]


ALL = ["2026-12-01T08:00", "2026-12-01T20:00", "2026-12-02T08:00", "2026-12-02T20:00"]


def test_each_dose_is_sent_at_its_hour_until_the_supply_is_used_up(world):
    reminder = take(world)
    let_pass(world, FIRST - MINUTE, each=HOUR)
    let_pass(world, FIRST + 2 * DAY)
    assert texts(world) == ALL
    for (at, _), local in zip(sent(world), ALL, strict=True):
        meant = datetime.fromisoformat(local).replace(tzinfo=UTC) + 5 * HOUR
        assert meant <= at < meant + 2 * MINUTE
    over = now(world, reminder)
    assert (over.state, over.counts, over.due) == (ReminderState.ENDED, {Fate.SENT: 4}, None)
    assert world.scheduler.planned == {}


def test_a_refill_comes_before_the_supply_is_used_up(world):
    take(world, refill=Refill("P1D", TemplateRef("refill", 0)))
    let_pass(world, FIRST + 2 * DAY, each=MINUTE * 5)
    refills = [(at, text) for at, text in sent(world) if text.startswith("refill")]
    assert len(refills) == 1
    assert len(sent(world)) == 5
    assert refills[0][0] < FIRST + DAY + MINUTE


def test_a_refill_comes_before_the_last_of_a_count(world):
    take(
        world,
        repeat={"days_supply": None, "count": 5},
        refill=Refill("P1D", TemplateRef("refill", 0)),
    )
    let_pass(world, FIRST + 3 * DAY, each=MINUTE * 5)
    refills = [(at, text) for at, text in sent(world) if text.startswith("refill")]
    assert [text for _, text in refills] == ["refill 2026-12-03T08:00"]
    assert FIRST + DAY <= refills[0][0] < FIRST + DAY + 6 * MINUTE


@pytest.mark.parametrize(
    "repeat", [{}, {"days_supply": None, "count": 4}, {"days_supply": None, "count": 5}]
)
def test_a_refill_before_the_first_dose_is_refused(world, repeat):
    with pytest.raises(Refusal) as caught:
        take(world, repeat=repeat, refill=Refill("P2D", TemplateRef("refill", 0)))
    (fault,) = caught.value.faults
    assert (fault.pointer, fault.code) == ("/refill/before", "invalid_schedule")


def test_a_refill_whose_time_has_passed_is_refused(world):
    world.clock.advance(FIRST + DAY - world.clock.now())
    with pytest.raises(Refusal) as caught:
        take(world, refill=Refill("P1D", TemplateRef("refill", 0)))
    (fault,) = caught.value.faults
    assert (fault.pointer, fault.code) == ("/refill/before", "time_in_the_past")


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_schedule_that_is_lost_loses_no_dose(world, lost):
    take(world)
    let_pass(world, FIRST + lost * 12 * HOUR - HOUR, each=5 * MINUTE)
    world.scheduler.planned.clear()
    let_pass(world, FIRST + 2 * DAY)
    assert texts(world) == ALL
    assert all(
        at - (datetime.fromisoformat(local).replace(tzinfo=UTC) + 5 * HOUR) < LATE
        for (at, _), local in zip(sent(world), ALL, strict=True)
    )


@pytest.mark.parametrize("step", range(1, 21))
def test_killed_between_any_two_steps_each_dose_is_sent_once_and_in_time(world, step):
    reminder = take(world)
    work(world)
    world.clock.advance_to(FIRST)
    world.scheduler.fire(world.clock.now())
    with suppress(Killed):
        tend(reminder.tenant, reminder.id, fragile(world.tending, [step]))
    let_pass(world, FIRST + 2 * DAY, each=MINUTE)
    assert texts(world) == ALL
    assert sent(world)[0][0] < FIRST + 6 * MINUTE
    assert now(world, reminder).counts == {Fate.SENT: 4}


@pytest.mark.parametrize("step", range(1, 21, 3))
def test_brought_twice_at_once_each_dose_is_sent_once(world, step):
    """The sweep and EventBridge, one of them stopped midway for a while."""
    reminder = take(world)
    work(world)
    world.clock.advance_to(FIRST)
    with suppress(Killed):
        tend(reminder.tenant, reminder.id, fragile(world.tending, [step]))
    tend(reminder.tenant, reminder.id, world.tending)
    tend(reminder.tenant, reminder.id, world.tending)
    let_pass(world, FIRST + 2 * DAY, each=MINUTE)
    assert texts(world) == ALL


def test_a_dose_that_is_too_late_is_not_sent_and_said(world):
    reminder = take(world)
    work(world)
    world.clock.advance_to(FIRST + timedelta(minutes=31))
    let_pass(world, FIRST + 2 * DAY)
    assert texts(world) == ALL[1:]
    first = now(world, reminder).handled[0]
    assert (first.key, first.fate, first.reason) == (ALL[0], Fate.MISSED, "expired")
    assert world.signals.counts["ReminderMissed"] == 1
    assert world.signals.notes == [("reminder missed", "sms", reminder.id)]


def test_after_days_without_work_all_that_was_missed_is_told_and_the_next_is_sent(world):
    reminder = take(world, repeat={"days_supply": 60})
    work(world)
    world.clock.advance_to(FIRST + 40 * DAY - MINUTE)
    let_pass(world, FIRST + 40 * DAY + 2 * MINUTE)
    assert texts(world) == ["2027-01-10T08:00"]
    assert now(world, reminder).counts == {Fate.MISSED: 80, Fate.SENT: 1}


def test_a_dose_that_was_made_is_not_called_missed_by_whoever_comes_late(world):
    reminder = take(world)
    work(world)
    world.clock.advance_to(FIRST)
    world.scheduler.fire(world.clock.now())
    for step in range(1, 30):
        with suppress(Killed):
            tend(reminder.tenant, reminder.id, fragile(world.tending, [step]))
        if len(world.messages):
            break
    assert now(world, reminder).sending
    world.clock.advance(HOUR)
    work_again = world.tending
    tend(reminder.tenant, reminder.id, work_again)
    assert now(world, reminder).counts == {Fate.SENT: 1}
    assert not world.signals.counts["ReminderMissed"]


def test_where_clocks_skip_the_hour_the_dose_comes_as_they_do(world):
    world.clock.advance_to(datetime(2027, 3, 13, 12, tzinfo=UTC))
    start = datetime(2027, 3, 14)
    take(world, repeat={"start": start, "times": (time(2, 30),), "days_supply": 2})
    let_pass(world, datetime(2027, 3, 15, 12, tzinfo=UTC), each=MINUTE)
    first, second = (at for at, _ in sent(world))
    assert timedelta() <= first - datetime(2027, 3, 14, 7, tzinfo=UTC) < 2 * MINUTE
    assert timedelta() <= second - datetime(2027, 3, 15, 6, 30, tzinfo=UTC) < 2 * MINUTE
    assert texts(world) == ["2027-03-14T02:30", "2027-03-15T02:30"]


def test_a_pause_leaves_out_and_calls_nothing_missed(world):
    reminder = take(world)
    pause(reminder.id, make_key(), world.reminder_ports)
    let_pass(world, FIRST + 13 * HOUR, each=HOUR)
    resume(reminder.id, make_key(), world.reminder_ports)
    let_pass(world, FIRST + 2 * DAY)
    assert texts(world) == ALL[2:]
    assert now(world, reminder).counts == {Fate.SENT: 2}


def test_a_change_that_comes_with_a_dose_loses_none(world):
    reminder = take(world)
    work(world)
    world.clock.advance_to(FIRST)

    def want(standing):
        when = replace(standing.plan.when, times=(time(8), time(21)))
        return replace(standing.plan, when=when)

    change(reminder.id, want, make_key(), world.reminder_ports)
    let_pass(world, FIRST + 14 * HOUR)
    assert texts(world) == ["2026-12-01T08:00", "2026-12-01T21:00"]


def test_a_message_that_waits_expires_half_an_hour_after_its_dose(world):
    take(world)
    work(world)
    world.clock.advance_to(FIRST)
    for task in world.scheduler.fire(world.clock.now()):
        tend(task.tenant, task.id, world.tending)
    (message,) = world.messages
    assert message.expires_at == FIRST + timedelta(minutes=30)
    assert message.status is Status.ACCEPTED
