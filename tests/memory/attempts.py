"""Attempts in memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from outbound.domain.instant import seconds

if TYPE_CHECKING:
    from datetime import datetime, timedelta


@dataclass
class MemoryAttempts:
    """Counts by (tenant, what, window)."""

    taken: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def take(self, tenant: str, what: str, *, most: int, within: timedelta, now: datetime) -> bool:
        place = tenant, what, seconds(now) // int(within.total_seconds())
        with self._lock:
            if self.taken[place] >= most:
                return False
            self.taken[place] += 1
            return True
