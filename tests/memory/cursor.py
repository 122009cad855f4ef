"""The sweep's cursor in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass
class MemoryCursor:
    """The last minute whose work is queued; it never goes back."""

    minute: datetime | None = None

    def read(self) -> datetime | None:
        return self.minute

    def write(self, minute: datetime) -> None:
        assert self.minute is None or minute > self.minute
        self.minute = minute
