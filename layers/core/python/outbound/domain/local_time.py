"""Times on clocks, and the instants at which clocks show them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from outbound.domain.instant import to_milliseconds

MILLISECOND = timedelta(milliseconds=1)


def skipped(local: datetime, zone: str) -> bool:
    """Whether clocks in a zone never show this time, because they are put forward over it."""
    back = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone))
    return back.replace(tzinfo=None) != local


def instant_at(local: datetime, zone: str) -> datetime:
    """The instant at which clocks in a zone show a time: of two, the first.

    Of a time that they skip, the first instant after: that at which they are put forward.
    """
    there = ZoneInfo(zone)
    if not skipped(local, zone):
        return to_milliseconds(local.replace(tzinfo=there).astimezone(UTC))
    later = local.replace(tzinfo=there).astimezone(UTC)
    earlier = local.replace(tzinfo=there, fold=1).astimezone(UTC)
    changed = later.astimezone(there).utcoffset()
    while later - earlier > MILLISECOND:
        middle = to_milliseconds(earlier + (later - earlier) / 2)
        if middle.astimezone(there).utcoffset() == changed:
            later = middle
        else:
            earlier = middle
    return later


def on_clock(instant: datetime, zone: str) -> datetime:
    """The time that clocks in a zone show at an instant."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
