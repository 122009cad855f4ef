"""Tracking: what a person does with a message is noted only if they have said yes to that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.consent import TRACKING, ConsentStatus, revoked
from outbound.domain.words import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from outbound.domain.consent import Consent
    from outbound.domain.words import Channel

OPENED, CLICKED = "opened", "clicked"
TRACKED = frozenset({OPENED, CLICKED})
"""Marks that need a consent."""


def tracked(
    consents: Iterable[Consent],
    channel: Channel,
    purpose: Purpose,
    *,
    address_key: str,
    now: datetime,
) -> bool:
    """Whether that may be noted: never of health, else with a yes to this topic by name.

    A yes to all topics is none to being watched; a no to all of them is.
    """
    consents = tuple(consents)
    if purpose is Purpose.HEALTHCARE or revoked(consents, channel, purpose, TRACKING):
        return False
    return any(
        each.status is ConsentStatus.GRANTED
        and each.about == (channel, purpose, TRACKING)
        and address_key in each.covers
        and (each.expires_at is None or now < each.expires_at)
        for each in consents
    )
