"""Contacts as the document shows them."""

from __future__ import annotations

from typing import Any

GRANTED: dict[str, Any] = {
    "status": "granted",
    "level": "express_written",
    "topic": "offers",
    "source": "web form",
    "at": "2026-11-20T10:00:00Z",
    "wording": "Text me offers from Acme. Message and data rates may apply. Reply STOP to end.",
    "proof": "form 2026-11, submission 8812",
}
WANTED: dict[str, Any] = {
    "email": "ada@example.com",
    "phone": ["+14255550123"],
    "locale": "en-US",
    "timezone": "America/Los_Angeles",
    "region": "US-WA",
    "attributes": {"plan": "pro"},
    "forbidden": ["voice"],
    "consents": {"sms": {"marketing": GRANTED}},
}
STANDING: dict[str, Any] = {
    "status": "granted",
    "level": "express_written",
    "topic": "offers",
    "source": "web form",
    "at": "2026-11-20T10:00:00.000Z",
    "expires_at": None,
}
CONTACT: dict[str, Any] = {
    "id": "ada",
    "email": ["ada@example.com"],
    "phone": ["+14255550123"],
    "emails": [{"email": "ada@example.com", "marks": []}],
    "phones": [
        {
            "phone": "+14255550123",
            "country": "US",
            "kind": "fixed_line_or_mobile",
            "zones": ["America/Los_Angeles"],
            "checks": [
                {
                    "kind": "reassigned",
                    "answer": "no",
                    "since": "2026-09-01",
                    "at": "2026-11-23T16:40:00.123Z",
                    "source": "reassigned.us",
                }
            ],
            "line": {
                "type": "mobile",
                "carrier": "T-Mobile USA",
                "country": "US",
                "at": "2026-11-23T16:40:00.123Z",
            },
        }
    ],
    "locale": "en-US",
    "timezone": "America/Los_Angeles",
    "region": "US-WA",
    "attributes": {"plan": "pro"},
    "preferred": [],
    "forbidden": ["voice"],
    "consents": {"sms": {"marketing": [STANDING]}},
    "unconfirmed": [],
    "paused_until": None,
    "created_at": "2026-11-23T16:40:00.123Z",
    "updated_at": "2026-11-23T16:40:00.123Z",
}
HEALTH: dict[str, Any] = {
    "contacts": 412,
    "no_address": 3,
    "no_consent": 58,
    "role": 12,
    "disposable": 4,
    "stale": 31,
    "suppressed": {"bounced": 9, "invalid": 2, "complained": 1, "opted_out": 17, "manual": 0},
    "next_cursor": None,
}
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
HISTORY: dict[str, Any] = {
    "items": [
        {
            "number": 1,
            "kind": "consent.granted",
            "at": "2026-11-20T10:00:00.000Z",
            "by": "key_01kax3b2hv7fw2p8dz5r",
            "facts": {
                "channel": "sms",
                "purpose": "marketing",
                "topic": "offers",
                "level": "express_written",
                "source": "web form",
            },
            "proof": {"address_1": "+14255550123", "proof": "form 2026-11, submission 8812"},
            "digests": {"address_1": DIGEST, "proof": DIGEST},
            "salt": "8Jq2VxN0sLw5YtB7uKzR3eHcM9aPfD1gXoT4iWy6QbS",
            "previous": "",
            "digest": DIGEST,
        }
    ],
    "next_cursor": None,
}
ERASURE: dict[str, Any] = {
    "id": "era_5m2c9vd0t7wq1x8ehz4k",
    "state": "running",
    "requested_at": "2026-11-23T16:40:00.123Z",
    "finished_at": None,
    "cancelled_messages": 0,
    "redacted_messages": 0,
    "unlisted": [],
}
SUPPRESSION: dict[str, Any] = {
    "reason": "bounced",
    "at": "2026-11-23T16:40:00.123Z",
    "source": "ses 5.1.1",
    "purposes": None,
    "expires_at": None,
}
EXPORT: dict[str, Any] = {
    "contact": CONTACT,
    "ledger": HISTORY["items"],
    "suppressions": [{"phone": "+14255550123", "reasons": [SUPPRESSION]}],
    "done_to_addresses": [],
    "testers": [],
    "media": [],
    "counted": [],
    "texted": [],
    "messages": [],
    "reminders": [],
    "next_cursor": None,
}
DECIDED: dict[str, Any] = {
    "items": [
        {
            "contact_id": "ada",
            "decision": {
                "verdict": "defer",
                "rule": "us.tcpa.quiet-hours",
                "source": "47 CFR 64.1200(c)(1)",
                "reason": "outside_hours",
                "until": "2026-11-24T16:00:00.000Z",
            },
        }
    ]
}
