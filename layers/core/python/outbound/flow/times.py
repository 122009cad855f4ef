"""When a message may leave, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.errors import refused_at
from outbound.domain.instant import to_milliseconds
from outbound.domain.words import Purpose

if TYPE_CHECKING:
    from datetime import datetime

LIFETIME = timedelta(days=1)
LIFETIME_OF_AN_OFFER = timedelta(days=3)
"""An offer may have to wait over a weekend for a lawful hour."""
FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Times:
    """`not_before` is None for a message that leaves at once."""

    not_before: datetime | None
    expires_at: datetime


def check_times(
    send_at: datetime | None, expires_at: datetime | None, now: datetime, purpose: Purpose
) -> Times:
    """The times of a message; without `expires_at` it is tried for a day, an offer for three.

    Raises:
        Refusal: a time in the past, too far ahead, or in the wrong order.
    """
    leaves = None
    if send_at is not None:
        _check("/send_at", send_at, now)
        leaves = to_milliseconds(send_at)
    start = leaves or now
    if expires_at is None:
        offer = purpose is Purpose.MARKETING
        return Times(leaves, start + (LIFETIME_OF_AN_OFFER if offer else LIFETIME))
    _check("/expires_at", expires_at, now, furthest=start + FURTHEST)
    ends = to_milliseconds(expires_at)
    if ends <= start:
        message = "expires_at must be after send_at."
        raise refused_at("/expires_at", "expires_before_send", message)
    return Times(leaves, ends)


def _check(
    pointer: str, instant: datetime, now: datetime, furthest: datetime | None = None
) -> None:
    name = pointer[1:]
    if instant <= now:
        raise refused_at(pointer, "time_in_the_past", f"{name} must be in the future.")
    if instant > (furthest or now + FURTHEST):
        raise refused_at(pointer, "time_too_far", f"{name} must be within 366 days.")
