"""Estimates of segments, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.domain.reach import KEPT, Estimate, Reach

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass
class MemoryEstimates:
    """Estimates by (tenant, id), shards by (tenant, id, number)."""

    asked: dict[tuple[str, str], Estimate] = field(default_factory=dict)
    counted: dict[tuple[str, str, int], Reach] = field(default_factory=dict)

    def insert(self, estimate: Estimate) -> None:
        self.asked.setdefault((estimate.tenant, estimate.id), estimate)

    def get(self, tenant: str, estimate_id: str, now: datetime) -> Estimate | None:
        found = self.asked.get((tenant, estimate_id))
        return found if found is not None and now < found.created_at + KEPT else None

    def shards(self, estimate: Estimate) -> Sequence[Reach]:
        place = estimate.tenant, estimate.id
        return [each for key, each in sorted(self.counted.items()) if key[:2] == place]

    def shard(self, estimate: Estimate, shard: int) -> Reach:
        return self.counted.get((estimate.tenant, estimate.id, shard), Reach(shard))

    def move(self, estimate: Estimate, reach: Reach) -> bool:
        if self.shard(estimate, reach.shard).version != reach.version - 1:
            return False
        self.counted[estimate.tenant, estimate.id, reach.shard] = reach
        return True
