"""What the account's own lists held before this deployment looked after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.suppression import Reason


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list; `kind` is `email` or `phone`, `value` as the list has it."""

    kind: str
    value: str
    reason: Reason
    at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of entries: new suppressions, known ones, and what is no address of ours."""

    new: int = 0
    known: int = 0
    unreadable: int = 0
