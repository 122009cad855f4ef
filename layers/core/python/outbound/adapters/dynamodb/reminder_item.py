"""A reminder as an item of DynamoDB, and back: what is sought and counted, and the rest as JSON."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from outbound.domain.content import TemplateRef
from outbound.domain.event_rule import Way
from outbound.domain.instant import parse_rfc3339, rfc3339, rfc3339_or_none
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
from outbound.domain.words import Channel, Mode, Purpose, RouteMode

if TYPE_CHECKING:
    from collections.abc import Mapping


def reminder_item(reminder: Reminder) -> dict[str, Any]:
    """All but the keys and what the index needs."""
    return {
        "id": reminder.id,
        "contact_id": reminder.contact_id,
        "mode": reminder.mode,
        "plan": json.dumps(_plan(reminder.plan), ensure_ascii=False, separators=(",", ":")),
        "state": reminder.state,
        "reason": reminder.reason,
        "created_at": rfc3339(reminder.created_at),
        "created_by": reminder.created_by,
        "updated_at": rfc3339(reminder.updated_at),
        "through": rfc3339(reminder.through),
        "sequence": reminder.sequence,
        "sending": [_firing(each) for each in reminder.sending] or None,
        "handled": [_handled(each) for each in reminder.handled] or None,
        "counts": {fate.value: count for fate, count in reminder.counts.items()} or None,
        "scheduled": rfc3339_or_none(reminder.scheduled),
        "due_at": rfc3339_or_none(reminder.due),
        "version": reminder.version,
    }


def reminder_of(item: Mapping[str, Any], tenant: str) -> Reminder:
    """The reminder that `reminder_item` wrote."""
    return Reminder(
        id=item["id"],
        tenant=tenant,
        mode=Mode(item["mode"]),
        contact_id=item["contact_id"],
        plan=_plan_of(json.loads(item["plan"])),
        state=ReminderState(item["state"]),
        reason=item.get("reason"),
        created_at=parse_rfc3339(item["created_at"]),
        created_by=item["created_by"],
        updated_at=parse_rfc3339(item["updated_at"]),
        through=parse_rfc3339(item["through"]),
        sequence=int(item["sequence"]),
        sending=tuple(_firing_of(each) for each in item.get("sending", ())),
        handled=tuple(_handled_of(each) for each in item.get("handled", ())),
        counts={Fate(fate): int(count) for fate, count in item.get("counts", {}).items()},
        scheduled=_read(item.get("scheduled")),
        due=_read(item.get("due_at")),
        version=int(item["version"]),
    )


def _plan(plan: Plan) -> dict[str, Any]:
    refill = plan.refill
    return _without_nothing(
        {
            "channel": plan.channel,
            "purpose": plan.purpose,
            "topic": plan.topic,
            "template": _template(plan.template),
            "data": dict(plan.data),
            "appointment": _appointment(plan.when) if isinstance(plan.when, Appointment) else None,
            "repetition": _repetition(plan.when) if isinstance(plan.when, Repetition) else None,
            "expires_in": _seconds(plan.expires_in),
            "moved": _template(plan.moved),
            "cancelled": _template(plan.cancelled),
            "refill": [refill.before, _template(refill.template)] if refill else None,
            "route": _route(plan.route) if plan.route else None,
        }
    )


def _plan_of(value: Mapping[str, Any]) -> Plan:
    refill, template = value.get("refill"), _template_of(value["template"])
    assert template is not None
    appointment = value.get("appointment")
    return Plan(
        channel=Channel(value["channel"]),
        purpose=Purpose(value["purpose"]),
        topic=value.get("topic"),
        template=template,
        data=value["data"],
        when=_appointment_of(appointment) if appointment else _repetition_of(value["repetition"]),
        expires_in=_duration(value.get("expires_in")),
        moved=_template_of(value.get("moved")),
        cancelled=_template_of(value.get("cancelled")),
        refill=Refill(refill[0], TemplateRef(*refill[1])) if refill else None,
        route=_route_of(*value["route"]) if value.get("route") else None,
    )


def _route(way: Way) -> list[Any]:
    return [way.mode, way.after.total_seconds(), *way.channels]


def _route_of(mode: str, after: float, *channels: str) -> Way:
    return Way(tuple(map(Channel, channels)), RouteMode(mode), timedelta(seconds=after))


def _appointment(when: Appointment) -> dict[str, Any]:
    event = when.event
    return {
        "at": rfc3339(when.at),
        "zone": when.zone,
        "offsets": list(when.offsets),
        "past": when.past,
        "event": _without_nothing(
            {
                "duration": event.duration.total_seconds(),
                "uid": event.uid,
                "summary": event.summary,
                "location": event.location,
                "description": event.description,
            }
        )
        if event
        else None,
    }


def _appointment_of(value: Mapping[str, Any]) -> Appointment:
    event = value["event"]
    return Appointment(
        at=parse_rfc3339(value["at"]),
        zone=value["zone"],
        offsets=tuple(value["offsets"]),
        past=Past(value["past"]),
        event=Event(**{**event, "duration": timedelta(seconds=event["duration"])})
        if event
        else None,
    )


def _repetition(when: Repetition) -> dict[str, Any]:
    return _without_nothing(
        {
            "start": when.start.isoformat(),
            "zone": when.zone,
            "times": [f"{each:%H:%M}" for each in when.times] or None,
            "rule": when.rule,
            "until": when.until.isoformat() if when.until else None,
            "count": when.count,
            "days_supply": when.days_supply,
            "excluded": sorted(when.excluded) or None,
        }
    )


def _repetition_of(value: Mapping[str, Any]) -> Repetition:
    return Repetition(
        start=datetime.fromisoformat(value["start"]),
        zone=value["zone"],
        times=tuple(time.fromisoformat(each) for each in value.get("times", ())),
        rule=value.get("rule"),
        until=datetime.fromisoformat(value["until"]) if "until" in value else None,
        count=value.get("count"),
        days_supply=value.get("days_supply"),
        excluded=frozenset(value.get("excluded", ())),
    )


def _firing(firing: Firing) -> list[Any]:
    at, expires_at = rfc3339(firing.at), rfc3339(firing.expires_at)
    return [firing.key, at, expires_at, firing.template.id, firing.template.version]


def _firing_of(item: list[Any]) -> Firing:
    key, at, expires_at, template, version = item
    ref = TemplateRef(template, int(version))
    return Firing(key, parse_rfc3339(at), parse_rfc3339(expires_at), ref)


def _handled(handled: Handled) -> list[str]:
    at = rfc3339(handled.at)
    return [handled.key, at, handled.fate, handled.reason or "", handled.message_id or ""]


def _handled_of(item: list[str]) -> Handled:
    key, at, fate, reason, message_id = item
    return Handled(key, parse_rfc3339(at), Fate(fate), reason or None, message_id or None)


def _template(ref: TemplateRef | None) -> list[Any] | None:
    return [ref.id, ref.version] if ref else None


def _template_of(item: list[Any] | None) -> TemplateRef | None:
    return TemplateRef(item[0], item[1]) if item else None


def _without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _seconds(duration: timedelta | None) -> float | None:
    return duration.total_seconds() if duration is not None else None


def _duration(seconds: float | None) -> timedelta | None:
    return timedelta(seconds=seconds) if seconds is not None else None


def _read(text: str | None) -> datetime | None:
    return parse_rfc3339(text) if text else None
