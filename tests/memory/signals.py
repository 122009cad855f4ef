"""Metrics in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from outbound.domain.words import Channel


K = TypeVar("K")


class Sums(dict[K, float]):
    """Nothing for what isn't there, as a Counter; amounts of money too."""

    def __missing__(self, key: K) -> float:
        return 0


@dataclass
class MemorySignals:
    """How often each metric was counted, whatever its channel, and by channel; what was noted."""

    counts: Sums[str] = field(default_factory=Sums)
    by_channel: Sums[tuple[str, Channel | None]] = field(default_factory=Sums)
    by_reason: Sums[tuple[str, str]] = field(default_factory=Sums)
    notes: list[tuple[str, Channel, str]] = field(default_factory=list)

    def count(
        self,
        name: str,
        *,
        channel: Channel | None = None,
        reason: str | None = None,
        value: float = 1,
    ) -> None:
        self.counts[name] += value
        self.by_channel[name, channel] += value
        if reason is not None:
            self.by_reason[name, reason] += value

    def note(self, event: str, *, channel: Channel, code: str) -> None:
        self.notes.append((event, channel, code))
