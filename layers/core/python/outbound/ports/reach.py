"""Estimates of segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound.domain.reach import Estimate, Reach


class Estimates(Protocol):
    """Estimates and how far each of their shards is, by tenant, for a day."""

    def insert(self, estimate: Estimate) -> None:
        """Write down what is asked; nothing happens if it is there already."""
        ...

    def get(self, tenant: str, estimate_id: str, now: datetime) -> Estimate | None:
        """What is asked."""
        ...

    def shards(self, estimate: Estimate) -> Sequence[Reach]:
        """Those that somebody has begun to read."""
        ...

    def shard(self, estimate: Estimate, shard: int) -> Reach:
        """How far a shard is; nowhere, where nobody has begun."""
        ...

    def move(self, estimate: Estimate, reach: Reach) -> bool:
        """Write how far a shard is, over the version before; False if others have."""
        ...
