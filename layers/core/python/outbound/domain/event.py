"""Events: what other systems are told of messages and reminders. Nothing personal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from outbound.domain import ids
from outbound.domain.instant import rfc3339
from outbound.domain.message import Status
from outbound.domain.reminder import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from outbound.domain.message import Entry, Message
    from outbound.domain.reminder import Handled, Reminder


class EventType(StrEnum):
    """What may become of a message, but for `sending`: nobody can do anything with a claim. And of
    a time of a reminder, where there is no message."""

    ACCEPTED = "message.accepted"
    SCHEDULED = "message.scheduled"
    DEFERRED = "message.deferred"
    UNCONFIRMED = "message.unconfirmed"
    SENT = "message.sent"
    DELIVERED = "message.delivered"
    UNDELIVERED = "message.undelivered"
    BOUNCED = "message.bounced"
    FAILED = "message.failed"
    BLOCKED = "message.blocked"
    CANCELLED = "message.cancelled"
    EXPIRED = "message.expired"
    COMPLAINED = "message.complained"
    OPENED = "message.opened"
    CLICKED = "message.clicked"
    REMINDER_MISSED = "reminder.missed"
    REMINDER_FAILED = "reminder.failed"


UNSENT = {
    Fate.MISSED: EventType.REMINDER_MISSED,
    Fate.FAILED: EventType.REMINDER_FAILED,
}
"""What becomes of a time of a reminder and makes no message, which would be told of."""
DISABLED, TEST = "webhook.disabled", "webhook.test"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that has happened; whoever tells it again gives it the same id."""

    id: str
    type: str
    at: datetime
    tenant: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it was before and after it was written; `before` is None where it is new."""

    at: datetime
    before: Message | None
    after: Message


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder as it was before and after it was written; `before` is None where it is new."""

    at: datetime
    before: Reminder | None
    after: Reminder


def events_of_reminder(reminded: Reminded) -> Iterator[Event]:
    """The times of a reminder that have come and made no message, in their order."""
    before = set(reminded.before.handled) if reminded.before else set()
    for handled in reminded.after.handled:
        if handled not in before and handled.fate in UNSENT:
            yield _unsent(reminded.after, handled, reminded.at)


def _unsent(reminder: Reminder, handled: Handled, at: datetime) -> Event:
    kind, plan = UNSENT[handled.fate], reminder.plan
    number = ids.event_id(reminder.tenant, handled.at, kind, reminder.id, handled.key)
    data = {
        "reminder_id": reminder.id,
        "for": handled.key,
        "at": rfc3339(handled.at),
        "reason": handled.reason,
        "channel": plan.channel,
        "purpose": plan.purpose,
        "topic": plan.topic,
        "mode": reminder.mode,
        "template": {"id": plan.template.id, "version": plan.template.version},
    }
    return Event(number, kind, at, reminder.tenant, data)


def events_of(written: Written) -> Iterator[Event]:
    """What has happened to a message, in its order.

    Timeline and marks only grow, so their length numbers what has happened, and costs nothing.
    """
    before, after = written.before, written.after
    entries = len(before.timeline) if before else 0
    marks = before.marks if before else frozenset()
    sequence = entries + len(marks)
    for entry in after.timeline[entries:]:
        sequence += 1
        if entry.status is not Status.SENDING:
            yield _changed(after, sequence, entry)
    for mark in sorted(after.marks - marks):
        sequence += 1
        yield _event(after, sequence, mark, written.at, status=after.status)


def _changed(message: Message, sequence: int, entry: Entry) -> Event:
    return _event(
        message,
        sequence,
        entry.status,
        entry.at,
        status=entry.status,
        reason=entry.reason,
        rule=entry.rule,
        code=entry.code,
    )


def _event(
    message: Message,
    sequence: int,
    what: str,
    at: datetime,
    *,
    status: Status,
    reason: str | None = None,
    rule: str | None = None,
    code: str | None = None,
) -> Event:
    template, campaign, provider = message.template, message.campaign, message.provider
    data = {
        "message_id": message.id,
        "sequence": sequence,
        "status": status,
        "reason": reason,
        "rule": rule,
        "code": code,
        "channel": message.channel,
        "purpose": message.purpose,
        "topic": message.topic,
        "mode": message.mode,
        "template": {"id": template.id, "version": template.version} if template else None,
        "campaign": {"id": campaign.id, "run": campaign.run, "variant": campaign.variant}
        if campaign
        else None,
        "route": message.route.id if message.route else None,
        "provider": {"name": provider.name, "id": provider.id} if provider else None,
    }
    number = f"{message.id.removeprefix('msg_')}_{sequence}"
    return Event(f"evt_{number}", f"message.{what}", at, message.tenant, data)
