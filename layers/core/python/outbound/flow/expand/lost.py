"""Lost chunks: what a run's steps say that there must be, and its table no longer has.

A chunk that was claimed may have been handed over, and nobody knows any more. So it comes back as
one whose worker has died: who has no message is unconfirmed. Texts and calls have a claim each, so
their chunks come back as they were.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.message import Status
from outbound.domain.run import Call, chunks_of
from outbound.domain.tally import Place, Tally
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.domain.run import Chunk, Point, Run
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


def lost_of(run: Run, points: Sequence[Point], ports: Expand) -> Lost:
    """What a run has lost. Past its retention nothing is: it was removed when its time was over."""
    if run.at + ports.retention <= ports.clock.now():
        return Lost()
    there: set[str] = set()
    members = 0
    for chunk in ports.runs.chunks(run.ref):
        there.add(chunk.ref.id)
        members += len(chunk.members)
    written = {(point.phase, point.shard): point.steps for point in points}
    chunks = tuple(
        chunk
        for step in ports.runs.steps(run.ref)
        # A step's chunks are all written when the point is behind it.
        if step.number < written.get((step.phase, step.shard), 0)
        for chunk in chunks_of(run.ref, step)
        if chunk.ref.id not in there
    )
    named = sum(len(chunk.members) for chunk in chunks)
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
    now, channel = ports.clock.now(), campaign.settings.channel
    for chunk in lost.chunks:
        ports.runs.put_chunk(_doubted(chunk, now) if channel is Channel.EMAIL else chunk)
    ports.queue.send(channel, [each.ref for each in lost.chunks if each.not_before <= now])


def uncounted(lost: Lost, recipients: int, live: Tally) -> Tally | None:
    """What the counts lack of those whom nobody can name any more."""
    missing = min(lost.unnamed, recipients - live.settled - live.open)
    if missing <= 0:
        return None
    place = Place(Status.UNCONFIRMED, reason=REASON)
    return Tally(dict.fromkeys(place.names, missing))


def _doubted(chunk: Chunk, now: datetime) -> Chunk:
    """The chunk with a claim of all its members that has ended."""
    return replace(chunk, call=Call(0, len(chunk.members), now, now, {}))
