"""Soft bounces: an address that fails again and again is left alone for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.suppression import Reason, Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

MOST = 5
WITHIN = timedelta(days=14)
REST = timedelta(days=14)
"""After which the address is tried again; five more messages then decide."""


def worn_out(times: Iterable[datetime], at: datetime, provider: str) -> Suppression | None:
    """What stands against an address by when messages to it bounced; None where it is too few."""
    recent = [each for each in times if at - WITHIN < each <= at]
    if len(recent) < MOST:
        return None
    source = f"{provider} {MOST} soft bounces in {WITHIN.days} days"
    return Suppression(Reason.BOUNCED, at, source, expires_at=at + REST)
