"""Examples of campaigns."""

from __future__ import annotations

from typing import Any

WANTED: dict[str, Any] = {
    "name": "Winter offer",
    "channel": "email",
    "purpose": "marketing",
    "topic": "offers",
    "template": {"id": "winter-offer", "version": 1},
    "audience": {"contact_ids": ["ada", "bob"]},
    "data": {"discount": "20 %"},
    "schedule": {"local": "2027-01-11T09:00", "timezone": "America/New_York"},
    "budget": {"amount": "25.00", "currency": "USD"},
    "canary": {"share": 0.01, "wait": "PT1H"},
}
_WINTER = {"id": "winter-offer", "version": 1}
COMPARED: dict[str, Any] = {
    "name": "Winter offer",
    "channel": "email",
    "purpose": "marketing",
    "variants": [
        {"name": "short", "weight": 1, "template": _WINTER},
        {"name": "long", "weight": 1, "template": {"id": "winter-offer"}},
    ],
    "hold_out": 0.1,
    "audience": {"contact_ids": ["ada", "bob"]},
    "pace": {"per_minute": 600},
    "quiet_hours": "skip",
}
ROUTED: dict[str, Any] = {
    "name": "Winter offer",
    "route": {"mode": "first", "channels": ["sms", "email"], "after": "PT30M"},
    "purpose": "marketing",
    "topic": "offers",
    "template": {"id": "winter-offer"},
    "audience": {"contact_ids": ["ada", "bob"]},
}
CAMPAIGN: dict[str, Any] = {
    "id": "cam_01kax3b2hv7fw2p8dz5r",
    "state": "draft",
    "reason": None,
    **WANTED,
    "route": None,
    "variants": None,
    "hold_out": 0,
    "exclude": None,
    "coupon_pool": None,
    "schedule": {
        "at": None,
        "local": "2027-01-11T09:00",
        "timezone": "America/New_York",
        "rule": None,
        "until": None,
    },
    "expires_in": "P3D",
    "pace": None,
    "budget": {"amount": "25.00000", "currency": "USD"},
    "quiet_hours": "defer",
    "needs_approval": False,
    "approved": True,
    "approved_at": None,
    "created_at": "2026-11-23T16:40:00.123Z",
    "updated_at": "2026-11-23T16:40:00.123Z",
    "launched_at": None,
    "next_run_at": None,
}
LAUNCHED = {
    **CAMPAIGN,
    "state": "scheduled",
    "launched_at": "2026-11-23T16:45:00.000Z",
    "next_run_at": "2027-01-10T19:00:00.000Z",
}
ESTIMATE: dict[str, Any] = {
    "next_cursor": None,
    "begins_at": "2027-01-10T19:00:00.000Z",
    "complete": True,
    "takes": "PT1S",
    "recipients": 2,
    "decisions": [
        {"verdict": "send", "rule": None, "source": None, "reason": None, "count": 1},
        {
            "verdict": "block",
            "rule": "default.opt-in",
            "source": "strictest of the reviewed rules",
            "reason": "no_consent",
            "count": 1,
        },
    ],
    "deferred": [],
    "parts": 0,
    "price": {"amount": "0.00016", "currency": "USD", "estimated": True, "unpriced": 0},
    "price_at_most": {"amount": "0.00016", "currency": "USD"},
    "channels": [{"channel": "email", "count": 2}],
    "sample": [
        {
            "contact_id": "ada",
            "masked": "a•••@example.com",
            "verdict": "send",
            "reason": None,
            "until": None,
            "rendered": {"subject": "For Ada", "text": "20 % for you."},
        }
    ],
}
REPORT: dict[str, Any] = {
    "campaign_id": CAMPAIGN["id"],
    "state": "running",
    "reason": None,
    "recipients": 2,
    "waiting": 0,
    "statuses": {"delivered": 1, "blocked": 1},
    "marks": {},
    "reasons": [{"status": "blocked", "reason": "no_consent", "count": 1}],
    "variants": [
        {"variant": "", "status": "blocked", "count": 1},
        {"variant": "", "status": "delivered", "count": 1},
    ],
    "hours": [{"hour": "2027-01-11T14:00:00Z", "status": "delivered", "count": 1}],
    "cost": {"amount": "0.00010", "currency": "USD", "estimated": True},
    "channels": [
        {"channel": "email", "status": "delivered", "count": 1},
        {"channel": "email", "status": "blocked", "count": 1},
    ],
    "fell_back": 0,
    "runs": [
        {
            "id": "run_01kax3b2hv7fw2p8dz5r",
            "at": "2027-01-10T19:00:00.000Z",
            "expanded": True,
            "finished_at": None,
            "recipients": 2,
            "waiting": 0,
            "statuses": {"delivered": 1, "blocked": 1},
            "lost_chunks": [],
            "lost_recipients": 0,
        }
    ],
}
EXPORT: dict[str, Any] = {
    "campaign_id": CAMPAIGN["id"],
    "run_id": REPORT["runs"][0]["id"],
    "state": "running",
    "reason": None,
    "complete": True,
    "recipients": 2,
    "rows": 0,
    "began_at": "2027-01-12T08:00:00.000Z",
    "finished_at": None,
    "expires_at": "2027-01-19T08:00:00.000Z",
    "file": None,
}
EXPORTED: dict[str, Any] = {
    **EXPORT,
    "state": "finished",
    "rows": 2,
    "finished_at": "2027-01-12T08:00:02.000Z",
    "file": "https://media-bucket.s3.us-east-1.amazonaws.com/kept-7/acme/cam_…/run_….csv?…",
}
