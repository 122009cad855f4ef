"""Receipts that came too early, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from outbound.domain.receipt import Receipt
    from outbound.ports import Clock


@dataclass
class MemoryHeldReceipts:
    """Held receipts: when each comes back, and how often it was tried."""

    clock: Clock = field(compare=False)
    held: list[tuple[datetime, Receipt, int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.held)

    def hold(self, receipt: Receipt, *, tries: int, delay: timedelta) -> None:
        self.held.append((self.clock.now() + delay, receipt, tries))

    def take(self) -> list[tuple[Receipt, int]]:
        """Those whose time has come, with the number of their tries."""
        now = self.clock.now()
        ready = [(receipt, tries) for at, receipt, tries in self.held if at <= now]
        self.held = [each for each in self.held if each[0] > now]
        return ready
