"""Time that stands still until it is moved, and tokens that can be foreseen."""

from __future__ import annotations

import random
import string
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 16, 40, 0, 123000, tzinfo=UTC)
_ALPHABET = string.digits + string.ascii_letters


@dataclass
class MemoryClock:
    """A clock that only moves by `advance`."""

    instant: datetime = START

    def now(self) -> datetime:
        return self.instant

    def advance(self, step: timedelta) -> None:
        assert step >= timedelta()
        self.instant += step

    def advance_to(self, instant: datetime) -> None:
        self.advance(instant - self.instant)


@dataclass
class MemoryTokens:
    """The same tokens in each run."""

    source: random.Random = field(default_factory=lambda: random.Random(20261123))

    def token(self) -> str:
        return "".join(self.source.choices(_ALPHABET, k=43))
