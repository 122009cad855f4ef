"""An appointment that goes with an email: what its rendered fields must be.

Its fields are bodies like the others, named `calendar/start`, so they may hold variables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from outbound.domain.duration import parse_duration

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "calendar/"
MOST_CHANGES = 1_000_000
CANCEL = "CANCEL"
_TIME = "must be an RFC 3339 time with its offset once rendered, like 2026-12-24T09:00:00Z"


@dataclass(frozen=True, slots=True)
class When:
    """Start and end, in UTC; `sequence` counts the changes."""

    start: datetime
    end: datetime
    sequence: int


class WrongField(Exception):
    """A field of an appointment isn't what it must be; `name` is that of its body."""

    def __init__(self, name: str, message: str):
        super().__init__(message)
        self.name = name
        self.message = message


def when(bodies: Mapping[str, str]) -> When | None:
    """When the appointment in these rendered bodies is; None where there is none.

    Raises:
        WrongField: a time or the sequence can't be read, or it ends before it starts.
    """
    if f"{PREFIX}start" not in bodies:
        return None
    start = _time(bodies, "start")
    if f"{PREFIX}end" in bodies:
        name, end = "end", _time(bodies, "end")
    else:
        name = "duration"
        try:
            end = start + parse_duration(bodies[f"{PREFIX}duration"].strip())
        except (ValueError, OverflowError) as error:
            raise WrongField(f"{PREFIX}duration", f"duration {error} once rendered.") from None
    if end <= start:
        raise WrongField(f"{PREFIX}{name}", "The appointment must end after it starts.")
    return When(start, end, _sequence(bodies))


def _sequence(bodies: Mapping[str, str]) -> int:
    text = bodies[f"{PREFIX}sequence"].strip()
    first = 1 if bodies[f"{PREFIX}method"] == CANCEL else 0
    if text.isascii() and text.isdigit() and len(text) < 9 and first <= int(text) <= MOST_CHANGES:
        return int(text)
    message = f"sequence must be a whole number from {first} to {MOST_CHANGES} once rendered."
    raise WrongField(f"{PREFIX}sequence", message)


def _time(bodies: Mapping[str, str], name: str) -> datetime:
    try:
        instant = datetime.fromisoformat(bodies[f"{PREFIX}{name}"].strip())
        if instant.tzinfo is None:
            raise ValueError
        return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        raise WrongField(f"{PREFIX}{name}", f"{name} {_TIME}.") from None
