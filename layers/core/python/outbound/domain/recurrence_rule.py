"""What of RFC 5545's recurrence rules (3.3.10) is taken, and their ends told from the rest.

Parts that could name what never comes, such as 30 February each day, are not: looking for it would
take until the year 9999.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

AT_MOST = 10_000
FORM = "must be one RRULE of RFC 5545, like FREQ=WEEKLY;BYDAY=MO,TH"
_ALWAYS = {"FREQ", "INTERVAL", "BYHOUR", "BYMINUTE", "BYDAY", "WKST", "COUNT", "UNTIL"}
_DAYS = {"BYMONTHDAY", "BYSETPOS"}
PARTS = {
    "DAILY": _ALWAYS,
    "WEEKLY": _ALWAYS,
    "MONTHLY": _ALWAYS | _DAYS,
    "YEARLY": _ALWAYS | _DAYS | {"BYMONTH"},
}
"""For each frequency what else a rule may have."""
WITH_HOURLY = {"HOURLY": _ALWAYS, **PARTS}
_PART = re.compile(r"[A-Z]{2,10}=[A-Z0-9,+-]{1,100}")
_INTERVAL = re.compile(r"[1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-6]")
_PLACE = re.compile(r"-?[1-4]")


class WrongRule(ValueError):
    """A recurrence that can't be read, or comes too often; the message says what would be right."""


def bounded(
    rule: str, taken: Mapping[str, set[str]] = PARTS
) -> tuple[str, int | None, datetime | None]:
    """A rule without its COUNT and UNTIL, and these.

    Raises:
        WrongRule: it isn't one, or not one that is taken.
    """
    texts = rule.upper().split(";")
    if not all(_PART.fullmatch(text) for text in texts):
        raise WrongRule(FORM)
    parts = dict(text.split("=") for text in texts)
    if len(parts) < len(texts) or parts.get("FREQ") not in taken:
        raise WrongRule(f"{FORM}; FREQ is one of {', '.join(taken)}")
    _check(parts, taken[parts["FREQ"]])
    counted, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    try:
        number = int(counted) if counted is not None else None
        end = _end(until) if until is not None else None
    except ValueError:
        raise WrongRule(f"{FORM}; its UNTIL is a time on the clock: 20270114T200000") from None
    if number is not None and not 1 <= number <= AT_MOST:
        raise WrongRule(f"must have a COUNT from 1 to {AT_MOST:,}")
    return ";".join(f"{name}={value}" for name, value in parts.items()), number, end


def times_of(rule: str, start: datetime, end: datetime) -> Iterator[datetime]:
    """The times on the clock of a rule without COUNT and UNTIL, from `start` to `end`.

    Raises:
        WrongRule: it can't be read.
    """
    # Imported where it is needed: 30 ms of every cold start else.
    from dateutil.rrule import rrule, rrulestr

    try:
        found = rrulestr(rule, dtstart=start)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        raise WrongRule(FORM) from None
    if not isinstance(found, rrule):
        raise WrongRule(FORM)
    return iter(found.replace(until=end))


def _check(parts: dict[str, str], known: set[str]) -> None:
    if not known.issuperset(parts):
        raise WrongRule(f"may have {', '.join(sorted(known))} where FREQ is {parts['FREQ']}")
    interval = parts.get("INTERVAL", "1")
    if not _INTERVAL.fullmatch(interval):
        raise WrongRule("must have an INTERVAL from 1 to 366")
    if parts["FREQ"] == "DAILY" and "BYDAY" in parts and interval != "1":
        raise WrongRule("must have an INTERVAL of 1 where FREQ is DAILY with BYDAY")
    place = parts.get("BYSETPOS")
    if place is not None and (
        not _PLACE.fullmatch(place) or "BYDAY" not in parts or "BYMONTHDAY" in parts
    ):
        raise WrongRule("must have a BYSETPOS from -4 to 4, with BYDAY and without BYMONTHDAY")


def _end(text: str) -> datetime:
    if len(text) == len("20270114"):
        return datetime.strptime(text, "%Y%m%d").replace(hour=23, minute=59)
    return datetime.strptime(text, "%Y%m%dT%H%M%S")
