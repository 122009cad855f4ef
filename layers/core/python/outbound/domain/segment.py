"""The segment: who is meant, by what is known of them or by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_EXPRESSION = 4_000
MOST_LISTED = 4_000
"""Contacts by name: with ids of any length they fit an item of DynamoDB."""
MOST_EXCLUDED = 10
DEEPEST = 3
"""Segments that leave out segments that leave out segments."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Who is left out, by any of these."""

    expression: str | None = None
    segments: tuple[str, ...] = ()
    contact_ids: tuple[str, ...] = ()


NOBODY = Exclusion()


@dataclass(frozen=True, slots=True)
class Segment:
    """Either `expression` says who is in it, or `contact_ids` do (then `expression` is None).

    `version` counts the writes.
    """

    tenant: str
    id: str
    expression: str | None
    contact_ids: tuple[str, ...]
    exclude: Exclusion
    created_at: datetime
    updated_at: datetime
    version: int = 1

    @property
    def definition(self) -> tuple[str | None, tuple[str, ...], Exclusion]:
        """What it says, whenever that was said."""
        return self.expression, self.contact_ids, self.exclude


@dataclass(frozen=True, slots=True)
class Whole:
    """A segment with all that it takes to say who is in it: the segments that it leaves out."""

    segment: Segment
    excluded: tuple[Whole, ...] = ()
