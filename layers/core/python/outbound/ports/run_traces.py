"""Where runs under way name contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.domain.run import Chunk, Point, RunRef, Step


class RunTraces(Protocol):
    """What is written of a run while it is expanded and worked off; all of it is as it is now."""

    def steps(self, ref: RunRef, shard: int) -> Iterator[Step]:
        """The steps of a shard, of all phases."""
        ...

    def chunks(self, ref: RunRef, contact_id: str) -> Iterator[Chunk]:
        """The chunks that name a contact."""
        ...

    def rewrite_step(self, ref: RunRef, before: Step, step: Step) -> bool:
        """Write a step over one that was read; False when it is no longer that."""
        ...

    def rewrite_point(self, ref: RunRef, before: Point, point: Point) -> bool:
        """Write where a shard stands over what was read; False when it is no longer there."""
        ...

    def leave_out(self, ref: RunRef, contact_id: str) -> bool:
        """Take a contact out of the lists of those who are meant; whether one named it."""
        ...
