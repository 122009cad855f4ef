"""Chunks: each is worked off call by call, and left alone as soon as its campaign says so.

A chunk that is left is driven again by whoever looks after its run; one that comes twice ends here
without effect.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.campaign import State
from outbound.domain.fallback import channel_of, on_channel
from outbound.domain.message import Decision
from outbound.domain.run import Call
from outbound.domain.words import Mode
from outbound.flow.bulk.calls import together
from outbound.flow.bulk.members import members_as_said
from outbound.flow.bulk.progress import behind, kept
from outbound.flow.bulk.singly import one_by_one
from outbound.flow.bulk.turns import called_off, looked_at
from outbound.flow.bulk.writing import write

if TYPE_CHECKING:
    from outbound.domain.campaign import Campaign
    from outbound.domain.run import Chunk, ChunkRef
    from outbound.flow.bulk.ports import Bulk, Worker

CANCELLED = Decision("cancel", "campaign.cancelled", "the campaign", "campaign_cancelled")


def bring(ref: ChunkRef, ports: Bulk, worker: Worker) -> None:
    """Bring the members of a chunk on their way, as far as time and campaign allow.

    Raises:
        Exception: something of ours failed; the chunk comes again, what was claimed is in doubt.
    """
    chunk = ports.runs.chunk(ref)
    while chunk is not None and not chunk.done:
        campaign = ports.deliver.campaigns.current(ref.run.tenant, ref.run.campaign)
        if campaign is None or campaign.state is State.PAUSED:
            kept(chunk, ports)
            return
        campaign = on_channel(campaign, channel_of(chunk, campaign))
        if not worker.may_go_on():
            if kept(chunk, ports):
                ports.queue.send(campaign.settings.channel, [ref])
            return
        try:
            further = _further(chunk, campaign, ports, worker)
        except Exception:
            kept(chunk, ports)
            raise
        if further is None:
            kept(chunk, ports)
        chunk = further


def _further(chunk: Chunk, campaign: Campaign, ports: Bulk, worker: Worker) -> Chunk | None:
    """The chunk after some more of its members; None when it isn't to be had, or has to wait."""
    if chunk.call is not None and not chunk.over:
        if chunk.call.lease_until > ports.deliver.clock.now():
            return None
        return _said(chunk, campaign, ports)
    if campaign.state is State.CANCELLED:
        left = called_off(chunk, campaign, ports) if chunk.turn else chunk
        if left is None or left.done:
            return left
        return _cancelled(left, campaign, ports)
    stop = None
    if campaign.mode is Mode.LIVE:
        stop = ports.deliver.stops.current(ports.deliver.channel)
        if stop is not None and stop.probe_at > ports.deliver.clock.now():
            return None
    if chunk.turn:
        looked = looked_at(chunk, campaign, ports)
        if looked is None or looked.done or looked.call is not None:
            return looked
        chunk = looked
    if ports.carrier is not None and _alike(campaign, ports):
        return together(chunk, campaign, stop, ports, worker)
    return one_by_one(chunk, campaign, ports, worker)


def _said(chunk: Chunk, campaign: Campaign, ports: Bulk) -> Chunk | None:
    """Whoever claimed this call has died: what was decided stands, what was sent is in doubt."""
    assert chunk.call is not None
    members = members_as_said(chunk, chunk.call.verdicts, campaign, ports)
    theirs = write(members, ports)
    left = chunk.reserved - theirs if chunk.reserved is not None else None
    return behind(chunk, chunk.call.first + chunk.call.count, ports, reserved=left)


def _cancelled(chunk: Chunk, campaign: Campaign, ports: Bulk) -> Chunk | None:
    now, first, count = ports.deliver.clock.now(), chunk.next, len(chunk.members) - chunk.next
    call = Call(first, count, now, now, dict.fromkeys(range(first, first + count), CANCELLED))
    claimed = replace(chunk, call=call, version=chunk.version + 1)
    return _said(claimed, campaign, ports) if ports.runs.advance(claimed) else None


def _alike(campaign: Campaign, ports: Bulk) -> bool:
    """Whether nothing goes with the emails that a call with many can't have."""
    for variant in campaign.settings.variants:
        ref = variant.template
        template = ports.deliver.templates.get(campaign.tenant, ref.id, ref.version)
        for content in template.all_of(campaign.settings.channel) if template else ():
            if content.enclosed.attachments or any("/" in name for name in content.bodies):
                return False
    return True
