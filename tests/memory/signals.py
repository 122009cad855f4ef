"""Metrics in memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outbound.domain.words import Channel


@dataclass
class MemorySignals:
    """How often each metric was counted, whatever its channel, and by channel; what was noted."""

    counts: Counter[str] = field(default_factory=Counter)
    by_channel: Counter[tuple[str, Channel | None]] = field(default_factory=Counter)
    notes: list[tuple[str, Channel, str]] = field(default_factory=list)

    def count(self, name: str, *, channel: Channel | None = None, value: int = 1) -> None:
        self.counts[name] += value
        self.by_channel[name, channel] += value

    def note(self, event: str, *, channel: Channel, code: str) -> None:
        self.notes.append((event, channel, code))
