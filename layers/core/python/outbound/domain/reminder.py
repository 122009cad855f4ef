"""The reminder: messages to one contact, tied to a moment or to times that come again.

What is due is taken (`sending`) before it is sent, and written down as handled behind it, so
whoever finds it half done sends the same messages under the same ids.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from heapq import merge
from itertools import islice, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from outbound.domain.instant import rfc3339
from outbound.domain.local_time import instant_at, on_clock
from outbound.domain.offset import parse_offset
from outbound.domain.repetition import Repetition

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from outbound.domain.content import TemplateRef
    from outbound.domain.event_rule import Way
    from outbound.domain.words import Channel, Mode, Purpose

GRACE = timedelta(minutes=2)
"""From when a reminder should be looked after to when the sweep does it, if nobody has."""
AT_ONCE, KEPT = 25, 30
"""How many are taken at once, and of how many that were handled it is told what became of them: of
all that were taken, so that none is missed without an event."""
DOSE = timedelta(minutes=30)
LATE = timedelta(days=1)
REFILL, MOVED, CANCELLED = "refill", "moved", "cancelled"


class ReminderState(StrEnum):
    """Whether a reminder goes on."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Fate(StrEnum):
    """What became of a time of a reminder; a message that was made has a status of its own."""

    SENT = "sent"
    SKIPPED = "skipped"
    MISSED = "missed"
    FAILED = "failed"


class Past(StrEnum):
    """What to do with what should have been sent before the reminder was made."""

    SKIP = "skip"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class Event:
    """What goes into calendars: how long it takes, and what it is called."""

    duration: timedelta
    uid: str | None = None
    summary: str | None = None
    location: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """A moment, and how far from it messages are sent. `zone` is whose days are counted."""

    at: datetime
    zone: str
    offsets: tuple[str, ...]
    past: Past = Past.SKIP
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Refill:
    """A message of its own so long before a repetition ends."""

    before: str
    template: TemplateRef

    def at(self, when: Repetition) -> datetime:
        """The instant of the message."""
        return parse_offset(f"-{self.before}").shift(instant_at(when.over, when.zone), when.zone)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is sent, and when: at an appointment's offsets, or whenever a repetition says.

    `expires_in` is how long a message is tried. `moved` and `cancelled` are templates of what is
    sent at once when that happens, if anything was sent before.
    """

    channel: Channel
    purpose: Purpose
    topic: str | None
    template: TemplateRef
    data: Mapping[str, Any]
    when: Appointment | Repetition
    expires_in: timedelta | None = None
    moved: TemplateRef | None = None
    cancelled: TemplateRef | None = None
    refill: Refill | None = None
    route: Way | None = None

    @property
    def channels(self) -> tuple[Channel, ...]:
        """All channels that it may use."""
        return self.route.channels if self.route else (self.channel,)


@dataclass(frozen=True, slots=True)
class Firing:
    """One message of a reminder, to be made at an instant; `key` is its offset or local time."""

    key: str
    at: datetime
    expires_at: datetime
    template: TemplateRef


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of a firing, and why; the message, where one was made."""

    key: str
    at: datetime
    fate: Fate
    reason: str | None = None
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """`through` is the instant up to which a repetition is handled, `sequence` counts the changes
    of the moment. `scheduled` is when EventBridge brings it, `due` when the sweep does. `version`
    counts the writes."""

    id: str
    tenant: str
    mode: Mode
    contact_id: str
    plan: Plan
    state: ReminderState
    created_at: datetime
    created_by: str
    updated_at: datetime
    through: datetime
    reason: str | None = None
    sequence: int = 0
    sending: tuple[Firing, ...] = ()
    handled: tuple[Handled, ...] = ()
    counts: Mapping[Fate, int] = field(default_factory=dict)
    scheduled: datetime | None = None
    due: datetime | None = None
    version: int = 1

    @property
    def next(self) -> Firing | None:
        """The next message, if it goes on and there is one."""
        if self.state is not ReminderState.ACTIVE:
            return None
        return next(self.upcoming(), None)

    @property
    def open(self) -> bool:
        """Whether anything is left to do."""
        return bool(self.sending) or self.state in (ReminderState.ACTIVE, ReminderState.PAUSED)

    def upcoming(self) -> Iterator[Firing]:
        """All that is neither handled nor being sent, in its order."""
        when = self.plan.when
        if isinstance(when, Appointment):
            gone = {each.key for each in self.handled} | {each.key for each in self.sending}
            return iter(each for each in firings(self.plan, when) if each.key not in gone)
        return merge(
            (self._dose(at, local) for at, local in when.after(self.through)),
            self._refills(when),
            key=attrgetter("at"),
        )

    def take(self, now: datetime) -> Reminder:
        """With what is due now being sent."""
        if self.sending or self.state is not ReminderState.ACTIVE:
            return self
        due = tuple(islice(takewhile(lambda each: each.at <= now, self.upcoming()), AT_ONCE))
        if not due:
            return self
        return replace(self, sending=due, through=max(self.through, due[-1].at))

    def settle(self, done: Iterable[Handled]) -> Reminder:
        """With what was being sent handled; at its end when nothing is left."""
        done = tuple(done)
        keys = {each.key for each in done}
        counts = dict(self.counts)
        for each in done:
            counts[each.fate] = counts.get(each.fate, 0) + 1
        settled = replace(
            self,
            sending=tuple(each for each in self.sending if each.key not in keys),
            handled=_kept(self.plan.when, (*self.handled, *done)),
            counts=counts,
        )
        over = settled.state is ReminderState.ACTIVE and not settled.sending
        if over and next(settled.upcoming(), None) is None:
            return replace(settled, state=ReminderState.ENDED)
        return settled

    def _dose(self, at: datetime, local: str) -> Firing:
        return Firing(local, at, at + (self.plan.expires_in or DOSE), self.plan.template)

    def _refills(self, when: Repetition) -> Iterator[Firing]:
        refill = self.plan.refill
        if refill is None:
            return
        at = refill.at(when)
        if at > self.through:
            yield Firing(REFILL, at, at + LATE, refill.template)


