"""Progress: how far a chunk is, written when all before it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.ids import contact_key

if TYPE_CHECKING:
    from decimal import Decimal

    from outbound.domain.run import Chunk
    from outbound.flow.bulk.ports import Bulk


def behind(
    chunk: Chunk, place: int, ports: Bulk, *, reserved: Decimal | None = None
) -> Chunk | None:
    """The chunk whose members before `place` have their messages; None if it was taken from us.

    At its end the ids of its contacts are forgotten: their keys are enough to find the messages.
    """
    moved = replace(chunk, next=place, call=None, reserved=reserved, version=chunk.version + 1)
    if place == len(chunk.members):
        secret, tenant = ports.deliver.gate.secret, chunk.ref.run.tenant
        keys = tuple(contact_key(secret, tenant, each) for each in chunk.members)
        moved = replace(moved, members=keys, done=True)
    return moved if ports.runs.advance(moved) else None
