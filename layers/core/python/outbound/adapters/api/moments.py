"""Moments: instants with their offset, or times on somebody's clock."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, WithJsonSchema

from outbound.adapters.api.forms import form
from outbound.domain import regions
from outbound.domain.duration import parse_duration

if TYPE_CHECKING:
    from datetime import timedelta

LOCAL_TIME = r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]$"
CENTURY = 20
SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "format": "date-time"},
        {"type": "string", "pattern": LOCAL_TIME},
    ]
}


def _of_a_clock(value: datetime) -> datetime:
    if value.tzinfo is None and (value.second or value.microsecond):
        raise ValueError("must have its offset; without one it is a local time, in whole minutes")
    if value.tzinfo is None and value.year // 100 != CENTURY:
        raise ValueError("must be a time of this century, like 2026-12-24T09:00")
    return value


def that_there_is(value: str) -> str:
    """A day, or a day with its time, which the calendar has.

    Raises:
        ValueError: it hasn't.
    """
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("must be a day that there is, like 2026-12-24T09:00") from None
    return value


def within(least: timedelta, most: timedelta, text: str) -> AfterValidator:
    """A duration between two, which `text` names."""

    def check(value: str) -> str:
        if not least <= parse_duration(value) <= most:
            raise ValueError(f"must be {text}")
        return value

    return AfterValidator(check)


Moment = Annotated[datetime, AfterValidator(_of_a_clock), WithJsonSchema(SCHEMA)]
"""An RFC 3339 time, or one without an offset: `2026-12-24T09:00`."""
Local = Annotated[
    str,
    form(LOCAL_TIME, "Must be a time on the clock without an offset, such as 2026-12-24T09:00."),
    AfterValidator(that_there_is),
]
Zone = Annotated[str, AfterValidator(regions.zone)]
