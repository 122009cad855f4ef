"""Events and lines of log as AWS writes them; a test changes what it is about."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

from tests.builders import make_message, ref_of

REF = ref_of(make_message())
TAGS = {"outbound_tenant": REF.tenant, "outbound_message": REF.id, "outbound_attempt": "1"}
OTHERS = {"campaign": "spring"}


def email_event(kind: str, key: str = "send", tags: Any = None, **detail: Any) -> dict[str, Any]:
    return {
        "eventType": kind,
        "mail": {
            "timestamp": "2026-11-23T16:40:00.123Z",
            "messageId": "0100",
            "destination": ["ada@example.com"],
            "tags": {name: [value] for name, value in (tags or TAGS).items()},
        },
        key: {"timestamp": "2026-11-23T16:41:00.456Z", **detail},
    }


def bounce(kind: str, subtype: str) -> dict[str, Any]:
    return email_event("Bounce", "bounce", bounceType=kind, bounceSubType=subtype)


def phone_event(kind: str, **changes: Any) -> dict[str, Any]:
    return {
        "eventType": kind,
        "eventVersion": "1.0",
        "eventTimestamp": 1795452000456,
        "isFinal": True,
        "destinationPhoneNumber": "+14155550123",
        "messageId": "eum-1",
        "messageStatus": kind.partition("_")[2],
        "context": TAGS,
        **changes,
    }


def log_line(answer: str, status: str = "FAILURE") -> dict[str, Any]:
    return {
        "notification": {"messageId": "sns-1", "timestamp": "2026-11-23 16:40:00.123"},
        "delivery": {
            "destination": "+14155550123",
            "providerResponse": answer,
            "dwellTimeMs": 599,
        },
        "status": status,
    }


def log_event(*messages: str, kind: str = "DATA_MESSAGE") -> dict[str, Any]:
    """What a subscription filter brings."""
    lines = [{"id": "1", "timestamp": 1, "message": message} for message in messages]
    data = json.dumps({"messageType": kind, "logEvents": lines})
    return {"awslogs": {"data": base64.b64encode(gzip.compress(data.encode())).decode()}}
