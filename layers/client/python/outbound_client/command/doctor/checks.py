"""Which checks there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command.account import NotKnown
from outbound_client.command.doctor import (
    email,
    platform,
    probe,
    sender_domain,
    sms,
    tenants,
    voice,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from outbound_client.command.account import Facts
    from outbound_client.command.doctor.verdict import Check

CHANNELS = ("platform", "email", "sms", "voice")


def checks(facts: Facts, channels: Collection[str]) -> list[Check]:
    """The checks of these channels, for the providers they use."""
    by_channel = {
        "platform": platform.CHECKS,
        "email": (*email.CHECKS, *sender_domain.CHECKS, *tenants.checks(facts), probe.CHECK),
        "sms": sms.BY_SNS if _texts_by_sns(facts) else sms.BY_END_USER_MESSAGING,
        "voice": voice.CHECKS,
    }
    return [check for channel in CHANNELS if channel in channels for check in by_channel[channel]]


def _texts_by_sns(facts: Facts) -> bool:
    try:
        return sms.by_sns(facts)
    except NotKnown:
        return True
