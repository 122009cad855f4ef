"""Progress: how far a chunk is, written when all before it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from outbound.domain.fallback import settled
from outbound.domain.run import keys_of
from outbound.domain.tally import LOOKED, Tally

if TYPE_CHECKING:
    from outbound.domain.run import Chunk
    from outbound.flow.bulk.ports import Bulk


def behind(
    chunk: Chunk, place: int, ports: Bulk, *, reserved: Decimal | None = None
) -> Chunk | None:
    """The chunk whose members before `place` have their messages; None if it was taken from us.

    `reserved` is what was taken of the budget for the others. At its end the campaign gets that
    back, and the ids of its contacts are forgotten: their keys are enough to find the messages.
    """
    moved = replace(chunk, next=place, call=None, reserved=reserved, version=chunk.version + 1)
    if place == len(chunk.members):
        if done := settled(chunk):
            run, batch = chunk.ref.run, f"turns-{chunk.ref.id}"
            ports.runs.count(run, batch, Tally({LOOKED: done}))
        keys = tuple(keys_of(chunk, ports.deliver.gate.secret))
        look = replace(chunk.look, later=(), until=None) if chunk.look else None
        moved = replace(moved, members=keys, done=True, reserved=None, look=look)
        return moved if ports.runs.advance(moved, reserve=-(reserved or Decimal(0))) else None
    return moved if ports.runs.advance(moved) else None


def kept(chunk: Chunk, ports: Bulk) -> bool:
    """Write how far a chunk is, where that isn't written; False if it was taken from us."""
    return not chunk.over or behind(chunk, chunk.next, ports) is not None