def _kept(when: Appointment | Repetition, handled: tuple[Handled, ...]) -> tuple[Handled, ...]:
    """Of many the last; but what became of an offset is never forgotten: it isn't sent again."""
    offsets = when.offsets if isinstance(when, Appointment) else ()
    last = handled[-KEPT:]
    return tuple(each for each in handled if each.key in offsets or each in last)


def firings(plan: Plan, when: Appointment) -> list[Firing]:
    """The messages of an appointment, in their order; one before it is tried until it."""
    made = []
    for offset in when.offsets:
        at = parse_offset(offset).shift(when.at, when.zone)
        ends = when.at if at < when.at else at + LATE
        expires_at = at + plan.expires_in if plan.expires_in else ends
        made.append(Firing(offset, at, expires_at, plan.template))
    return sorted(made, key=attrgetter("at"))


def skipped(reminder: Reminder, now: datetime, *, due: Collection[str] = ()) -> Reminder:
    """Without what should have been sent before, of which the last may be wanted all the same.

    What is `due` is late by as much as we are, and is sent.
    """
    when = reminder.plan.when
    if not isinstance(when, Appointment):
        return replace(reminder, through=max(reminder.through, now))
    gone = [each for each in reminder.upcoming() if each.at <= now and each.key not in due]
    if when.past is Past.SEND:
        gone = gone[:-1]
    return reminder.settle(Handled(each.key, each.at, Fate.SKIPPED, "past") for each in gone)


def told(reminder: Reminder, template: TemplateRef | None, key: str, now: datetime) -> Reminder:
    """With a message at once that something has changed, where anybody had heard of it."""
    heard = any(each.fate is Fate.SENT for each in reminder.handled) or reminder.sending
    if template is None or not heard:
        return reminder
    notice = Firing(f"{key}#{reminder.sequence}", now, now + LATE, template)
    return replace(reminder, sending=(*reminder.sending, notice))


def view(reminder: Reminder, firing: Firing) -> dict[str, Any]:
    """What bodies find as `reminder`."""
    when = reminder.plan.when
    if isinstance(when, Repetition):
        local = firing.key if firing.key != REFILL else f"{when.over:%Y-%m-%dT%H:%M}"
        at = instant_at(datetime.fromisoformat(local), when.zone)
        return {"id": reminder.id, "at": rfc3339(at), "local": local, "timezone": when.zone}
    seen: dict[str, Any] = {
        "id": reminder.id,
        "at": rfc3339(when.at),
        "local": f"{on_clock(when.at, when.zone):%Y-%m-%dT%H:%M}",
        "timezone": when.zone,
        "offset": firing.key if firing.key in when.offsets else None,
        "sequence": reminder.sequence,
    }
    if (event := when.event) is not None:
        seen |= {
            "start": seen["at"],
            "end": rfc3339(when.at + event.duration),
            "uid": event.uid or f"{reminder.id}@outbound",
            "summary": event.summary,
            "location": event.location,
            "description": event.description,
        }
    return {name: value for name, value in seen.items() if value is not None}
