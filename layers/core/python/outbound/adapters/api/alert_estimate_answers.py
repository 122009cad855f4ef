"""Estimates of alerts, as answers hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.campaign_answers import decided, money
from outbound.domain.address import masked
from outbound.domain.duration import duration_text

if TYPE_CHECKING:
    from outbound.flow.alerts.estimating import AlertEstimate, OnChannel, Tried


def estimate_body(found: AlertEstimate) -> dict[str, Any]:
    """What an alert would do."""
    return {
        "shards": {"counted": found.shards, "of": found.of},
        "recipients": found.recipients,
        "reached": found.reached,
        "channels": [_on(each) for each in found.channels],
        "price": {
            **money(found.price),
            "estimated": True,
            "unpriced": sum(each.unpriced for each in found.channels if each.at_once),
        },
        "price_at_most": money(found.at_most),
        "sample": [_tried(each) for each in found.sample],
    }


def _on(found: OnChannel) -> dict[str, Any]:
    return {
        "channel": found.channel,
        "at_once": found.at_once,
        "recipients": found.recipients,
        "takes": duration_text(found.takes),
        "decisions": [
            decided(decision.verdict, decision, count)
            for decision, count in found.decisions.items()
        ],
        "parts": found.parts,
        "price": {**money(found.price), "estimated": True, "unpriced": found.unpriced},
    }


def _tried(tried: Tried) -> dict[str, Any]:
    message = tried.message
    return {
        "contact_id": message.contact_id or None,
        "masked": masked(message.address) if message.address.value else None,
        "channel": message.channel,
        "verdict": message.decision.verdict,
        "reason": message.decision.reason,
        "rendered": dict(tried.bodies) or None,
    }
