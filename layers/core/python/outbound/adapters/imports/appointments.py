"""Appointments in files: what headers mean, and what a row makes of a reminder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator

from outbound.adapters.api.forms import line
from outbound.adapters.api.identifiers import ContactId
from outbound.adapters.api.reading import Model, canonical, read_value
from outbound.adapters.api.reminder_requests import read_reminder
from outbound.adapters.imports.columns import KINDS, Target, Vocabulary
from outbound.domain.errors import refused_at
from outbound.domain.reminder import Appointment
from outbound.ports import Appointed

if TYPE_CHECKING:
    from collections.abc import Mapping

CALLED_OFF = ("cancelled", "canceled")
ON = ("active", "booked", "confirmed", "scheduled")
PLAIN = (
    "id", "contact_id", "at", "timezone", "status", "channel", "purpose", "topic", "template",
    "past", "expires_in", "moved_template", "cancelled_template",
)  # fmt: skip
CALENDAR = ("duration", "uid", "summary", "location", "description")
# fmt: off
ALSO = {
    "appointment_id": "id", "appointment": "id", "reminder_id": "id",
    "contact": "contact_id", "contactid": "contact_id", "customer_id": "contact_id",
    "patient_id": "contact_id", "user_id": "contact_id",
    "starts_at": "at", "start": "at", "time_zone": "timezone", "zone": "timezone",
    "canceled": "cancelled",
}
# fmt: on
_DATA = re.compile(r"data\.(?P<name>[^:]{1,100})(?::(?P<kind>[a-z]+))?", re.IGNORECASE)


def _status(value: str) -> str:
    if value.lower() not in (*ON, *CALLED_OFF):
        raise ValueError(f"must be {CALLED_OFF[0]}, or one of: {', '.join(ON)}")
    return value.lower()


class NamedModel(Model):
    """Which appointment a row is about, whose it is, and whether it stands."""

    id: Annotated[str, line(200)]
    contact_id: ContactId
    status: Annotated[str, AfterValidator(_status)] | None = None


def target_of(name: str) -> Target | None:
    """What a field's name means: `at`, `data.doctor`, `calendar.location`, `cancelled`."""
    data = _DATA.fullmatch(name.strip())
    if data is not None:
        kind = data["kind"] or "text"
        return Target(("data", data["name"]), kind) if kind in KINDS else None
    plain = re.sub(r"[\s-]+", "_", name.strip().lower())
    plain = ALSO.get(plain, plain)
    if plain == "cancelled":
        return Target((plain,), "boolean")
    if plain == "offsets" or plain in PLAIN:
        return Target((plain,))
    holder, _, part = plain.partition(".")
    return Target((holder, part)) if holder == "calendar" and part in CALENDAR else None


APPOINTMENTS = Vocabulary(
    target_of, lambda names: names >= {"id", "contact_id"}, "no_appointment_columns"
)


def appointed_by(document: Mapping[str, Any]) -> Appointed:
    """What a row says, read as `POST /v1/reminders` reads a reminder.

    Raises:
        Refusal: it isn't one.
    """
    rest = dict(document)
    named: dict[str, Any] = {name: rest.pop(name) for name in ("id", "status") if name in rest}
    off = rest.pop("cancelled") if isinstance(rest.get("cancelled"), bool) else False
    named |= {name: rest[name] for name in ("contact_id",) if name in rest}
    row = read_value(NamedModel, named, "")
    if off or row.status in CALLED_OFF:
        return Appointed(row.id, row.contact_id, None)
    plan = read_reminder(canonical(as_requested(rest)), None).plan
    if not isinstance(plan.when, Appointment):
        message = "An import takes appointments; make what repeats by the API."
        raise refused_at("/repeat", "invalid", message)
    return Appointed(row.id, row.contact_id, plan)


def as_requested(rest: Mapping[str, Any]) -> dict[str, Any]:
    """With templates as requests name them."""
    said = dict(rest)
    for field, name in (
        ("template", "template"),
        ("moved_template", "moved"),
        ("cancelled_template", "cancelled"),
    ):
        if isinstance(said.get(field), str):
            said[name] = {"id": said.pop(field)}
    return said
