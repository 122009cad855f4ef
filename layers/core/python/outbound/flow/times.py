"""When a message may leave, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.errors import refused_at
from outbound.domain.instant import to_milliseconds
from outbound.domain.local_time import instant_at, on_clock, skipped
from outbound.domain.words import Purpose

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.contact import Contact

LIFETIME = timedelta(days=1)
LIFETIME_OF_AN_OFFER = timedelta(days=3)
"""An offer may have to wait over a weekend for a lawful hour."""
FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Times:
    """`not_before` is None for a message that leaves at once."""

    not_before: datetime | None
    expires_at: datetime


def instant_of(send_at: datetime, contact: Contact | None) -> datetime:
    """The instant of a time; one without an offset is on the contact's own clock.

    Raises:
        Refusal: the contact's zone isn't known, or clocks there skip the time.
    """
    if send_at.tzinfo is not None:
        return send_at
    if contact is None or contact.timezone is None:
        message = "The contact has no timezone: set one, or give send_at with its offset."
        raise refused_at("/send_at", "timezone_not_known", message)
    if skipped(send_at, contact.timezone):
        after = on_clock(instant_at(send_at, contact.timezone), contact.timezone)
        message = f"The contact's clock skips this time; it goes on at {after:%Y-%m-%dT%H:%M}."
        raise refused_at("/send_at", "time_does_not_exist", message)
    return instant_at(send_at, contact.timezone)


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
