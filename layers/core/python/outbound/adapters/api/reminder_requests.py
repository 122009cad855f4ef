"""Reminders, as they are read from requests."""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.reading import (
    LARGEST_BODY,
    canonical,
    digest_of,
    fingerprint_of,
    parsed,
    read,
    read_value,
)
from outbound.adapters.api.reminder_models import (
    ReminderBatchModel,
    ReminderItemModel,
    ReminderModel,
    ReminderPatchModel,
)
from outbound.domain.content import TemplateRef
from outbound.domain.duration import parse_duration
from outbound.domain.errors import Refusal
from outbound.domain.event_rule import Way
from outbound.domain.recurrence_rule import bounded
from outbound.domain.reminder import Appointment, Event, Past, Plan, Refill
from outbound.domain.repetition import Repetition
from outbound.flow.reminders.batch import ReminderBatch
from outbound.flow.reminders.keeping import NewReminder

if TYPE_CHECKING:
    from collections.abc import Callable

    from outbound.adapters.api.reminder_models import ReminderTemplateModel, RepeatModel
    from outbound.adapters.api.route_requests import RouteModel
    from outbound.domain.reminder import Reminder

ROUTE, BATCH_ROUTE = "POST /v1/reminders", "POST /v1/reminders/batch"


def read_reminder(text: str, idempotency_key: str | None) -> NewReminder:
    """A reminder that a caller makes.

    Raises:
        Refusal: the body isn't one.
    """
    return _new(read(ReminderModel, text), idempotency_key, fingerprint_of(ROUTE, text))


def read_reminders(text: str, idempotency_key: str | None) -> ReminderBatch:
    """The reminders of a batch; an item that isn't one is there as its refusal.

    Raises:
        Refusal: the body isn't a list of 1 to 500 items.
    """
    value = parsed(text)
    model = read_value(ReminderBatchModel, value, "")
    items = [_item(each) for each in model.reminders]
    return ReminderBatch(items, idempotency_key, digest_of(BATCH_ROUTE, canonical(value)))


def read_change(
    text: str, stated: Callable[[Reminder], dict[str, Any]]
) -> Callable[[Reminder], Plan]:
    """What makes another plan of a reminder's: a merge patch of what it states.

    Raises:
        Refusal: the body isn't one; or later, what it makes isn't a reminder.
    """
    read(ReminderPatchModel, text)
    patch = parsed(text)

    def want(reminder: Reminder) -> Plan:
        merged = {**stated(reminder), **patch}
        kept = {name: value for name, value in merged.items() if value is not None}
        return _plan(read(ReminderModel, json.dumps(kept)))

    return want


def _item(value: object) -> NewReminder | Refusal:
    try:
        text = canonical(value)
        if len(text) > LARGEST_BODY:
            raise Refusal("body_too_large", f"A reminder may have {LARGEST_BODY:,} bytes.")
        model = read(ReminderItemModel, text)
        single = value
        if isinstance(value, dict):
            single = {name: each for name, each in value.items() if name != "client_token"}
        return _new(model, model.client_token, digest_of(ROUTE, canonical(single)))
    except Refusal as refusal:
        return refusal


def _new(model: ReminderModel, idempotency_key: str | None, fingerprint: str) -> NewReminder:
    return NewReminder(model.contact_id, _plan(model), idempotency_key, fingerprint)


def _plan(model: ReminderModel) -> Plan:
    zone = model.timezone or ""
    route = _route(model.route) if model.route else None
    channel = route.channels[0] if route else model.channel
    assert channel is not None, "the model has one of the two"
    return Plan(
        channel=channel,
        purpose=model.purpose,
        topic=model.topic,
        template=_template(model.template),
        data=model.data or {},
        when=_repetition(model.repeat, zone) if model.repeat else _appointment(model, zone),
        expires_in=parse_duration(model.expires_in) if model.expires_in else None,
        moved=_template(model.moved) if model.moved else None,
        cancelled=_template(model.cancelled) if model.cancelled else None,
        refill=Refill(model.refill.before, _template(model.refill.template))
        if model.refill
        else None,
        route=route,
    )


def _route(model: RouteModel) -> Way:
    return Way(tuple(model.channels), model.mode, model.wait)


def _appointment(model: ReminderModel, zone: str) -> Appointment:
    assert model.at is not None
    event = model.calendar
    return Appointment(
        at=model.at,
        zone=zone,
        offsets=tuple(model.offsets or ()),
        past=model.past or Past.SKIP,
        event=Event(
            duration=parse_duration(event.duration),
            uid=event.uid,
            summary=event.summary,
            location=event.location,
            description=event.description,
        )
        if event
        else None,
    )


def _repetition(model: RepeatModel, zone: str) -> Repetition:
    rule, count, until = bounded(model.rule) if model.rule else (None, None, None)
    counts = [each for each in (count, model.count) if each is not None]
    ends = [each for each in (until, _time(model.until)) if each is not None]
    return Repetition(
        start=datetime.fromisoformat(model.start),
        zone=zone,
        times=tuple(time.fromisoformat(each) for each in sorted({*(model.times or ())})),
        rule=rule,
        until=min(ends, default=None),
        count=min(counts, default=None),
        days_supply=model.days_supply,
        excluded=frozenset(model.left_out or ()),
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _template(model: ReminderTemplateModel) -> TemplateRef:
    return TemplateRef(model.id, model.version or 0)
