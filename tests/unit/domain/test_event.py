"""What is told of messages and reminders: each thing once, with nothing of their contact."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.content import TemplateRef
from outbound.domain.event import (
    EventType,
    Reminded,
    Written,
    events_of,
    events_of_reminder,
)
from outbound.domain.message import CampaignRef, Entry, Provider, Status
from outbound.domain.reminder import (
    AT_ONCE,
    KEPT,
    Appointment,
    Fate,
    Handled,
    Plan,
    Reminder,
    ReminderState,
)
from outbound.domain.words import Channel, Mode, Purpose
from tests.builders import make_message
from tests.memory.clock import START

ACCEPTED = make_message()
DAY = timedelta(days=1)
REMINDER = Reminder(
    id="rem_".ljust(40, "0"),
    tenant="acme",
    mode=Mode.LIVE,
    contact_id="con_zoe",
    plan=Plan(
        Channel.SMS,
        Purpose.HEALTHCARE,
        None,
        TemplateRef("dose", 1),
        {"name": "Zoe"},
        Appointment(datetime(2027, 1, 1, tzinfo=UTC), "UTC", ("-P1D",)),
    ),
    state=ReminderState.ACTIVE,
    created_at=START,
    created_by="key_1",
    updated_at=START,
    through=START,
)


def grown(message, *statuses, marks=()):
    entries = tuple(
        Entry(status, START + timedelta(seconds=number)) for number, status in enumerate(statuses)
    )
    status = statuses[-1] if statuses else message.status
    return replace(
        message,
        status=status,
        timeline=(*message.timeline, *entries),
        marks=message.marks | set(marks),
    )


def told(before, after):
    return [
        (event.type, event.data["sequence"]) for event in events_of(Written(START, before, after))
    ]


def test_a_new_message_is_told_from_its_first_entry():
    sent = grown(ACCEPTED, Status.SENDING, Status.SENT)

    assert told(None, ACCEPTED) == [("message.accepted", 1)]
    assert told(None, sent) == [("message.accepted", 1), ("message.sent", 3)]


def test_a_claim_is_numbered_and_not_told():
    claimed = grown(ACCEPTED, Status.SENDING)

    assert told(ACCEPTED, claimed) == []
    assert told(claimed, grown(claimed, Status.SENT)) == [("message.sent", 3)]


def test_a_mark_is_told_with_where_the_message_was():
    sent = grown(ACCEPTED, Status.SENDING, Status.SENT)
    [event] = events_of(Written(START + timedelta(hours=1), sent, grown(sent, marks=["clicked"])))

    assert (event.type, event.data["sequence"]) == ("message.clicked", 4)
    assert (event.data["status"], event.at) == (Status.SENT, START + timedelta(hours=1))


def test_every_status_but_a_claim_has_a_type():
    statuses = {f"message.{status}" for status in Status if status is not Status.SENDING}

    assert statuses < set(EventType)


def test_what_only_changes_elsewhere_is_not_told():
    assert told(ACCEPTED, replace(ACCEPTED, attempt=2, contact_id="")) == []


def test_an_event_says_what_is_known_and_nothing_of_the_contact():
    message = replace(
        ACCEPTED,
        template=TemplateRef("shipped", 3),
        campaign=CampaignRef("cam_1", "run_1", "b"),
        provider=Provider("ses", "ses-1"),
        timeline=(Entry(Status.FAILED, START, "refused", "some.rule", "Code"),),
    )
    [event] = events_of(Written(START, None, message))

    assert event.id == f"evt_{message.id[4:]}_1"
    assert event.tenant == message.tenant
    assert event.data["template"] == {"id": "shipped", "version": 3}
    assert event.data["campaign"] == {"id": "cam_1", "run": "run_1", "variant": "b"}
    assert event.data["provider"] == {"name": "ses", "id": "ses-1"}
    said = [event.data[name] for name in ("reason", "rule", "code")]
    assert said == ["refused", "some.rule", "Code"]
    assert message.address.value not in str(event)
    assert message.contact_id not in str(event)


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(list(Status)), max_size=3),
            st.sets(st.sampled_from(["opened", "clicked", "complained"])),
        ),
        max_size=6,
    )
)
def test_whatever_is_written_together_is_told_once_and_in_order(steps):
    states = [ACCEPTED]
    for statuses, marks in steps:
        states.append(grown(states[-1], *statuses, marks=marks))
    pairs = zip([None, *states], states, strict=False)
    events = [event for pair in pairs for event in events_of(Written(START, *pair))]

    numbers = [event.data["sequence"] for event in events]
    assert numbers == sorted(set(numbers))
    assert len({event.id for event in events}) == len(events)
    assert {event.type for event in events} <= set(EventType)
    kept = sum(entry.status is not Status.SENDING for entry in states[-1].timeline)
    assert len(events) == kept + len(states[-1].marks)


class TestReminders:
    def test_a_time_without_a_message_is_told_once_as_what_it_was(self):
        missed = Handled("2027-01-01T08:00", START, Fate.MISSED, "expired")
        failed = Handled("2027-01-01T20:00", START + DAY, Fate.FAILED, "unknown_contact")
        sent = Handled("2027-01-02T08:00", START + DAY, Fate.SENT, message_id="msg_1")
        first = replace(REMINDER, handled=(missed,))
        second = replace(REMINDER, handled=(missed, failed, sent))
        told = [
            event
            for before, after in ((None, REMINDER), (REMINDER, first), (first, second))
            for event in events_of_reminder(Reminded(START, before, after))
        ]
        assert [(event.type, event.data["for"], event.data["reason"]) for event in told] == [
            ("reminder.missed", "2027-01-01T08:00", "expired"),
            ("reminder.failed", "2027-01-01T20:00", "unknown_contact"),
        ]
        again = list(events_of_reminder(Reminded(START + DAY, None, second)))
        assert [event.id for event in again] == [event.id for event in told]

    def test_nothing_of_the_contact_is_in_it(self):
        missed = replace(REMINDER, handled=(Handled("-P1D", START, Fate.MISSED, "expired"),))
        (event,) = events_of_reminder(Reminded(START, REMINDER, missed))
        assert REMINDER.contact_id not in str(event.data)
        assert "Zoe" not in str(event.data)

    def test_of_all_that_are_taken_at_once_none_is_forgotten_before_it_is_told(self):
        assert AT_ONCE < KEPT
