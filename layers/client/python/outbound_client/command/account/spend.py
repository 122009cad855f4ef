"""Spend limits of End User Messaging, and how they compare with the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound_client.command.account.facts import NotKnown

if TYPE_CHECKING:
    from decimal import Decimal

    from outbound_client.command.account.facts import Facts

NAMES = {
    "sms": "TEXT_MESSAGE_MONTHLY_SPEND_LIMIT",
    "mms": "MEDIA_MESSAGE_MONTHLY_SPEND_LIMIT",
    "voice": "VOICE_MESSAGE_MONTHLY_SPEND_LIMIT",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """US dollars a month: where sending stops now, and the most AWS lets it be set to."""

    enforced: int
    most: int


def limit_of(facts: Facts, kind: str) -> Limit | None:
    """The limit of `sms`, `mms` or `voice`; None where AWS names none.

    Raises:
        NotKnown: the limits could not be had.
    """
    for found in facts["phone.limits"]:
        if found["Name"] == NAMES[kind]:
            return Limit(found["EnforcedLimit"], found["MaxLimit"])
    return None


def known_limit(facts: Facts, kind: str) -> Limit | None:
    """The limit, or None where it could not be had either: for where it is only good to know."""
    try:
        return limit_of(facts, kind)
    except NotKnown:
        return None


def whole_dollars(limit: Decimal) -> int:
    """A monthly limit as AWS takes it: whole dollars, rounded down, but never the 0 that stops."""
    return max(1, int(limit))
