"""Reminders, as answers hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.problems import document
from outbound.domain.duration import duration_text
from outbound.domain.errors import Refusal
from outbound.domain.instant import rfc3339, rfc3339_or_none
from outbound.domain.reminder import Appointment, Fate, ReminderState
from outbound.domain.words import RouteMode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from outbound.domain.content import TemplateRef
    from outbound.domain.event_rule import Way
    from outbound.domain.reminder import Event, Reminder
    from outbound.domain.repetition import Repetition
    from outbound.flow.reminders.keeping import Made


def reminder_body(reminder: Reminder) -> dict[str, Any]:
    """A reminder as it is now."""
    following = reminder.next
    return {
        "id": reminder.id,
        "state": reminder.state,
        "reason": reminder.reason,
        **stated(reminder),
        "sequence": reminder.sequence,
        "next_at": rfc3339_or_none(following.at if following else None),
        "messages": list(_messages(reminder)),
        "counts": {fate: reminder.counts.get(fate, 0) for fate in Fate},
        "created_at": rfc3339(reminder.created_at),
        "updated_at": rfc3339(reminder.updated_at),
    }


def batch_body(results: Sequence[Made | Refusal], request_id: str) -> dict[str, Any]:
    """What became of each reminder of a batch."""
    items = [
        {"index": index, "problem": document(each, request_id, f"/reminders/{index}")}
        if isinstance(each, Refusal)
        else {"index": index, **reminder_body(each.reminder)}
        for index, each in enumerate(results)
    ]
    return {"items": items}


def stated(reminder: Reminder) -> dict[str, Any]:
    """What a request may state of it."""
    plan, when = reminder.plan, reminder.plan.when
    moment = isinstance(when, Appointment)
    return {
        "contact_id": reminder.contact_id,
        "channel": None if plan.route else plan.channel,
        "route": _route(plan.route) if plan.route else None,
        "purpose": plan.purpose,
        "topic": plan.topic,
        "template": _template(plan.template),
        "data": plan.data,
        "at": rfc3339(when.at) if isinstance(when, Appointment) else None,
        "timezone": when.zone,
        "offsets": list(when.offsets) if isinstance(when, Appointment) else None,
        "past": when.past if isinstance(when, Appointment) else None,
        "calendar": _event(when.event) if isinstance(when, Appointment) and when.event else None,
        "moved": _template(plan.moved) if moment else None,
        "cancelled": _template(plan.cancelled),
        "repeat": None if isinstance(when, Appointment) else _repeat(when),
        "refill": {"before": plan.refill.before, "template": _template(plan.refill.template)}
        if plan.refill
        else None,
        "expires_in": duration_text(plan.expires_in) if plan.expires_in else None,
    }


def _messages(reminder: Reminder) -> Iterator[dict[str, Any]]:
    """What was sent and will be, in the order of time; of what repeats the next alone."""
    rows: list[tuple[datetime, str, str, str | None, str | None]] = [
        (each.at, each.key, each.fate, each.reason, each.message_id) for each in reminder.handled
    ]
    rows += [(each.at, each.key, "sending", None, None) for each in reminder.sending]
    if reminder.state in (ReminderState.ACTIVE, ReminderState.PAUSED):
        coming = reminder.upcoming()
        planned = list(coming) if isinstance(reminder.plan.when, Appointment) else []
        following = next(coming, None)
        rows += [
            (each.at, each.key, "planned", None, None)
            for each in (*planned, *([following] if following else []))
        ]
    for at, key, state, reason, message_id in sorted(rows, key=lambda row: row[0]):
        yield {
            "for": key,
            "at": rfc3339(at),
            "state": state,
            "reason": reason,
            "message_id": message_id,
        }


def _route(way: Way) -> dict[str, Any]:
    stated = {"mode": way.mode, "channels": list(way.channels)}
    # As it is stated, for a patch reads it again.
    first = way.mode is RouteMode.FIRST
    return {**stated, "after": duration_text(way.after) if first else None}


def _event(event: Event) -> dict[str, Any]:
    values = {
        "duration": duration_text(event.duration),
        "uid": event.uid,
        "summary": event.summary,
        "location": event.location,
        "description": event.description,
    }
    return {name: value for name, value in values.items() if value is not None}


def _repeat(when: Repetition) -> dict[str, Any]:
    values = {
        "start": f"{when.start:%Y-%m-%dT%H:%M}",
        "times": [f"{each:%H:%M}" for each in when.times] or None,
        "rule": when.rule,
        "until": f"{when.until:%Y-%m-%dT%H:%M}" if when.until else None,
        "count": when.count,
        "days_supply": when.days_supply,
        "except": sorted(when.excluded) or None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _template(ref: TemplateRef | None) -> dict[str, Any] | None:
    return {"id": ref.id, "version": ref.version} if ref else None
