"""Quiet hours: when all windows, in all zones that someone may be in, are open at once.

The law speaks of the clock on the recipient's wall, so that is what is looked at: in the hour that
an autumn night has twice both are the same hour, and one that a spring night skips never comes.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from outbound.domain.rules.jurisdiction import Window

HORIZON = timedelta(days=8)
"""Whatever isn't open within a week never is."""
MINUTE = timedelta(minutes=1)
_zone = lru_cache(maxsize=600)(ZoneInfo)


def is_open(window: Window, zone: str, at: datetime) -> bool:
    """Whether the clock on a wall in this zone is within the window."""
    local = at.astimezone(_zone(zone))
    hours = window.days.get(local.weekday())
    if hours is None:
        return False
    begin, end = hours
    now = local.time()
    return begin <= now and (end == time.min or now < end)


def closed(
    windows: Sequence[Window], zones: Collection[str], at: datetime
) -> list[tuple[Window, str]]:
    """The windows that aren't open, each with the zone it is closed in."""
    return [(each, zone) for each in windows for zone in zones if not is_open(each, zone, at)]


def strictest(shut: Sequence[tuple[Window, str]], at: datetime) -> Window:
    """Of windows that are closed, the one that opens last; the most local of several."""
    last = datetime.max.replace(tzinfo=UTC)
    openings = [_next_opening(window, zone, at) or last for window, zone in shut]
    return max(zip(openings, range(len(shut)), shut, strict=True))[2][0]


def opening(windows: Sequence[Window], zones: Collection[str], at: datetime) -> datetime | None:
    """The first instant from `at` on when all are open everywhere; None if there is none."""
    instant = at
    while instant <= at + HORIZON:
        shut = closed(windows, zones, instant)
        if not shut:
            return instant
        openings = [_next_opening(window, zone, instant) for window, zone in shut]
        latest = max((each for each in openings if each is not None), default=None)
        if latest is None or None in openings:
            return None
        instant = latest
    return None


def _next_opening(window: Window, zone: str, at: datetime) -> datetime | None:
    """The first instant after `at` when a window that is closed then is open."""
    here = _zone(zone)
    day = at.astimezone(here).date()
    for offset in range(HORIZON.days + 1):
        hours = window.days.get((day + timedelta(days=offset)).weekday())
        if hours is None:
            continue
        wall = datetime.combine(day + timedelta(days=offset), hours[0], here)
        instant = wall.astimezone(UTC)
        while is_open(window, zone, instant - MINUTE) and instant - MINUTE > at:
            # The wall-clock time is one that a spring night skips; the window opens where it ends.
            instant -= MINUTE
        if instant > at and is_open(window, zone, instant):
            return instant
    return None
