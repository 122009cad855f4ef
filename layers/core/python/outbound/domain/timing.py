"""When a campaign's runs begin, and when each recipient's turn is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from outbound.domain.instant import to_milliseconds
from outbound.domain.recurrence_rule import WITH_HOURLY, WrongRule, bounded, times_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EARLIEST = timedelta(hours=14)
"""How far ahead of UTC clocks may be: the first place where a local time comes is there."""
CLOSEST = timedelta(hours=1)
"""Between two runs of a campaign."""
FARTHEST = timedelta(days=10 * 366)
"""How far ahead the next run is looked for: 29 February is eight years away at most."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a campaign is sent. All empty: as soon as it is launched.

    `at` is an instant. `local` is a time on the recipient's own clock; `rule` an RRULE (RFC 5545,
    3.3.10) that begins at `local` in `timezone`, until `until`. `timezone` also stands in for a
    recipient's that isn't known.
    """

    at: datetime | None = None
    local: datetime | None = None
    timezone: str | None = None
    rule: str | None = None
    until: datetime | None = None

    @property
    def repeats(self) -> bool:
        """Whether there may be several runs."""
        return self.rule is not None

    @property
    def by_recipient(self) -> bool:
        """Whether each recipient has a time of their own."""
        return self.local is not None and self.rule is None

    def first(self, launched: datetime) -> datetime | None:
        """The instant of the first run, None where all its times have passed."""
        if self.rule is not None:
            return self.after(launched - timedelta(milliseconds=1))
        if self.local is not None:
            return max(launched, self.local.replace(tzinfo=UTC) - EARLIEST)
        return max(launched, self.at or launched)

    def after(self, instant: datetime) -> datetime | None:
        """The instant of the run that follows one at `instant`."""
        if self.rule is None:
            return None
        return next(_occurrences(self, instant), None)

    def latest(self, instant: datetime, now: datetime) -> datetime:
        """The last of the times from one at `instant` on that has come by now."""
        if self.rule is None:
            return instant
        come = takewhile(lambda each: each <= now, _occurrences(self, instant))
        return max(come, default=instant)

    def check(self, now: datetime) -> None:
        """Raises WrongRule when the recurrence can't be used."""
        if self.rule is None:
            return
        times = _occurrences(self, now)
        first = next(times, None)
        if first is None:
            raise WrongRule("has no occurrence in the future")
        for _, second in zip(range(50), times, strict=False):
            if second - first < CLOSEST:
                raise WrongRule("must leave an hour between two occurrences")
            first = second


def turn(schedule: Schedule, zones: Iterable[str], at: datetime) -> datetime:
    """When it is a recipient's turn in the run at `at`: in all the zones they may be in."""
    if not schedule.by_recipient or schedule.local is None:
        return at
    known = sorted(zones) or [schedule.timezone or "UTC"]
    return max(at, *(in_zone(schedule.local, zone) for zone in known))


def in_zone(local: datetime, zone: str) -> datetime:
    """The instant at which clocks in a zone show a time: one that is left out, shows shortly after.

    Of two, the first (RFC 5545, 3.3.5).
    """
    return to_milliseconds(local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))


def _occurrences(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    assert schedule.rule is not None
    assert schedule.local is not None
    zone = schedule.timezone or "UTC"
    from_there = after.astimezone(ZoneInfo(zone)).replace(tzinfo=None) - timedelta(hours=2)
    rule, number, end = bounded(schedule.rule, WITH_HOURLY)
    horizon = max(from_there, schedule.local) + FARTHEST
    for local in islice(times_of(rule, schedule.local, min(end or horizon, horizon)), number):
        if local < from_there:
            continue
        instant = in_zone(local, zone)
        if schedule.until is not None and instant > schedule.until:
            return
        if instant > after:
            # Two that clocks bring to one instant are one.
            after = instant
            yield instant
