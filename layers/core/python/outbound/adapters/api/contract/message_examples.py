"""Messages as one would send them, and as they are answered."""

from __future__ import annotations

from typing import Any

ACCEPTED: dict[str, Any] = {
    "id": "msg_3v5hx0t2m8kq4n9c01kax3b2hv7fw2p8dz5r",
    "status": "accepted",
    "channel": "sms",
    "purpose": "transactional",
    "topic": None,
    "to": {"contact_id": "con_5m2c9vd0t7wq1x8ehz4k", "masked": "+1425•••0123"},
    "template": None,
    "decision": {
        "verdict": "send",
        "rule": None,
        "source": None,
        "reason": None,
        "until": None,
    },
    "price": {
        "amount": "0.01195",
        "currency": "USD",
        "estimated": True,
        "carrier_fees": "included",
    },
    "price_reason": None,
    "on_unconfirmed": "resend",
    "created_at": "2026-11-23T16:40:00.123Z",
    "send_at": None,
    "expires_at": "2026-11-24T16:40:00.123Z",
    "sms": {"encoding": "GSM-7", "parts": 1},
}
STEP: dict[str, Any] = {"reason": None, "rule": None, "code": None}
DELIVERED: dict[str, Any] = {
    **ACCEPTED,
    "status": "delivered",
    "marks": [],
    "attempts": 1,
    "provider": {"name": "sns", "id": "1bd3a2d5-0d1f-5a6a-9f3e-c2d1f3a0b7c4"},
    "timeline": [
        {"status": "accepted", "at": "2026-11-23T16:40:00.123Z", **STEP},
        {"status": "sending", "at": "2026-11-23T16:40:00.412Z", **STEP},
        {"status": "sent", "at": "2026-11-23T16:40:00.655Z", **STEP},
        {"status": "delivered", "at": "2026-11-23T16:40:03.000Z", **STEP, "reason": "receipt"},
    ],
}
EXAMPLES: dict[str, Any] = {
    "Text": {
        "to": {"phone": "+14255550123"},
        "channel": "sms",
        "purpose": "transactional",
        "content": {"text": "Order {{ order }} has shipped."},
        "data": {"order": "A-77"},
    },
    "Email": {
        "to": {"email": "zoe@example.com"},
        "channel": "email",
        "purpose": "informational",
        "content": {
            "subject": "Your appointment on {{ day }}",
            "text": "Dear {{ name }}, we expect you on {{ day }}.",
            "html": "<p>Dear {{ name }}, we expect you on <b>{{ day }}</b>.</p>",
        },
        "data": {"name": "Zoë", "day": "3 December"},
    },
    "Email with a file and an appointment": {
        "to": {"email": "zoe@example.com"},
        "channel": "email",
        "purpose": "informational",
        "content": {
            "subject": "Your appointment",
            "text": "Dear {{ name }}, please bring what is on the list.",
            "attachments": [
                {"name": "list.txt", "type": "text/plain", "data": "UGFzc3BvcnQK"},
            ],
            "calendar": {
                "start": "{{ start }}",
                "duration": "PT30M",
                "summary": "Appointment of {{ name }}",
            },
            "reply_to": ["office@example.com"],
        },
        "data": {"name": "Zoë", "start": "2027-03-01T09:30:00+01:00"},
    },
    "Call": {
        "to": {"phone": "+14255550124"},
        "channel": "voice",
        "purpose": "informational",
        "content": {"ssml": "<speak>We expect you at {{ time }}.</speak>", "voice": "JOANNA"},
        "data": {"time": "9 30"},
    },
    "By a template": {
        "to": {"email": "zoe@example.com"},
        "channel": "email",
        "purpose": "informational",
        "template": {"id": "appointment"},
        "data": {"name": "Zoë", "day": "3 December"},
    },
}
EXAMPLES["Text, and a call where it is not delivered"] = {
    "to": {"phone": "+14255550123"},
    "route": {"mode": "first", "channels": ["sms", "voice"], "after": "PT5M"},
    "purpose": "transactional",
    "content": {
        "sms": {"text": "Your table is ready, {{ name }}."},
        "voice": {"text": "Hello {{ name }}, your table is ready."},
    },
    "data": {"name": "Zoë"},
}
BATCH: dict[str, Any] = {
    "Two texts": {
        "messages": [
            {**EXAMPLES["Text"], "client_token": "order-77"},
            {**EXAMPLES["Text"], "data": {}},
        ]
    }
}
MISSING: dict[str, Any] = {
    "type": "/problems/missing_variable",
    "title": "A template variable has no value",
    "status": 422,
    "code": "missing_variable",
    "detail": "The template uses order, which data does not have.",
    "request_id": "8f3a2c1e-5b7d-4f60-9a1b-2c3d4e5f6a7b",
    "errors": [
        {
            "pointer": "/messages/1/data/order",
            "code": "missing_variable",
            "message": "The template uses order, which data does not have.",
        }
    ],
}
BATCH_ANSWER: dict[str, Any] = {
    "items": [{"index": 0, **ACCEPTED}, {"index": 1, "problem": MISSING}],
}
REHEARSED: dict[str, Any] = {
    "dry_run": True,
    **{name: ACCEPTED[name] for name in ACCEPTED if name not in ("id", "status", "created_at")},
    "content": {"text": "Order A-77 has shipped."},
}
CANCELLED: dict[str, Any] = {
    **ACCEPTED,
    "status": "cancelled",
    "marks": [],
    "attempts": 0,
    "provider": None,
    "timeline": [
        {"status": "accepted", "at": "2026-11-23T16:40:00.123Z", **STEP},
        {"status": "cancelled", "at": "2026-11-23T16:40:09.870Z", **STEP, "reason": "requested"},
    ],
}
RESCHEDULED: dict[str, Any] = {
    **CANCELLED,
    "status": "scheduled",
    "send_at": "2027-01-12T09:00:00.000Z",
    "expires_at": "2027-01-13T09:00:00.000Z",
    "timeline": [
        {"status": "scheduled", "at": "2026-11-23T16:40:00.123Z", **STEP},
        {"status": "scheduled", "at": "2026-11-24T08:12:44.901Z", **STEP, "reason": "rescheduled"},
    ],
}
