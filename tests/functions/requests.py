"""Requests that are accepted."""

from __future__ import annotations

from typing import Any

PHONE = "+14155550123"
EMAIL = "success@simulator.amazonses.com"


def sms(**changes: Any) -> dict[str, Any]:
    return {
        "to": {"phone": PHONE},
        "channel": "sms",
        "purpose": "transactional",
        "content": {"text": "Order {{ order }} has shipped."},
        "data": {"order": "A-77"},
        **changes,
    }


def email(**changes: Any) -> dict[str, Any]:
    content = {
        "subject": "Order {{ order }}",
        "text": "Order {{ order }} has shipped.",
        "html": "<p>Order <b>{{ order }}</b> has shipped.</p>",
    }
    return sms(to={"email": EMAIL}, channel="email", content=content) | changes


def voice(**changes: Any) -> dict[str, Any]:
    content = {"ssml": "<speak>Your order {{ order }} has shipped.</speak>"}
    return sms(channel="voice", content=content) | changes


def template(**changes: Any) -> dict[str, Any]:
    return {
        "purpose": "transactional",
        "channels": {"sms": sms()["content"], "email": email()["content"]},
        **changes,
    }


def new_key(**changes: Any) -> dict[str, Any]:
    return {
        "name": "till",
        "mode": "live",
        "scopes": ["messages:write"],
        "purposes": ["transactional"],
        **changes,
    }
