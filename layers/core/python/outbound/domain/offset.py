"""Offsets from a moment: days on the calendar there, and lengths of time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.duration import parse_duration
from outbound.domain.local_time import instant_at, on_clock

if TYPE_CHECKING:
    from datetime import datetime

OFFSET = r"^[+-]?P(\d{1,3}W)?(\d{1,3}D)?(T(\d{1,4}H)?(\d{1,6}M)?)?$"
FURTHEST = timedelta(days=366)
_DAYS = re.compile(r"P(?:\d+W)?(?:\d+D)?")


@dataclass(frozen=True, slots=True)
class Offset:
    """A day earlier is the same time on the clock, whatever clocks did meanwhile; an hour is an
    hour."""

    days: int
    rest: timedelta

    @property
    def length(self) -> timedelta:
        """How long it usually is."""
        return timedelta(days=self.days) + self.rest

    def shift(self, moment: datetime, zone: str) -> datetime:
        """The instant that lies so far from a moment."""
        if not self.days:
            return moment + self.rest
        local = on_clock(moment, zone) + timedelta(days=self.days)
        return instant_at(local, zone) + self.rest


def parse_offset(text: str) -> Offset:
    """The offset that a text names: `-P1D` is a day before.

    Raises:
        ValueError: it is none; the message says what would be right.
    """
    sign, unsigned = (-1, text[1:]) if text[:1] == "-" else (1, text.removeprefix("+"))
    if not re.fullmatch(OFFSET, text, re.ASCII):
        raise ValueError("must be an ISO 8601 duration with a sign, like -P1D or -PT1H")
    whole = parse_duration(unsigned)
    days = _DAYS.match(unsigned)
    nominal = parse_duration(days[0]) if days and days[0] != "P" else timedelta()
    offset = Offset(sign * nominal.days, sign * (whole - nominal))
    if abs(offset.length) > FURTHEST:
        raise ValueError("must be at most 366 days")
    return offset
