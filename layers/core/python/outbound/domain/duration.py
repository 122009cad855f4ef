"""Durations as ISO 8601 writes them: `P30D`, `PT1H30M`."""

from __future__ import annotations

import re
from datetime import timedelta

HINT = "must be an ISO 8601 duration of weeks, days, hours, minutes or seconds, like P30D or PT45M"
_DURATION = re.compile(
    r"P(?=.)(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=.)(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,8})S)?)?",
    re.ASCII,
)


def parse_duration(text: str) -> timedelta:
    """The length of time that a text names; months and years have none of their own.

    Raises:
        ValueError: it isn't one; the message says what would be right.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(HINT)
    return timedelta(**{unit: int(count or 0) for unit, count in match.groupdict().items()})


def duration_text(duration: timedelta) -> str:
    """A length of time in the same form: `P3D`, `PT90M`."""
    seconds = int(duration.total_seconds())
    if seconds % 86_400 == 0:
        return f"P{seconds // 86_400}D"
    for unit, length in (("H", 3_600), ("M", 60)):
        if seconds % length == 0:
            return f"PT{seconds // length}{unit}"
    return f"PT{seconds}S"
