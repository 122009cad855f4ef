"""Metrics in memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outbound.domain.words import Channel


@dataclass
class MemorySignals:
    """How often each metric was counted, whatever its channel, and by channel."""

    counts: Counter[str] = field(default_factory=Counter)
    by_channel: Counter[tuple[str, Channel | None]] = field(default_factory=Counter)

    def count(self, name: str, *, channel: Channel | None = None) -> None:
        self.counts[name] += 1
        self.by_channel[name, channel] += 1
