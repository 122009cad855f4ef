"""Repetitions: times on a clock that come again, and the instants that they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, islice, pairwise, takewhile
from typing import TYPE_CHECKING

from outbound.domain.local_time import instant_at, on_clock
from outbound.domain.recurrence_rule import WrongRule, times_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import time

LONGEST = timedelta(days=5 * 366)
CLOSEST = timedelta(minutes=15)
DAY = timedelta(days=1)
ENDLESS = "must have an end: until, count or days_supply"


@dataclass(frozen=True, slots=True)
class Repetition:
    """Times on the clocks of a zone, from `start` on: each day at `times`, or by `rule` (RRULE).

    It ends with `until`, after `count` of them, or when a supply for so many days is used up.
    `excluded` are days (`2026-12-25`) and times (`2026-12-25T08:00`) that are left out.
    """

    start: datetime
    zone: str
    times: tuple[time, ...] = ()
    rule: str | None = None
    until: datetime | None = None
    count: int | None = None
    days_supply: int | None = None
    excluded: frozenset[str] = frozenset()

    @property
    def end(self) -> datetime:
        """The time on the clock up to which there may be any."""
        ends = [self.start + LONGEST]
        if self.until is not None:
            ends.append(self.until)
        if self.days_supply is not None:
            ends.append(self.start + timedelta(days=self.days_supply) - timedelta(minutes=1))
        return min(ends)

    @property
    def over(self) -> datetime:
        """The time on the clock at which it is over: with a count, that of the last."""
        if self.count is None:
            return self.end
        return max(self._locals(self.start), default=self.end)

    @property
    def first(self) -> datetime:
        """The instant of the first, whether it has passed or not."""
        return next(self.after(instant_at(self.start, self.zone) - DAY))[0]

    def after(self, instant: datetime) -> Iterator[tuple[datetime, str]]:
        """The instants after one, in their order, each with the time that clocks shall show.

        A time that clocks skip comes at the first instant after; what two times come to is one.
        """
        last = instant
        for local in self._locals(on_clock(instant, self.zone) - DAY):
            at = instant_at(local, self.zone)
            if at > last:
                last = at
                yield at, f"{local:%Y-%m-%dT%H:%M}"

    def check(self, now: datetime) -> None:
        """Raises WrongRule when it can't be kept."""
        if self.until is None and self.count is None and self.days_supply is None:
            raise WrongRule(ENDLESS)
        coming = [at for at, _ in islice(self.after(now), 50)]
        if not coming:
            raise WrongRule("has no time that is to come")
        if any(second - first < CLOSEST for first, second in pairwise(coming)):
            raise WrongRule("must leave 15 minutes between two times")

    def _locals(self, since: datetime) -> Iterator[datetime]:
        times: Iterator[datetime] = takewhile(lambda local: local <= self.end, self._all(since))
        if self.count is not None:
            times = islice(times, self.count)
        return (local for local in times if local >= since and not self._left_out(local))

    def _left_out(self, local: datetime) -> bool:
        return not self.excluded.isdisjoint((f"{local:%Y-%m-%d}", f"{local:%Y-%m-%dT%H:%M}"))

    def _all(self, since: datetime) -> Iterator[datetime]:
        """Those since a time, or all where they are counted."""
        if self.rule is not None:
            return times_of(self.rule, self.start, self.end)
        skipped = 0 if self.count is not None else max(0, (since - self.start).days - 1)
        days = (self.start.date() + timedelta(days=number) for number in count(skipped))
        each = (datetime.combine(day, at) for day in days for at in sorted(self.times))
        return (local for local in each if local >= self.start)
