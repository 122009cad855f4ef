"""Repetitions: times on a clock that come again, and the instants that they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, count, islice, takewhile
from typing import TYPE_CHECKING

from outbound.domain.local_time import instant_at, on_clock
from outbound.domain.timing import WrongRule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import time

LONGEST = timedelta(days=5 * 366)
CLOSEST = timedelta(minutes=15)
DAY = timedelta(days=1)
FORM = "must be one RRULE of RFC 5545, like FREQ=WEEKLY;BYDAY=MO,TH"
FREQUENCIES = frozenset({"HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
ENDLESS = "must have an end: until, count or days_supply"
AT_MOST = 10_000


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
        first, *others = [at for at, _ in islice(self.after(now), 50)] or [None]
        if first is None:
            raise WrongRule("has no time that is to come")
        for second in others:
            if second - first < CLOSEST:
                raise WrongRule("must leave 15 minutes between two times")
            first = second

    def _locals(self, since: datetime) -> Iterator[datetime]:
        times = takewhile(lambda local: local <= self.end, self._all(since))
        if self.count is not None:
            times = islice(times, self.count)
        return (local for local in times if local >= since and not self._left_out(local))

    def _left_out(self, local: datetime) -> bool:
        return not self.excluded.isdisjoint((f"{local:%Y-%m-%d}", f"{local:%Y-%m-%dT%H:%M}"))

    def _all(self, since: datetime) -> Iterator[datetime]:
        """Those since a time, or all where they are counted."""
        if self.rule is not None:
            return _by_rule(self.rule, self.start, self.end)
        skipped = 0 if self.count is not None else max(0, (since - self.start).days - 1)
        days = (self.start.date() + timedelta(days=number) for number in count(skipped))
        each = (datetime.combine(day, at) for day in days for at in sorted(self.times))
        return (local for local in each if local >= self.start)


def bounded(rule: str) -> tuple[str, int | None, datetime | None]:
    """A rule without its COUNT and UNTIL, and these.

    Raises:
        WrongRule: it isn't one, or comes too often.
    """
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    if parts.get("FREQ") not in FREQUENCIES or "DTSTART" in rule.upper() or "\n" in rule:
        raise WrongRule(FORM)
    counted, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    try:
        number = int(counted) if counted is not None else None
        end = _end(until) if until is not None else None
    except ValueError:
        raise WrongRule(FORM) from None
    if number is not None and not 1 <= number <= AT_MOST:
        raise WrongRule(f"must have a COUNT from 1 to {AT_MOST:,}")
    return ";".join(f"{name}={value}" for name, value in parts.items()), number, end


def _end(text: str) -> datetime:
    if len(text) == len("20270114"):
        return datetime.strptime(text, "%Y%m%d").replace(hour=23, minute=59)
    return datetime.strptime(text, "%Y%m%dT%H%M%S")


def _by_rule(text: str, start: datetime, end: datetime) -> Iterator[datetime]:
    # Imported where it is needed: 30 ms of every cold start else.
    from dateutil.rrule import rrule, rrulestr

    try:
        rule = rrulestr(text, dtstart=start)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        raise WrongRule(FORM) from None
    if not isinstance(rule, rrule):
        raise WrongRule(FORM)
    # Without an end, what never comes (30 February) would be looked for until the year 9999.
    return chain(rule.replace(until=end))
