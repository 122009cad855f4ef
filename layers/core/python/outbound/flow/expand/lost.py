"""Lost chunks: what a run's steps say that there must be, and its table no longer has.

A chunk that was claimed may have been handed over, and nobody knows any more. So it comes back as
one whose worker has died: who has no message is unconfirmed. Texts and calls have a claim each, so
their chunks come back as they were.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.fallback import all_chunks_of, channel_of
from outbound.domain.message import Status
from outbound.domain.run import Call
from outbound.domain.tally import LOOKED, Place, Tally
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound.domain.campaign import Campaign, Route
    from outbound.domain.run import Chunk, ChunkRef, Point, Run
    from outbound.flow.expand.ports import Expand

REASON = "chunk_lost"
NAMED = 20
"""Chunks whose names are told, and kept."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The chunks that are gone, and how many were in others whose steps are gone as well."""

    chunks: tuple[Chunk, ...] = ()
    unnamed: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Phase and shard, step, and number in it, of each chunk."""
        return tuple(each.ref.id.partition("#")[2] for each in self.chunks)


def lost_of(run: Run, points: Sequence[Point], route: Route | None, ports: Expand) -> Lost:
    """What a run has lost. Past its retention nothing is: it was removed when its time was over."""
    if run.at + ports.retention <= ports.clock.now():
        return Lost()
    there: set[str] = set()
    members = 0
    for chunk in ports.runs.chunks(run.ref):
        there.add(chunk.ref.id)
        members += 0 if chunk.turn else len(chunk.members)
    written = {(point.phase, point.shard): point.steps for point in points}
    chunks = tuple(
        chunk
        for step in ports.runs.steps(run.ref)
        # A step's chunks are all written when the point is behind it.
        if step.number < written.get((step.phase, step.shard), 0)
        for chunk in all_chunks_of(run.ref, step, route)
        if chunk.ref.id not in there
    )
    named = sum(len(chunk.members) for chunk in chunks if not chunk.turn)
    recipients = sum(point.recipients for point in points)
    return Lost(chunks, max(0, recipients - members - named))


def tell(lost: Lost, run: Run, campaign: Campaign, ports: Expand) -> None:
    """Have an operator hear of it."""
    if lost == Lost():
        return
    channel, names = campaign.settings.channel, ", ".join(lost.names[:NAMED])
    told = f"{run.ref.id}: {names or 'no names'}, and {lost.unnamed} recipients of others"
    ports.signals.note("chunks lost", channel=channel, code=told)
    ports.signals.count("CampaignChunksLost", channel=channel, value=len(lost.chunks) or 1)


def bring_back(lost: Lost, campaign: Campaign, ports: Expand) -> None:
    """Write the chunks again that are gone, and queue those whose time has come."""
    now = ports.clock.now()
    ready: dict[Channel, list[ChunkRef]] = {}
    for chunk in lost.chunks:
        channel = channel_of(chunk, campaign)
        # Of later turns, their own look finds out who is in doubt.
        doubted = channel is Channel.EMAIL and not chunk.turn
        ports.runs.put_chunk(_doubted(chunk, now) if doubted else chunk)
        if chunk.not_before <= now:
            ready.setdefault(channel, []).append(chunk.ref)
    for channel, refs in ready.items():
        ports.queue.send(channel, refs)


def uncounted(lost: Lost, recipients: int, further: int, live: Tally) -> Tally | None:
    """What the counts lack of those whom nobody can name any more.

    Of `further`, who have other channels, nobody goes on whose next chunk is gone.
    """
    missing = min(lost.unnamed, recipients - live.settled - live.open)
    change = Tally({LOOKED: further - live.looked} if further > live.looked else {})
    if missing > 0:
        place = Place(Status.UNCONFIRMED, reason=REASON)
        change = change + Tally(dict.fromkeys(place.names, missing))
    return change if change.counts else None


def _doubted(chunk: Chunk, now: datetime) -> Chunk:
    """The chunk with a claim of all its members that has ended."""
    return replace(chunk, call=Call(0, len(chunk.members), now, now, {}))
