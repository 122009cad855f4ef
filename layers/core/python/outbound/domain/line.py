"""What carriers know of a number: what kind of line it is, and whose. Not who has it now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

FRESH = timedelta(days=1)
"""A look-up costs money: one that is repeated within this time is answered from what is known."""


class LineType(StrEnum):
    """INVALID: there is no such number."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    VOIP = "voip"
    PREPAID = "prepaid"
    OTHER = "other"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Line:
    """The answer to one look-up. It doesn't tell that a number has gone to somebody else."""

    type: LineType
    at: datetime
    carrier: str | None = None
    country: str | None = None
