"""How often somebody has tried something lately."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime, timedelta


class Attempts(Protocol):
    """Counts by tenant and by whatever `what` stands for, each in a window of time."""

    def take(self, tenant: str, what: str, *, most: int, within: timedelta, now: datetime) -> bool:
        """Count one more; False, and nothing is counted, where there were `most` already."""
        ...
