"""Files of appointments: who is reminded of what, however often a file is read."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from outbound.domain.contact_import import Counts, Format, ImportState, Kind, Plan
from outbound.domain.errors import Refusal
from outbound.domain.reminder import Appointment, ReminderState
from outbound.domain.words import Channel, Mode, Purpose
from outbound.flow.imports import keeping
from outbound.flow.imports.keeping import NewImport, task_of
from outbound.flow.imports.working import work
from outbound.flow.reminders.keeping import change, page
from tests.builders import TENANT, make_content, make_key, make_template
from tests.unit.flow.reminding import ADA, furnish, let_pass, sent
from tests.unit.flow.reminding import work as tend

CONSTANTS = {
    "channel": "sms",
    "purpose": "informational",
    "template": "visit",
    "offsets": "-P1D,-PT1H",
    "timezone": "America/New_York",
    "calendar.duration": "PT30M",
}
PLAN = Plan(Format.CSV, constants=CONSTANTS, kind=Kind.REMINDERS)
ROWS = f"id,contact,at,status\nv1,{ADA},2026-12-24T09:30,\nv2,{ADA},2026-12-28T10:00,booked\n"
MOMENT = datetime(2026, 12, 24, 14, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def furnished(imports):
    furnish(imports.world)


def reminders(imports):
    """By what they remind of."""
    found = page(ADA, make_key(), imports.world.reminder_ports, limit=100, after=None)
    return {f"{moment_of(each):%m-%d %H:%M}": each for each in found.reminders}


def moment_of(reminder):
    assert isinstance(reminder.plan.when, Appointment)
    return reminder.plan.when.at


def to_the_day_before(imports):
    tend(imports.world)
    imports.world.clock.advance_to(MOMENT - 25 * HOUR)


def moved(text, before, after):
    assert before in text
    return text.replace(before, after)


class TestWhatRowsMake:
    def test_each_appointment_is_reminded_of_at_its_offsets(self, imports):
        assert imports.run(ROWS, PLAN).counts == Counts(created=2)
        assert sorted(reminders(imports)) == ["12-24 14:30", "12-28 15:00"]
        to_the_day_before(imports)
        let_pass(imports.world, MOMENT, each=HOUR)
        assert [text for _, text in sent(imports.world)] == ["visit 2026-12-24T09:30"] * 2

    def test_columns_say_it_for_their_row_and_constants_for_the_others(self, imports):
        world = imports.world
        body = make_content(text="{{ name }} {{ n }} {{ reminder.summary }}")
        world.templates.put(
            make_template({Channel.SMS: body}, "own", purpose=Purpose.INFORMATIONAL), publish=True
        )
        imports.run(
            "Termin;contact_id;at;template;offsets;data.name;data.n:number;calendar.summary;Bem\n"
            f"v1;{ADA};2026-12-24T09:30Z;own;-PT2H;Ada;7;Visit;x\nv2;{ADA};2026-12-28T10:00;;;;;;\n",
            replace(PLAN, columns={"Termin": "id"}),
        )
        first, second = sorted(reminders(imports).items())
        assert first[0] == "12-24 09:30"
        plan = first[1].plan
        assert (plan.template.id, plan.data) == ("own", {"name": "Ada", "n": 7})
        assert (plan.when.offsets, plan.when.event.summary) == (("-PT2H",), "Visit")
        assert second[1].plan.template.id == "visit"
        assert second[1].plan.when.offsets == ("-P1D", "-PT1H")

    def test_lines_of_json_are_as_the_api_takes_them(self, imports):
        row = {
            "id": "v1",
            "contact_id": ADA,
            "at": "2026-12-24T09:30",
            "template": {"id": "visit", "version": 1},
            "cancelled": {"id": "off"},
            "offsets": ["-PT1H"],
        }
        assert imports.run(json.dumps(row), replace(PLAN, format=Format.NDJSON)).counts == Counts(
            created=1
        )
        (reminder,) = reminders(imports).values()
        assert (reminder.plan.cancelled.id, reminder.plan.when.offsets) == ("off", ("-PT1H",))
        assert reminder.plan.when.zone == "America/New_York"

    def test_a_key_of_tests_makes_reminders_of_tests(self, imports):
        key = make_key(mode=Mode.TEST)
        made = keeping.announce(NewImport(PLAN), key, imports.keeping)
        imports.files.upload(made.form, ROWS.encode())
        keeping.start(made.imported.id, key, imports.keeping)
        imports.work()
        assert reminders(imports) == {}
        assert {each.mode for each in imports.world.reminders.kept.values()} == {Mode.TEST}


class TestTheFileOfTomorrow:
    def test_the_same_file_again_changes_nothing_and_asks_for_no_schedule(self, imports):
        imports.run(ROWS, PLAN)
        tend(imports.world)
        before = imports.world.reminders.kept.copy()
        assert imports.run(ROWS, PLAN).counts == Counts(unchanged=2)
        assert imports.world.reminders.kept == before
        assert imports.world.reminder_tasks.take() == []

    def test_a_new_version_of_the_template_changes_no_row_that_names_none(self, imports):
        imports.run(ROWS, PLAN)
        furnish(imports.world)
        assert imports.run(ROWS, PLAN).counts == Counts(unchanged=2)

    def test_what_has_passed_stays_as_it_is(self, imports):
        imports.run(ROWS, PLAN)
        to_the_day_before(imports)
        let_pass(imports.world, MOMENT + HOUR, each=HOUR)
        off = moved(ROWS, "09:30,", "09:30,cancelled")
        for file in (ROWS, off):
            assert imports.run(file, PLAN).counts == Counts(unchanged=2)
        assert len(sent(imports.world)) == 2

    def test_a_changed_time_moves_the_reminder(self, imports):
        imports.run(ROWS, PLAN)
        tend(imports.world)
        before = reminders(imports)["12-24 14:30"]
        done = imports.run(moved(ROWS, "24T09:30", "26T11:00"), PLAN)
        assert done.counts == Counts(changed=1, unchanged=1)
        after = reminders(imports)["12-26 16:00"]
        assert (after.id, after.sequence, after.created_at) == (before.id, 1, before.created_at)
        tend(imports.world)
        assert [at.day for *_, at in imports.world.scheduler.planned] == [27, 25]

    def test_without_a_zone_of_its_own_a_row_follows_the_contacts_clock(self, imports):
        constants = {name: text for name, text in CONSTANTS.items() if name != "timezone"}
        plan = replace(PLAN, constants=constants)
        imports.run(ROWS, plan)
        assert imports.run(ROWS, plan).counts == Counts(unchanged=2)
        furnish(imports.world, timezone="America/Chicago")
        assert imports.run(ROWS, plan).counts == Counts(changed=2)
        assert "12-24 15:30" in reminders(imports)

    @pytest.mark.parametrize("word", ["cancelled", "Canceled"])
    def test_a_row_that_is_off_cancels_and_tells_those_who_were_told(self, imports, word):
        plan = replace(PLAN, constants={**CONSTANTS, "cancelled_template": "off"})
        imports.run(ROWS, plan)
        to_the_day_before(imports)
        let_pass(imports.world, MOMENT - 2 * HOUR, each=HOUR)
        off = moved(ROWS, "09:30,", f"09:30,{word}")
        assert imports.run(off, plan).counts == Counts(changed=1, unchanged=1)
        tend(imports.world)
        assert [text for _, text in sent(imports.world)][1:] == ["off 2026-12-24T09:30"]
        assert imports.run(off, plan).counts == Counts(unchanged=2)
        assert reminders(imports)["12-24 14:30"].state is ReminderState.CANCELLED

    def test_a_column_of_yes_and_no_cancels_too(self, imports):
        imports.run(ROWS, PLAN)
        rows = f"v1,{ADA},,yes\nv2,{ADA},2026-12-28T10:00,no\nv3,{ADA},,yes\n"
        off = f"id,contact,at,cancelled\n{rows}"
        assert imports.run(off, PLAN).counts == Counts(changed=1, unchanged=2)

    def test_what_was_cancelled_is_not_taken_up_again_and_that_is_told(self, imports):
        imports.run(moved(ROWS, "09:30,", "09:30,booked"), PLAN)
        imports.run(moved(ROWS, "09:30,", "09:30,cancelled"), PLAN)
        done = imports.run(ROWS, PLAN)
        assert done.counts == Counts(unchanged=1, refused=1, complaints=1)
        assert imports.report(done)[0]["code"] == "reminder_over"

    def test_what_somebody_changed_by_hand_is_as_the_file_says_again(self, imports):
        imports.run(ROWS, PLAN)
        before = reminders(imports)["12-24 14:30"]
        later = replace(before.plan, when=replace(before.plan.when, at=MOMENT + HOUR))
        change(before.id, lambda _: later, make_key(), imports.world.reminder_ports)
        assert imports.run(ROWS, PLAN).counts == Counts(changed=1, unchanged=1)
        assert reminders(imports)["12-24 14:30"].sequence == 2

    def test_rows_of_one_appointment_are_taken_in_their_order(self, imports):
        done = imports.run(f"{ROWS}v1,{ADA},2026-12-25T09:30,\nv1,{ADA},,cancelled\n", PLAN)
        assert done.counts == Counts(created=2, changed=2)
        assert reminders(imports)["12-25 14:30"].state is ReminderState.CANCELLED


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("row", "column", "value", "code"),
        [
            (f"v1,{ADA},tomorrow,", "at", "t•••", "invalid"),
            (f"v1,{ADA},2026-01-01T09:00,", "at", "2•••", "time_in_the_past"),
            (f"v1,{ADA},2027-03-14T02:30,", "at", "2•••", "time_does_not_exist"),
            (f"v1,{ADA},2027-02-29T09:00,", "at", "2•••", "invalid"),
            (f"v1,{ADA},2031-01-01T09:00,", "at", "2•••", "time_too_far"),
            ("v1,nobody,2026-12-24T09:30,", "contact", "n•••", "unknown_contact"),
            (f"v1,{ADA},2026-12-24T09:30,gone", "status", "g•••", "invalid"),
            (f",{ADA},2026-12-24T09:30,", "", "", "required"),
        ],
    )
    def test_each_fault_is_told_and_the_others_go_on(self, imports, row, column, value, code):
        done = imports.run(f"id,contact,at,status\n{row}\nv2,{ADA},2026-12-28T10:00,\n", PLAN)
        assert done.counts == Counts(created=1, refused=1, complaints=1)
        (line,) = imports.report(done)
        assert (line["line"], line["code"]) == ("2", code)
        if column:
            assert (line["column"], line["value"]) == (column, value)
        assert [*reminders(imports)] == ["12-28 15:00"]

    @pytest.mark.parametrize(
        ("changes", "column", "code"),
        [
            ({"template": "nothing"}, "template", "unknown_template"),
            ({"offsets": "-P1D,soon"}, "offsets", "invalid"),
            ({"timezone": "Mars/Olympus"}, "timezone", "invalid"),
        ],
    )
    def test_a_constant_that_is_wrong_is_told_of_each_row(self, imports, changes, column, code):
        key = make_key(purposes=frozenset({Purpose.INFORMATIONAL}))
        plan = replace(PLAN, constants={**CONSTANTS, **changes})
        made = keeping.announce(NewImport(plan), key, imports.keeping)
        imports.files.upload(made.form, ROWS.encode())
        keeping.start(made.imported.id, key, imports.keeping)
        imports.work()
        done = imports.look(made.imported)
        assert done.counts == Counts(refused=2, complaints=2)
        for line in imports.report(done):
            assert (line["column"], line["code"]) == (column, code)

    def test_a_purpose_that_the_key_lacks_is_told_before_any_row(self, imports):
        key = make_key(purposes=frozenset({Purpose.HEALTHCARE}))
        with pytest.raises(Refusal, match="purpose_not_allowed"):
            keeping.announce(NewImport(PLAN), key, imports.keeping)
        assert len(imports.world.idempotency) == 0

    def test_a_purpose_that_the_key_lacks_is_not_come_by_through_a_change(self, imports):
        imports.run(ROWS, PLAN)
        key = make_key(purposes=frozenset({Purpose.INFORMATIONAL}))
        made = keeping.announce(NewImport(PLAN), key, imports.keeping)
        rows = "".join(
            f"{row},{said}\n"
            for row, said in zip(
                ROWS.splitlines(), ("purpose", "marketing", "marketing"), strict=True
            )
        )
        imports.files.upload(made.form, rows.encode())
        keeping.start(made.imported.id, key, imports.keeping)
        imports.work()
        assert imports.look(made.imported).counts.refused == 2

    def test_a_file_without_the_columns_is_not_read(self, imports):
        done = imports.run("id,at\nv1,2026-12-24T09:30\n", PLAN)
        assert (done.state, done.reason) == (ImportState.FAILED, "no_appointment_columns")

    def test_what_repeats_is_not_an_appointment(self, imports):
        row = {"id": "v1", "contact_id": ADA, "repeat": {"start": "2026-12-01T08:00",
               "times": ["08:00"], "days_supply": 3}}  # fmt: skip
        constants = {name: CONSTANTS[name] for name in ("channel", "purpose", "template")}
        plan = Plan(Format.NDJSON, constants=constants, kind=Kind.REMINDERS)
        done = imports.run(json.dumps(row), plan)
        assert (done.counts.refused, imports.report(done)[0]["code"]) == (1, "invalid")


class Killed(BaseException):
    """The process dies."""


class Fragile:
    """A port that dies at its n-th call, before or after it has done it."""

    def __init__(self, port, countdown):
        self.port, self.countdown = port, countdown

    def __getattr__(self, name):
        whole = getattr(self.port, name)

        def call(*arguments, **named):
            self.count()
            result = whole(*arguments, **named)
            self.count()
            return result

        return call

    def count(self):
        self.countdown[0] -= 1
        if self.countdown[0] == 0:
            raise Killed


@pytest.mark.parametrize("step", range(1, 42))
def test_killed_between_any_two_steps_nothing_is_missing_or_doubled(imports, step):
    imports.run(f"{ROWS}v3,{ADA},2026-12-29T10:00,\n", PLAN)
    tend(imports.world)
    file = (
        moved(ROWS, "24T09:30", "26T11:00")
        + f"v3,{ADA},,cancelled\nv4,{ADA},2026-12-30T10:00,\nv5,nobody,2026-12-30T10:00,\n"
    )
    begun = imports.begin(file, PLAN)
    imports.tasks.take()
    countdown = [step]
    world, ports = imports.world, imports.ports
    reminding = replace(
        world.reminder_ports,
        reminders=Fragile(world.reminders, countdown),
        tasks=Fragile(world.reminder_tasks, countdown),
    )
    fragile = replace(
        ports,
        keeping=replace(ports.keeping, imports=Fragile(ports.keeping.imports, countdown)),
        reminders=lambda: reminding,
    )
    with suppress(Killed):
        work(TENANT, begun.id, fragile, may_go_on=lambda: True)
    imports.tasks.send([task_of(begun)])
    imports.work()
    done = imports.look(begun)
    assert done.state is ImportState.FINISHED
    assert done.counts.created + done.counts.changed + done.counts.unchanged == 4
    assert len(imports.report(done)) == done.counts.refused == 1
    standing = reminders(imports)
    assert {at: each.state for at, each in standing.items()} == {
        "12-26 16:00": ReminderState.ACTIVE,
        "12-28 15:00": ReminderState.ACTIVE,
        "12-29 15:00": ReminderState.CANCELLED,
        "12-30 15:00": ReminderState.ACTIVE,
    }
    assert standing["12-26 16:00"].sequence == 1
    assert len(world.reminders.kept) == 4
    assert all(each.due for each in standing.values() if each.state is ReminderState.ACTIVE)
    tend(world)
    now = reminders(imports)
    bringing = {(each.id, each.scheduled or each.due) for each in now.values() if each.due}
    assert {(name, at) for _, name, at in world.scheduler.planned} <= bringing
