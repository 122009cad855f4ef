"""Short links in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.short_link import Linked
    from tests.memory.clock import MemoryClock


@dataclass
class MemoryShortLinks:
    """Targets by token, and how often any were written."""

    clock: MemoryClock = field(compare=False)
    linked: dict[str, Linked] = field(default_factory=dict)
    writes: int = 0

    def put(self, linked: Sequence[Linked]) -> None:
        self.writes += len(linked)
        self.linked |= {each.token: each for each in linked}

    def get(self, token: str) -> Linked | None:
        found = self.linked.get(token)
        return found if found and found.until > self.clock.now() else None

    def forget(self, token: str) -> None:
        self.linked.pop(token, None)
