"""What answers hold of reminders."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from outbound.adapters.api.contract.answers import ABSENT, Answered, Problem
from outbound.adapters.api.contract.event_rule_answers import RuleRoute
from outbound.adapters.api.contract.pattern import Instant, MessageId, ReminderId
from outbound.adapters.api.identifiers import ContactId, TemplateId, Topic
from outbound.domain.reminder import Past, ReminderState
from outbound.domain.words import Channel, Purpose

Count = Annotated[int, Field(ge=0)]


class ReminderVersion(Answered):
    """The version of a template that a reminder is pinned to."""

    id: TemplateId
    """The template."""
    version: Annotated[int, Field(ge=1)]
    """Its version."""


class KnownEvent(Answered):
    """What goes into calendars."""

    duration: str
    """How long it takes."""
    uid: str = ABSENT
    """Names it in calendars; if it isn't there, we make one."""
    summary: str = ABSENT
    """What it is called."""
    location: str = ABSENT
    """Where it is."""
    description: str = ABSENT
    """What there is to say about it."""


class KnownRepeat(Answered):
    """Times that come again."""

    start: str
    """From when on, on the clock."""
    times: list[str] = ABSENT
    """Each day at these."""
    rule: str = ABSENT
    """Or by an RRULE, without its end."""
    until: str = ABSENT
    """The last time on the clock."""
    count: Annotated[int, Field(ge=1)] = ABSENT
    """How many."""
    days_supply: Annotated[int, Field(ge=1)] = ABSENT
    """For how many days."""
    left_out: list[str] = Field(ABSENT, alias="except")
    """Days and times that are left out."""


class KnownRefill(Answered):
    """A message before it ends."""

    before: str
    """How long before."""
    template: ReminderVersion
    """What it says."""


class ReminderMessage(Answered):
    """A message of a reminder."""

    key: str = Field(alias="for")
    """Its offset, its time on the clock, or `refill`, `moved#1`, `cancelled#2`."""
    at: Instant
    """When it is to be sent."""
    state: Literal["planned", "sending", "sent", "skipped", "missed", "failed"]
    """`sent`: a message was made, which has a status of its own. `missed`: it was too late."""
    reason: str | None
    """Why, as a stable word."""
    message_id: MessageId | None
    """The message, where one was made; of a route's, the first, which names the route."""


class ReminderCounts(Answered):
    """What became of all its messages."""

    sent: Count
    """Were made."""
    skipped: Count
    """Were left out: their time had passed, or it was paused or cancelled."""
    missed: Count
    """Could not be sent in time, and weren't sent late."""
    failed: Count
    """Something spoke against."""


class Reminder(Answered):
    """A reminder as it is now."""

    id: ReminderId
    """Names the reminder."""
    state: ReminderState
    """Whether it goes on."""
    reason: str | None
    """Why it ended, as a stable word."""
    contact_id: ContactId
    """Who is reminded."""
    channel: Channel | None
    """How; null for a route."""
    route: RuleRoute | None
    """By which channels; null for one."""
    purpose: Purpose
    """Why."""
    topic: Topic | None
    """About what."""
    template: ReminderVersion
    """What it says."""
    data: dict[str, Any]
    """The values of the template's variables."""
    at: Instant | None
    """The moment; null where it repeats."""
    timezone: str
    """On whose clock days and times are counted."""
    offsets: list[str] | None
    """How far from the moment."""
    past: Past | None
    """What becomes of what should have been sent before it was made."""
    calendar: KnownEvent | None
    """What goes into calendars."""
    moved: ReminderVersion | None
    """What is sent when the moment moves."""
    cancelled: ReminderVersion | None
    """What is sent when it is cancelled."""
    repeat: KnownRepeat | None
    """When it repeats; null where it has a moment."""
    refill: KnownRefill | None
    """What is sent before it ends."""
    expires_in: str | None
    """How long each message is tried."""
    sequence: Count
    """How often the moment has changed, as calendars count it."""
    next_at: Instant | None
    """When the next message is sent; null where there is none."""
    messages: list[ReminderMessage]
    """What was sent and will be; of what repeats the last 30 and the next."""
    counts: ReminderCounts
    """What became of all of them."""
    created_at: Instant
    """When it was made."""
    updated_at: Instant
    """When it last changed."""


class ReminderList(Answered):
    """A page of reminders, newest first."""

    items: list[Reminder]
    """The reminders."""
    next_cursor: str | None
    """The `cursor` of the next page; null at the end."""


class MadeReminder(Reminder):
    """A reminder of a batch that was made."""

    index: Annotated[int, Field(ge=0)]
    """Its place in the request, from 0."""


class RefusedReminder(Answered):
    """A reminder of a batch that was refused; the others are none the worse for it."""

    index: Annotated[int, Field(ge=0)]
    """Its place in the request, from 0."""
    problem: Problem
    """Why; `errors[].pointer` leads into the request."""


class ReminderBatch(Answered):
    """What became of each reminder, in the order of the request."""

    items: list[MadeReminder | RefusedReminder]
    """As many as were asked for."""
