"""Reminders as one would make them, and as they are answered."""

from __future__ import annotations

from typing import Any

from outbound.adapters.api.contract.message_examples import MISSING

VISIT: dict[str, Any] = {
    "contact_id": "zoe",
    "channel": "email",
    "purpose": "informational",
    "topic": "appointments",
    "template": {"id": "appointment"},
    "data": {"name": "Zoe", "day": "Monday", "time": "9:30"},
    "at": "2027-01-11T09:30",
    "timezone": "America/New_York",
    "offsets": ["-P1D", "-PT1H"],
    "calendar": {"duration": "PT30M", "summary": "Green Street Clinic"},
}
DOSE: dict[str, Any] = {
    "contact_id": "zoe",
    "channel": "email",
    "purpose": "informational",
    "template": {"id": "appointment"},
    "data": {"name": "Zoe", "day": "today", "time": "now"},
    "timezone": "America/New_York",
    "repeat": {"start": "2027-01-01T08:00", "times": ["08:00", "20:00"], "days_supply": 14},
    "refill": {"before": "P3D", "template": {"id": "appointment"}},
}
PLANNED: dict[str, Any] = {"state": "planned", "reason": None, "message_id": None}
REMINDER: dict[str, Any] = {
    "id": "rem_3v5hx0t2m8kq4n9c01kax3b2hv7fw2p8dz5r",
    "state": "active",
    "reason": None,
    **VISIT,
    "route": None,
    "template": {"id": "appointment", "version": 1},
    "at": "2027-01-11T14:30:00.000Z",
    "past": "skip",
    "moved": None,
    "cancelled": None,
    "repeat": None,
    "refill": None,
    "expires_in": None,
    "sequence": 0,
    "next_at": "2027-01-10T14:30:00.000Z",
    "messages": [
        {"for": "-P1D", "at": "2027-01-10T14:30:00.000Z", **PLANNED},
        {"for": "-PT1H", "at": "2027-01-11T13:30:00.000Z", **PLANNED},
    ],
    "counts": {"sent": 0, "skipped": 0, "missed": 0, "failed": 0},
    "created_at": "2026-11-23T16:40:00.123Z",
    "updated_at": "2026-11-23T16:40:00.123Z",
}
CANCELLED: dict[str, Any] = {
    **REMINDER,
    "state": "cancelled",
    "reason": "requested",
    "sequence": 1,
    "next_at": None,
    "messages": [],
}
BATCH: dict[str, Any] = {"Two visits": {"reminders": [VISIT, {**VISIT, "data": {}}]}}
_FAULT = {**MISSING["errors"][0], "pointer": "/reminders/1/data/name"}
BATCH_ANSWER: dict[str, Any] = {
    "items": [{"index": 0, **REMINDER}, {"index": 1, "problem": {**MISSING, "errors": [_FAULT]}}]
}
