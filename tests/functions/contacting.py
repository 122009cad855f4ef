"""What tests of contacts and permission ask of the API."""

from __future__ import annotations

GRANTED = {
    "status": "granted",
    "level": "express_written",
    "source": "web form",
    "wording": "Text me offers.",
    "proof": "form 12",
}
ADA = {"email": "Ada@Example.com", "phone": "+14255550123", "region": "US-WA"}
NOON = "2026-11-24T20:00:00Z"
"""In Washington; 04:00 of the same day is eight in the evening there."""


def put(api, somebody, body=None, **asked):
    return api.ask("PUT", somebody, body or {}, **asked)


def decide(api, somebody, at=NOON, **changes):
    contact_id = somebody.rpartition("/")[2]
    question = {
        "at": at,
        "channel": "sms",
        "purpose": "marketing",
        "contact_ids": [contact_id],
    } | changes
    [item] = api.ask("POST", "/v1/decisions", question).body["items"]
    return item["decision"]
