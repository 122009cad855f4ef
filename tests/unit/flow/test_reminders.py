"""Reminders of a moment: sent at their time, moved, cancelled; once, whatever dies in between."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from outbound.domain.content import TemplateRef
from outbound.domain.errors import Refusal
from outbound.domain.message import Status
from outbound.domain.reminder import Appointment, Event, Fate, Past, ReminderState, view
from outbound.domain.task import Work
from outbound.flow.reminders.keeping import cancel, change, find, page, pause, resume
from outbound.flow.reminders.tending import tend
from outbound.flow.schedule import sweep
from tests.builders import make_key
from tests.unit.flow.reminding import (
    ADA,
    AT,
    ZONE,
    furnish,
    let_pass,
    now,
    remind,
    sent,
    work,
)

DAY_BEFORE = datetime(2026, 12, 23, 14, 30, tzinfo=UTC)
HOUR_BEFORE = datetime(2026, 12, 24, 13, 30, tzinfo=UTC)
MOMENT = datetime(2026, 12, 24, 14, 30, tzinfo=UTC)
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def furnished(world):
    furnish(world)


def fates(world, reminder):
    return [(each.key, each.fate) for each in now(world, reminder).handled]


def move(world, reminder, **changes):
    def want(standing):
        when = replace(standing.plan.when, **changes)
        return replace(standing.plan, when=when)

    moved = change(reminder.id, want, make_key(), world.reminder_ports)
    work(world)
    return moved


def test_each_offset_is_sent_at_its_time_and_then_it_has_ended(world):
    reminder = remind(world)
    work(world)
    assert [at for *_, at in world.scheduler.planned] == [DAY_BEFORE]
    let_pass(world, DAY_BEFORE + MINUTE, each=HOUR)
    assert [text for _, text in sent(world)] == ["visit 2026-12-24T09:30"]
    assert [at for *_, at in world.scheduler.planned] == [HOUR_BEFORE]
    let_pass(world, HOUR_BEFORE, each=HOUR)
    let_pass(world, HOUR_BEFORE + 2 * MINUTE)
    first, second = (at for at, _ in sent(world))
    assert DAY_BEFORE <= first < DAY_BEFORE + 2 * MINUTE
    assert HOUR_BEFORE <= second < HOUR_BEFORE + 2 * MINUTE
    over = now(world, reminder)
    assert (over.state, over.due, over.scheduled) == (ReminderState.ENDED, None, None)
    assert world.scheduler.planned == {}
    assert over.counts == {Fate.SENT: 2}


def test_without_any_schedule_the_sweep_sends_them(world):
    world.scheduler.broken = True
    remind(world)
    let_pass(world, DAY_BEFORE - HOUR, each=HOUR)
    let_pass(world, DAY_BEFORE + 2 * MINUTE)
    assert len(sent(world)) == 1
    assert world.signals.counts["ScheduleRefused"]


def test_a_schedule_that_is_lost_is_made_up_for_by_the_sweep(world):
    remind(world)
    work(world)
    world.scheduler.planned.clear()
    let_pass(world, DAY_BEFORE + 5 * MINUTE, each=5 * MINUTE)
    assert len(sent(world)) == 1


def test_a_task_that_is_lost_is_made_up_for_by_the_sweep(world):
    remind(world)
    world.reminder_tasks.take()
    let_pass(world, HOUR_BEFORE + 5 * MINUTE, each=5 * MINUTE)
    assert len(sent(world)) == 2


def test_moving_the_moment_moves_what_was_not_sent_and_sends_nothing_again(world):
    reminder = remind(world)
    let_pass(world, DAY_BEFORE + MINUTE, each=HOUR)
    later = MOMENT + 2 * DAY
    moved = move(world, reminder, at=later)
    assert moved.sequence == 1
    assert [at for *_, at in world.scheduler.planned] == [later - HOUR]
    let_pass(world, later, each=HOUR)
    assert [text for _, text in sent(world)] == ["visit 2026-12-24T09:30", "visit 2026-12-26T09:30"]
    assert fates(world, reminder) == [("-P1D", Fate.SENT), ("-PT1H", Fate.SENT)]


def test_who_was_told_of_the_moment_is_told_that_it_has_moved(world):
    reminder = remind(world, moved=TemplateRef("moved", 0))
    move(world, reminder, at=MOMENT + DAY)
    assert sent(world) == []
    let_pass(world, DAY_BEFORE + DAY + MINUTE, each=HOUR)
    move(world, reminder, at=MOMENT + 2 * DAY)
    assert [text for _, text in sent(world)][-1] == "moved 2026-12-26T09:30"
    assert now(world, reminder).handled[-1].key == "moved#2"


def test_a_cancelled_reminder_sends_nothing_and_leaves_nothing_behind(world):
    reminder = remind(world, cancelled=TemplateRef("off", 0))
    work(world)
    cancel(reminder.id, make_key(), world.reminder_ports)
    work(world)
    let_pass(world, MOMENT, each=HOUR)
    assert (sent(world), world.scheduler.planned) == ([], {})
    assert now(world, reminder).state is ReminderState.CANCELLED


def test_who_was_told_is_told_that_it_is_off(world):
    reminder = remind(world, cancelled=TemplateRef("off", 0))
    let_pass(world, DAY_BEFORE + MINUTE, each=HOUR)
    for _ in range(2):
        over = cancel(reminder.id, make_key(), world.reminder_ports)
        work(world)
    assert over.sequence == 1
    assert [text for _, text in sent(world)][1:] == ["off 2026-12-24T09:30"]
    with pytest.raises(Refusal) as refusal:
        move(world, reminder, at=MOMENT + DAY)
    assert refusal.value.code == "reminder_over"


@pytest.mark.parametrize(
    ("past", "texts", "handled"),
    [
        (Past.SKIP, 0, [("-P7D", Fate.SKIPPED), ("-P1D", Fate.SKIPPED)]),
        (Past.SEND, 1, [("-P7D", Fate.SKIPPED), ("-P1D", Fate.SENT)]),
    ],
)
def test_what_should_have_been_sent_before_is_skipped_or_the_last_of_it_sent(
    world, past, texts, handled
):
    world.clock.advance_to(HOUR_BEFORE - HOUR)
    reminder = remind(world, when=Appointment(AT, ZONE, ("-P7D", "-P1D", "-PT1H"), past))
    work(world)
    assert len(sent(world)) == texts
    assert fates(world, reminder) == handled
    let_pass(world, MOMENT, each=MINUTE)
    assert len(sent(world)) == texts + 1


def test_a_day_before_is_the_same_time_on_the_clock_though_clocks_change(world):
    reminder = remind(world, when=Appointment(datetime(2027, 3, 14, 12), ZONE, ("-P1D", "-PT24H")))
    assert [each.at for each in reminder.upcoming()] == [
        datetime(2027, 3, 13, 16, tzinfo=UTC),
        datetime(2027, 3, 13, 17, tzinfo=UTC),
    ]


def test_what_could_not_be_sent_in_time_is_missed_and_said(world):
    reminder = remind(world)
    work(world)
    world.clock.advance_to(MOMENT + HOUR)
    work(world)
    assert sent(world) == []
    assert fates(world, reminder) == [("-P1D", Fate.MISSED), ("-PT1H", Fate.MISSED)]
    assert world.signals.counts["ReminderMissed"] == 2


def test_a_pause_sends_nothing_and_what_it_left_out_stays_out(world):
    reminder = remind(world)
    work(world)
    pause(reminder.id, make_key(), world.reminder_ports)
    work(world)
    assert world.scheduler.planned == {}
    let_pass(world, DAY_BEFORE + HOUR, each=HOUR)
    resume(reminder.id, make_key(), world.reminder_ports)
    let_pass(world, MOMENT, each=MINUTE)
    assert fates(world, reminder) == [("-P1D", Fate.SKIPPED), ("-PT1H", Fate.SENT)]


def test_a_contact_that_is_gone_is_said(world):
    reminder = remind(world)
    world.contacts.contacts.clear()
    let_pass(world, DAY_BEFORE + MINUTE, each=HOUR)
    assert now(world, reminder).handled[0].reason == "unknown_contact"
    assert world.signals.counts["ReminderFailed"] == 1


def test_the_same_request_again_is_the_same_reminder(world):
    first = remind(world, "visit-4711")
    before = world.snapshot()
    assert remind(world, "visit-4711") == first
    assert world.snapshot() == before


def test_reminders_are_found_by_contact_and_by_keys_of_their_tenant_and_mode(world):
    first, second = remind(world, "a"), remind(world, "b")
    found = page(ADA, make_key(), world.reminder_ports, limit=1, after=None)
    rest = page(ADA, make_key(), world.reminder_ports, limit=5, after=found.after)
    assert {each.id for each in (*found.reminders, *rest.reminders)} == {first.id, second.id}
    for key in (make_key(tenant="other"), make_key(mode="test")):
        with pytest.raises(Refusal) as refusal:
            find(first.id, key, world.reminder_ports)
        assert refusal.value.code == "unknown_reminder"


EVENT = Event(timedelta(minutes=30), summary="Visit")


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"when": Appointment(datetime(2026, 1, 1), "", ("-P1D",))}, "time_in_the_past", "/at"),
        ({"when": Appointment(datetime(2029, 1, 1), "", ("-P1D",))}, "time_too_far", "/at"),
        (
            {"when": Appointment(datetime(2027, 3, 14, 2, 30), "", ("-P1D",))},
            "time_does_not_exist",
            "/at",
        ),
        ({"when": Appointment(AT, "", ("-P300D",))}, "time_in_the_past", "/offsets"),
        ({"template": TemplateRef("nothing", 0)}, "unknown_template", "/template"),
        ({"moved": TemplateRef("nothing", 0)}, "unknown_template", "/moved"),
        ({"data": {"contact": 1}}, "reserved_name", "/data/contact"),
    ],
)
def test_what_can_not_be_kept_is_refused_and_nothing_is_written(world, changes, code, pointer):
    before = world.snapshot()
    with pytest.raises(Refusal) as refusal:
        remind(world, **changes)
    assert (refusal.value.code, refusal.value.faults[0].pointer) == (code, pointer)
    assert world.snapshot() == before


def test_nobody_is_reminded_who_is_not_there_or_whose_clock_is_not_known(world):
    furnish(world, timezone=None)
    with pytest.raises(Refusal) as refusal:
        remind(world)
    assert refusal.value.code == "timezone_not_known"
    world.contacts.contacts.clear()
    with pytest.raises(Refusal) as refusal:
        remind(world)
    assert (refusal.value.code, refusal.value.faults[0].pointer) == (
        "unknown_contact",
        "/contact_id",
    )


class Killed(BaseException):
    """The process dies."""


class Fragile:
    """A port that dies at its n-th call, before or after it has done it."""

    def __init__(self, port, countdown):
        self.port, self.countdown = port, countdown

    def __getattr__(self, name):
        whole = getattr(self.port, name)
        if not callable(whole):
            return whole

        def call(*arguments, **named):
            self.countdown[0] -= 1
            if self.countdown[0] == 0:
                raise Killed
            result = whole(*arguments, **named)
            self.countdown[0] -= 1
            if self.countdown[0] == 0:
                raise Killed
            return result

        return call


def fragile(ports, countdown):
    intake = replace(
        ports.intake,
        messages=Fragile(ports.intake.messages, countdown),
        queue=Fragile(ports.intake.queue, countdown),
    )
    return replace(
        ports,
        intake=intake,
        reminders=Fragile(ports.reminders, countdown),
        scheduler=Fragile(ports.scheduler, countdown),
    )


@pytest.mark.parametrize("step", range(1, 20))
def test_killed_at_any_step_nothing_is_missing_or_doubled_or_late(world, step):
    reminder = remind(world)
    work(world)
    world.clock.advance_to(DAY_BEFORE)
    world.scheduler.fire(world.clock.now())
    with suppress(Killed):
        tend(reminder.tenant, reminder.id, fragile(world.tending, [step]))
    let_pass(world, DAY_BEFORE + 10 * MINUTE)
    assert [text for _, text in sent(world)] == ["visit 2026-12-24T09:30"]
    assert sent(world)[0][0] < DAY_BEFORE + 6 * MINUTE
    assert fates(world, reminder) == [("-P1D", Fate.SENT)]
    let_pass(world, MOMENT, each=MINUTE)
    assert len(sent(world)) == 2


@pytest.mark.parametrize("step", range(1, 12))
def test_cancelled_while_it_is_being_sent_it_stays_or_has_left_once(world, step):
    reminder = remind(world)
    work(world)
    world.clock.advance_to(DAY_BEFORE)
    with suppress(Killed):
        tend(reminder.tenant, reminder.id, fragile(world.tending, [step]))
    cancel(reminder.id, make_key(), world.reminder_ports)
    let_pass(world, MOMENT, each=MINUTE)
    assert len(sent(world)) <= 1
    statuses = {message.status for message in world.messages}
    assert statuses <= {Status.SENT, Status.CANCELLED}
    assert world.scheduler.planned == {}


def test_the_sweep_finds_nothing_to_do_where_schedules_work(world):
    remind(world)
    work(world)
    world.clock.advance_to(DAY_BEFORE)
    work(world)
    world.clock.advance(5 * MINUTE)
    before = world.snapshot()
    sweep(world.schedule)
    assert {task.work for task in world.reminder_tasks.take()} == {Work.CLEAR}
    assert {**world.snapshot(), "cursor.minute": None} == {**before, "cursor.minute": None}


def test_a_calendar_of_the_moment_keeps_its_uid_and_counts_its_changes(world):
    reminder = remind(world, when=Appointment(AT, "", ("-P1D",), event=EVENT))
    first = view(reminder, *reminder.upcoming())
    moved = move(world, reminder, at=MOMENT + DAY)
    second = view(moved, *moved.upcoming())
    assert (first["uid"], first["sequence"]) == (second["uid"], 0)
    assert (second["sequence"], second["start"]) == (1, "2026-12-25T14:30:00.000Z")
    assert second["end"] == "2026-12-25T15:00:00.000Z"


def test_what_is_not_said_is_the_contact_s_zone_and_the_published_version(world):
    reminder = remind(world)
    assert reminder.plan.when.zone == ZONE
    assert reminder.plan.template == TemplateRef("visit", 1)
