"""Instants: aware UTC datetimes inside, RFC 3339 with milliseconds and Z outside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

REMEMBERED = 1024
"""Instants that were written: those of one call are the same for all who are in it."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(instant: datetime) -> int:
    """Whole milliseconds since 1970-01-01T00:00:00Z."""
    return (instant - _EPOCH) // timedelta(milliseconds=1)


_FIRST, _LAST = (milliseconds(each.replace(tzinfo=UTC)) for each in (datetime.min, datetime.max))


@lru_cache(REMEMBERED)
def seconds(instant: datetime) -> int:
    """Whole seconds since 1970-01-01T00:00:00Z."""
    return (instant - _EPOCH) // timedelta(seconds=1)


def from_milliseconds(value: int) -> datetime:
    """The instant `value` milliseconds after 1970-01-01T00:00:00Z."""
    return _EPOCH + timedelta(milliseconds=value)


def to_milliseconds(instant: datetime) -> datetime:
    """The same instant in UTC without its microseconds: what survives being written and read.

    In another zone some instants lie beyond the years that there are: they become the nearest.
    """
    return from_milliseconds(min(max(milliseconds(instant), _FIRST), _LAST))


@lru_cache(REMEMBERED)
def rfc3339(instant: datetime) -> str:
    """`2026-11-23T16:40:00.123Z`. Its text order is the order in time."""
    text = instant.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def rfc3339_or_none(instant: datetime | None) -> str | None:
    """The same of what may be missing."""
    return None if instant is None else rfc3339(instant)


def parse_rfc3339(text: str) -> datetime:
    """The instant that `rfc3339` wrote."""
    return datetime.fromisoformat(text)
