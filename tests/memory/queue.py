"""The queues of channel and lane in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.ids import MessageRef
    from outbound.domain.run import ChunkRef
    from outbound.domain.words import Channel, Lane

LONGEST = timedelta(minutes=15)


@dataclass
class MemoryQueue:
    """What was queued, in its order; `broken` is a queue that can't be reached."""

    queued: list[tuple[Channel, Lane, MessageRef]] = field(default_factory=list)
    broken: bool = field(default=False, compare=False)

    def __len__(self) -> int:
        return len(self.queued)

    def __contains__(self, ref: MessageRef) -> bool:
        return ref in self.refs

    @property
    def refs(self) -> list[MessageRef]:
        return [ref for _, _, ref in self.queued]

    def send(self, channel: Channel, lane: Lane, refs: Sequence[MessageRef]) -> None:
        if self.broken:
            raise ConnectionError("the queue can't be reached")
        self.queued.extend((channel, lane, ref) for ref in refs)

    def take(self) -> list[MessageRef]:
        """All that is queued, which is then no longer there."""
        taken, self.queued = self.refs, []
        return taken


@dataclass
class MemoryChunkQueue:
    """Chunks that were queued, in their order, with their delay."""

    queued: list[tuple[Channel, ChunkRef, timedelta]] = field(default_factory=list)

    def send(
        self, channel: Channel, refs: Sequence[ChunkRef], *, delay: timedelta | None = None
    ) -> None:
        assert delay is None or delay <= LONGEST
        self.queued.extend((channel, ref, delay or timedelta()) for ref in refs)

    def take(self) -> list[ChunkRef]:
        """All that is queued, which is then no longer there."""
        taken, self.queued = [ref for _, ref, _ in self.queued], []
        return taken
