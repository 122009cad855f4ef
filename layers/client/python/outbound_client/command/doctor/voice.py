"""Checks of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command.doctor import phone
from outbound_client.command.doctor.verdict import Check, Verdict

if TYPE_CHECKING:
    from outbound_client.command.account import Facts

EVENTS = ("COMPLETED", "BUSY", "NO_ANSWER", "FAILED", "TTL_EXPIRED")


def sandbox(facts: Facts) -> Verdict:
    """In the sandbox 20 calls a day reach verified numbers."""
    return phone.tier(facts, "calls")


def spend_limit(facts: Facts) -> Verdict:
    """The limit at which AWS stops calls."""
    return phone.spend_limit(facts, "voice")


def number(facts: Facts) -> Verdict:
    """The number that calls."""
    origination = facts.deployed.settings.voice.origination
    found = phone.number_named(facts, origination)
    if found is None:
        return phone.missing(facts, origination, "voice")
    return phone.usable(facts, found, "VOICE")


def rate(facts: Facts) -> Verdict:
    """How many calls a second the number takes."""
    settings = facts.deployed.settings.voice
    found = phone.number_named(facts, settings.origination)
    numbers = [found] if found else []
    return phone.fast_enough(facts, numbers, "VOICE", settings.rate_per_second, "voice")


def events(facts: Facts) -> Verdict:
    """Receipts of calls."""
    return phone.events(facts, "VOICE", EVENTS, "calls")


CHECKS = (
    Check("voice.sandbox", sandbox),
    Check("voice.spend-limit", spend_limit),
    Check("voice.number", number),
    Check("voice.rate", rate),
    Check("voice.events", events),
)
