"""One by one: each member's message is written, and then goes the way of any message.

So it has a claim of its own, and a chunk that is worked off twice repeats nothing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from outbound.domain.campaign import State
from outbound.domain.words import Mode
from outbound.flow.bulk.budget import afford, claim, cost
from outbound.flow.bulk.members import members_of
from outbound.flow.bulk.progress import behind
from outbound.flow.bulk.writing import write
from outbound.flow.deliver import deliver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.campaign import Campaign
    from outbound.domain.run import Chunk
    from outbound.flow.bulk.member import Member
    from outbound.flow.bulk.ports import Bulk, Worker


def one_by_one(chunk: Chunk, campaign: Campaign, ports: Bulk, worker: Worker) -> Chunk | None:
    """The chunk as far as time, campaign and channel allow; None if somebody else has it."""
    members = members_of(chunk, len(chunk.members) - chunk.next, campaign, ports)
    if campaign.settings.budget is not None:
        taken = _reserved(chunk, members, campaign, ports)
        if taken is None:
            return None
        chunk, members = taken
    left = chunk.reserved
    for member in members:
        if not _goes_on(campaign, ports, worker):
            if member.place == chunk.next:
                return chunk
            return behind(chunk, member.place, ports, reserved=left)
        theirs = write([member], ports)
        if member.outgoing is not None:
            worker.at_pace(partial(deliver, member.ref, ports.deliver))
        left = left - theirs if left is not None else None
    return behind(chunk, len(chunk.members), ports, reserved=left)


def _reserved(
    chunk: Chunk, members: list[Member], campaign: Campaign, ports: Bulk
) -> tuple[Chunk, list[Member]] | None:
    """The chunk with what was taken of the budget for it, and who can be paid of that."""
    now = ports.deliver.clock.now()
    if chunk.reserved is not None:
        return chunk, afford(members, chunk.reserved, now)

    def claimed(some: Sequence[Member]) -> Chunk:
        return replace(chunk, reserved=cost(some), version=chunk.version + 1)

    return claim(members, claimed, campaign, now, ports.runs)


def _goes_on(campaign: Campaign, ports: Bulk, worker: Worker) -> bool:
    """Whether there is time, and the campaign still wants it; it may say so 5 seconds late."""
    current = ports.deliver.campaigns.current(campaign.tenant, campaign.id)
    wanted = current is not None and current.state not in (State.PAUSED, State.CANCELLED)
    if not wanted or not worker.may_go_on():
        return False
    stop = ports.deliver.stops.current(ports.deliver.channel)
    return stop is None or campaign.mode is Mode.TEST or stop.probe_at <= ports.deliver.clock.now()
