"""Examples of alerts."""

from __future__ import annotations

from typing import Any

WANTED: dict[str, Any] = {
    "status": "Exercise",
    "urgency": "Immediate",
    "severity": "Severe",
    "certainty": "Observed",
    "categories": ["Health"],
    "target": {"regions": ["US-WA"]},
    "expires_at": "2027-01-31T18:00:00Z",
    "sender_name": "County Health",
    "info": [
        {
            "language": "en-US",
            "event": "Boil water",
            "headline": "Boil tap water before drinking",
            "instruction": "Boil water for one minute before you drink it.",
        },
        {
            "language": "es-US",
            "event": "Hervir el agua",
            "headline": "Hierva el agua del grifo antes de beberla",
            "instruction": "Hierva el agua un minuto antes de beberla.",
        },
    ],
    "escalation": [{"after": "PT30M", "channels": ["sms", "voice"]}],
}
CAP = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>drill-7</identifier>
  <sender>health@county.example</sender>
  <sent>2026-11-23T08:40:00-08:00</sent>
  <status>Exercise</status>
  <msgType>Alert</msgType>
  <scope>Public</scope>
  <info>
    <language>en-US</language>
    <category>Health</category>
    <event>Boil water</event>
    <urgency>Immediate</urgency>
    <severity>Severe</severity>
    <certainty>Observed</certainty>
    <headline>Boil tap water before drinking</headline>
    <area>
      <areaDesc>Washington</areaDesc>
      <geocode><valueName>ISO3166-2</valueName><value>US-WA</value></geocode>
    </area>
  </info>
</alert>
"""


def _shown(info: dict[str, Any]) -> dict[str, Any]:
    return {
        "language": info["language"],
        "event": info["event"],
        "categories": ["Health"],
        "urgency": "Immediate",
        "severity": "Severe",
        "certainty": "Observed",
        "headline": info["headline"],
        "description": None,
        "instruction": info["instruction"],
        "sender_name": "County Health",
        "web": None,
        "contact": None,
        "areas": [],
        "resources": [],
    }


def _place(channel: str, acknowledged: int, statuses: dict[str, int]) -> dict[str, Any]:
    counts = {"statuses": statuses, "acknowledged": acknowledged}
    return {"region": "US-WA", "channel": channel, **counts}


ALERT: dict[str, Any] = {
    "id": "alt_01kax3b2hv7fw2p8dz5r",
    "state": "awaiting_approval",
    "reason": None,
    "status": "Actual",
    "type": "Alert",
    "sender": "acme",
    "identifier": "alt_01kax3b2hv7fw2p8dz5r",
    "sent": "2026-11-23T16:40:00.123Z",
    "references": [],
    "target": {"regions": ["US-WA"]},
    "channels": ["email", "sms", "voice"],
    "expires_at": "2027-01-31T18:00:00.000Z",
    "info": [_shown(each) for each in WANTED["info"]],
    "calls_again": 0,
    "escalation": [{"after": "PT30M", "channels": ["sms", "voice"]}],
    "template": None,
    "created_at": "2026-11-23T16:40:00.123Z",
    "created_by": "ada",
    "approved_at": None,
    "approved_by": None,
    "launched_at": None,
    "finished_at": None,
}
SENDING = {
    **ALERT,
    "state": "sending",
    "approved_at": "2026-11-23T16:41:00.000Z",
    "approved_by": "grace",
    "launched_at": "2026-11-23T16:41:00.000Z",
}
CANCELLED = {**SENDING, "state": "cancelled", "reason": "requested"}
PROGRESS = {
    **SENDING,
    "progress": {
        "waves": 1,
        "expanded": True,
        "statuses": {"delivered": 1810, "sent": 40, "blocked": 12},
        "places": [
            _place("email", 12, {"delivered": 910, "blocked": 12}),
            _place("sms", 610, {"delivered": 900, "sent": 40}),
        ],
        "acknowledged": {"email": 12, "sms": 610},
        "steps": [
            {
                "at": "2026-11-23T16:41:00.000Z",
                "after": "P0D",
                "channels": ["email", "sms", "voice"],
                "for": "all",
                "begun": True,
                "expanded": True,
                "recipients": 1862,
                "statuses": {"delivered": 1810, "sent": 40, "blocked": 12},
                "cost": {"amount": "8.46000", "currency": "USD", "estimated": True},
            },
            {
                "at": "2026-11-23T17:11:00.000Z",
                "after": "PT30M",
                "channels": ["sms", "voice"],
                "for": "not_acknowledged",
                "begun": False,
                "expanded": False,
                "recipients": 0,
                "statuses": {},
                "cost": {"amount": "0.00000", "currency": "USD", "estimated": True},
            },
        ],
        "cost": {"amount": "8.46000", "currency": "USD", "estimated": True},
    },
}
ESTIMATE: dict[str, Any] = {
    "shards": {"counted": 32, "of": 32},
    "recipients": 2,
    "reached": 2,
    "channels": [
        {
            "channel": "sms",
            "at_once": True,
            "recipients": 1,
            "takes": "PT1S",
            "decisions": [
                {"verdict": "send", "rule": None, "source": None, "reason": None, "count": 1},
                {
                    "verdict": "block",
                    "rule": "contact.address",
                    "source": "the contact's profile",
                    "reason": "no_address_for_channel",
                    "count": 1,
                },
            ],
            "parts": 2,
            "price": {"amount": "0.01800", "currency": "USD", "estimated": True, "unpriced": 0},
        },
        {
            "channel": "email",
            "at_once": True,
            "recipients": 2,
            "takes": "PT1S",
            "decisions": [
                {"verdict": "send", "rule": None, "source": None, "reason": None, "count": 2}
            ],
            "parts": 0,
            "price": {"amount": "0.00020", "currency": "USD", "estimated": True, "unpriced": 0},
        },
    ],
    "price": {"amount": "0.01820", "currency": "USD", "estimated": True, "unpriced": 0},
    "price_at_most": {"amount": "0.03620", "currency": "USD"},
    "sample": [
        {
            "contact_id": "ada",
            "masked": "+1415•••0123",
            "channel": "sms",
            "verdict": "send",
            "reason": None,
            "rendered": {"text": "The river rises. Go to high ground."},
        }
    ],
}
