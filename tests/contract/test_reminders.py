"""Reminders as they are kept, and schedules as EventBridge keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from outbound.adapters.dynamodb.reminders import DynamoReminders
from outbound.adapters.scheduler import EventBridgeScheduler, name_of
from outbound.domain import ids
from outbound.domain.content import TemplateRef
from outbound.domain.due import minute_of
from outbound.domain.event_rule import Way
from outbound.domain.reminder import (
    Appointment,
    Event,
    Fate,
    Firing,
    Handled,
    Past,
    Plan,
    Refill,
    Reminder,
    ReminderState,
)
from outbound.domain.repetition import Repetition
from outbound.domain.task import Task, Work
from outbound.domain.words import Channel, Mode, Purpose, RouteMode
from tests import memory
from tests.builders import TENANT
from tests.contract.conftest import RETENTION
from tests.memory.clock import START
from tests.memory.world import SECRET

ADA, BEN = (ids.contact_key(SECRET, TENANT, each) for each in ("ada", "ben"))
VISIT = TemplateRef("visit", 3)
MOMENT = Appointment(
    datetime(2026, 12, 24, 9, tzinfo=UTC),
    "Europe/Berlin",
    ("-P1D", "-PT1H"),
    Past.SEND,
    Event(timedelta(minutes=30), "visit-7", "Visit", "Room 3", "Bring what you have."),
)
TWICE_A_DAY = Repetition(
    datetime(2026, 12, 1, 8),
    "America/New_York",
    times=(time(8), time(20)),
    days_supply=14,
    excluded=frozenset({"2026-12-25"}),
)
BY_RULE = Repetition(
    datetime(2026, 12, 1, 8),
    "Asia/Tokyo",
    rule="FREQ=WEEKLY;BYDAY=MO",
    until=datetime(2027, 1, 1),
    count=5,
)


@pytest.fixture
def reminders(port, clock):
    return port(
        memory.MemoryReminders(clock, RETENTION),
        "messages",
        lambda table: DynamoReminders(table, RETENTION, clock),
    )


def make(cause="a cause", contact=ADA, **changes):
    plan = Plan(
        Channel.SMS,
        Purpose.INFORMATIONAL,
        "visits",
        VISIT,
        {"name": "Zoë", "n": 1.5},
        changes.pop("when", MOMENT),
        moved=TemplateRef("moved", 1),
        cancelled=TemplateRef("off", 2),
        expires_in=timedelta(minutes=5),
        refill=Refill("P3D", TemplateRef("refill", 1)),
        route=changes.pop("route", None),
    )
    values: dict[str, Any] = {
        "id": ids.reminder_id(contact, changes.get("created_at", START), cause),
        "tenant": TENANT,
        "mode": Mode.LIVE,
        "contact_id": "ada",
        "plan": plan,
        "state": ReminderState.ACTIVE,
        "created_at": START,
        "created_by": "key_1",
        "updated_at": START,
        "through": START,
    }
    return Reminder(**values | changes)


FULL: dict[str, Any] = {
    "sequence": 2,
    "sending": (Firing("-P1D", START, START + timedelta(hours=1), VISIT),),
    "handled": (
        Handled("-P7D", START, Fate.SENT, message_id="msg_1"),
        Handled("-P2D", START, Fate.SKIPPED, "past"),
    ),
    "counts": {Fate.SENT: 1, Fate.SKIPPED: 1},
    "scheduled": START,
    "due": START + timedelta(minutes=2),
    "reason": "requested",
}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        FULL,
        {"when": TWICE_A_DAY},
        {"when": BY_RULE},
        {"mode": Mode.TEST},
        {"route": Way((Channel.SMS, Channel.VOICE), RouteMode.FIRST, timedelta(minutes=5))},
    ],
)
def test_a_reminder_is_read_as_it_was_written_and_written_once(reminders, changes):
    reminder = make(**changes)
    assert reminders.insert(reminder)
    assert not reminders.insert(replace(reminder, sequence=9))
    assert reminders.get(TENANT, reminder.id) == reminder
    assert reminders.get("other", reminder.id) is None


def test_many_are_read_at_once_and_those_that_are_not_there_left_out(reminders):
    made = [make(f"{number}") for number in range(130)]
    reminders.insert_new(made)
    found = reminders.get_many(TENANT, [*(each.id for each in made), make("nothing").id])
    assert found == {each.id: each for each in made}
    assert reminders.get_many("other", [made[0].id]) == {}
    assert reminders.get_many(TENANT, []) == {}


def test_of_two_who_write_over_it_one_does(reminders):
    reminder = make()
    reminders.insert_new([reminder, make("another")])
    second = replace(reminder, version=2, sequence=1)
    assert reminders.replace(second)
    assert not reminders.replace(replace(reminder, version=2, sequence=7))
    assert not reminders.replace(make("nothing", version=2))
    assert reminders.get(TENANT, reminder.id) == second


def test_what_is_due_is_found_at_its_minute_and_no_more_when_it_isn_t(reminders, messages):
    minute = minute_of(START) + timedelta(minutes=5)
    made = [make(f"{number}", due=minute - timedelta(seconds=number)) for number in range(30)]
    for each in made:
        reminders.insert(each)
    found = [named for group in reminders.due(minute) for named in group]
    assert sorted(found) == sorted((TENANT, each.id) for each in made)
    assert reminders.replace(replace(made[0], due=None, version=2))
    assert sum(len(group) for group in reminders.due(minute)) == 29
    assert [refs for _, _, refs in messages.due(minute) if refs] == []


def test_a_contact_s_reminders_are_listed_newest_first(reminders):
    made = [make(f"{hour}", created_at=START + timedelta(hours=hour)) for hour in range(5)]
    for each in (*made, make("ben", BEN)):
        reminders.insert(each)
    first = reminders.of_contact(TENANT, ADA, limit=3, after=None)
    rest = reminders.of_contact(TENANT, ADA, limit=3, after=first.after)
    assert [*first.reminders, *rest.reminders] == made[::-1]
    assert rest.after is None
    reminders.forget(made[0])
    assert reminders.get(TENANT, made[0].id) is None


def test_one_that_has_ended_is_forgotten_after_a_time_and_others_never(reminders, clock):
    over = make("over", state=ReminderState.ENDED)
    for each in (over, make("open")):
        reminders.insert(each)
    clock.advance(timedelta(days=399))
    assert reminders.get(TENANT, over.id) == over
    clock.advance(timedelta(days=2))
    assert reminders.get(TENANT, over.id) is None
    assert len(reminders.of_contact(TENANT, ADA, limit=5, after=None).reminders) == 1


GROUP, QUEUE = "Outbound-test", "arn:aws:sqs:us-east-1:123456789012:reminders"
ROLE, DEAD = "arn:aws:iam::123456789012:role/schedules", f"{QUEUE}-dead"
TASK = Task(Work.REMIND, "rem_1", "acme")
NOWHERE: Any = {
    "region_name": "us-east-1",
    "aws_access_key_id": "test",
    "aws_secret_access_key": "test",
}
AT = datetime(2027, 1, 11, 14, 30, 0, 500_000, tzinfo=UTC)


@pytest.fixture
def eventbridge(moto, client):
    client("scheduler").create_schedule_group(Name=GROUP)
    return client("scheduler")


@pytest.fixture
def scheduler(eventbridge):
    return EventBridgeScheduler(eventbridge, GROUP, QUEUE, ROLE, DEAD)


def names(eventbridge):
    return [each["Name"] for each in eventbridge.list_schedules(GroupName=GROUP)["Schedules"]]


def test_a_schedule_brings_its_task_once_at_a_whole_second_and_goes(scheduler, eventbridge):
    assert scheduler.bring(TASK, AT)
    (name,) = names(eventbridge)
    made = eventbridge.get_schedule(GroupName=GROUP, Name=name)
    assert made["ScheduleExpression"] == "at(2027-01-11T14:30:01)"
    assert (made["ScheduleExpressionTimezone"], made["ActionAfterCompletion"]) == ("UTC", "DELETE")
    assert (made["Target"]["Arn"], made["Target"]["RoleArn"]) == (QUEUE, ROLE)
    assert made["Target"]["DeadLetterConfig"] == {"Arn": DEAD}
    assert made["Target"]["Input"] == '{"task": "remind", "tenant": "acme", "id": "rem_1"}'


def test_the_same_again_is_one_schedule_and_another_instant_another(scheduler, eventbridge):
    later = AT + timedelta(hours=1)
    for at in (AT, AT, later):
        assert scheduler.bring(TASK, at)
    assert sorted(names(eventbridge)) == sorted([name_of(TASK, AT), name_of(TASK, later)])
    for _ in range(2):
        scheduler.call_off(TASK, AT)
    assert names(eventbridge) == [name_of(TASK, later)]


def test_a_schedule_that_says_something_else_is_put_right(scheduler, eventbridge):
    elsewhere = replace(scheduler, queue=f"{QUEUE}-of-before")
    assert elsewhere.bring(TASK, AT)
    assert scheduler.bring(TASK, AT)
    (name,) = names(eventbridge)
    made = eventbridge.get_schedule(GroupName=GROUP, Name=name)
    assert made["Target"]["Arn"] == QUEUE


@pytest.mark.parametrize(
    "code", ["ThrottlingException", "InternalServerException", "AccessDeniedException"]
)
def test_a_schedule_that_can_not_be_had_is_said_and_no_error(scheduler, code):
    stubbed = boto3.client("scheduler", **NOWHERE)
    with Stubber(stubbed) as stub:
        stub.add_client_error("create_schedule", code)
        assert not replace(scheduler, client=stubbed).bring(TASK, AT)


def test_one_that_goes_while_it_is_looked_at_is_not_had(scheduler):
    stubbed = boto3.client("scheduler", **NOWHERE)
    with Stubber(stubbed) as stub:
        stub.add_client_error("create_schedule", "ConflictException")
        stub.add_client_error("get_schedule", "ResourceNotFoundException")
        assert not replace(scheduler, client=stubbed).bring(TASK, AT)


def test_those_of_a_part_are_found_and_removed_by_name(scheduler, eventbridge):
    for number in range(5):
        scheduler.bring(replace(TASK, id=f"rem_{number}"), AT)
    replace(scheduler, queue=f"{QUEUE}-of-others").bring(replace(TASK, id="rem_9"), AT)
    found = list(scheduler.standing("", 500))
    assert {each.task.id for each in found} == {f"rem_{number}" for number in range(5)}
    first = found[0]
    assert (first.task.tenant, first.at) == ("acme", AT.replace(second=1, microsecond=0))
    part = first.name.removeprefix("remind-")[:3]
    assert first in scheduler.standing(part, 500)
    assert len(list(scheduler.standing("", 2))) <= 2
    for _ in range(2):
        scheduler.remove(first)
    assert first.name not in names(eventbridge)


def test_what_can_not_be_listed_now_is_looked_at_another_time(scheduler):
    stubbed = boto3.client("scheduler", **NOWHERE)
    with Stubber(stubbed) as stub:
        stub.add_client_error("list_schedules", "ThrottlingException")
        stub.add_client_error("list_schedules", "AccessDeniedException")
        throttled = replace(scheduler, client=stubbed)
        assert list(throttled.standing("000", 500)) == []
        with pytest.raises(ClientError):
            list(throttled.standing("000", 500))


def test_a_right_that_is_missing_is_seen_where_a_schedule_stays(scheduler):
    stubbed = boto3.client("scheduler", **NOWHERE)
    with Stubber(stubbed) as stub:
        stub.add_client_error("delete_schedule", "AccessDeniedException")
        with pytest.raises(ClientError):
            replace(scheduler, client=stubbed).call_off(TASK, AT)


def test_names_are_short_and_say_nothing_of_a_tenant(scheduler):
    name = name_of(Task(Work.REMIND, "rem_".ljust(40, "x"), "t" * 40), AT)
    assert len(name) <= 64
    assert "ttt" not in name
