"""Estimating: what a campaign would do, told before anything of it is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.errors import refused_at
from outbound.domain.fallback import channel_of, on_channel
from outbound.domain.pace import longest
from outbound.domain.planning import plan
from outbound.domain.run import Phase, Point, Run, Step, behind, chunks_of, run_ref
from outbound.domain.words import Mode
from outbound.flow.audience import by_segment, meant, read, shards_of
from outbound.flow.bulk.members import members_of
from outbound.flow.estimated import Looked, Sum
from outbound.flow.expand.shards import of_phase
from outbound.flow.manage.campaigns import find
from outbound.flow.selecting import selection
from outbound.flow.supposing import as_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime, timedelta
    from decimal import Decimal

    from outbound.domain.campaign import Campaign
    from outbound.domain.key import ApiKey
    from outbound.domain.message import Decision
    from outbound.domain.run import Chunk
    from outbound.domain.words import Channel
    from outbound.flow.bulk.member import Member
    from outbound.flow.bulk.ports import Bulk
    from outbound.flow.selecting import Selection
    from outbound.ports import Expressions, SegmentReader

BULK = 0.4
"""The share of a channel's rate that campaigns have."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """`complete` says whether all were looked at, or only those for whom there was time.

    `decisions` counts what the gate would say as of each recipient's turn, and for how many the
    budget isn't enough; `deferred` until when they would wait. `price` is that of all who may be
    written to, `unpriced` how many of them have none. With a route, all this is said of each
    recipient's first channel, `channels` counts how many begin on which, and `at_most` is what it
    would cost if nobody were reached but on the last. `looked` is where it goes on, if it does; the
    sample is of those whom it was made of last.
    """

    begins_at: datetime | None
    complete: bool
    takes: timedelta
    recipients: int
    decisions: Mapping[tuple[str, Decision], int]
    deferred: Mapping[datetime, int]
    parts: int
    price: Decimal
    unpriced: int
    sample: tuple[Member, ...]
    channels: Mapping[Channel, int]
    at_most: Decimal
    looked: Looked | None = None


def estimate(
    campaign_id: str,
    key: ApiKey,
    ports: Bulk,
    rates: Mapping[Channel, float],
    expressions: Expressions,
    segments: SegmentReader,
    *,
    may_go_on: Callable[[], bool],
    looked: Looked | None = None,
) -> Estimate:
    """What would become of a campaign if it were launched now. Nothing is stored, taken or sent.

    `looked` is how far an earlier one of it came: then it goes on there, as of the same instant.

    Raises:
        Refusal: there is no such campaign, its segment is gone, or it was changed meanwhile.
    """
    campaign = replace(find(campaign_id, key, ports.deliver.campaigns), mode=Mode.TEST)
    settings, chosen = campaign.settings, None
    if by_segment(campaign):
        chosen = selection(meant(campaign, segments), expressions)
    looked = looked or _before(campaign, ports)
    if looked.changed_at != campaign.updated_at:
        detail = "The campaign was changed since this estimate began; ask without a cursor."
        raise refused_at("cursor", "invalid_cursor", detail)
    total, at, left = looked.total, looked.at, None
    for point, within, chunk in _chunks(campaign, looked, chosen, ports):
        if chunk is not None:
            turns = [replace(chunk, turn=turn) for turn in range(len(chunk.channels) or 1)]
            found = [_on_its_channel(each, campaign, ports) for each in turns]
            total.add(found, chunk.not_before)
        if not may_go_on():
            left = replace(looked, point=point, within=within)
            break
    at_rate = max(
        longest(total.channels[channel], settings.pace, rates[channel] * BULK)
        for channel in settings.channels
    )
    return Estimate(
        begins_at=looked.begins,
        complete=left is None,
        takes=max(at_rate, (total.last or at) - at),
        recipients=total.channels.total(),
        decisions=total.decisions,
        deferred=total.deferred,
        parts=total.parts,
        price=total.price,
        unpriced=total.unpriced,
        sample=tuple(total.sample),
        channels=total.channels,
        at_most=total.at_most,
        looked=left,
    )


def _before(campaign: Campaign, ports: Bulk) -> Looked:
    """Where an estimate begins."""
    settings, now = campaign.settings, ports.deliver.clock.now()
    begins = campaign.next_at or settings.schedule.first(now)
    left = None
    if settings.budget is not None:
        left = settings.budget - ports.runs.reserved(campaign.tenant, campaign.id)
    phase = Phase.FIRST if settings.canary else Phase.REST
    at, point = max(begins or now, now), Point(phase, 0)
    return Looked(campaign.updated_at, at, begins, point, 0, Sum(left))


def _chunks(
    campaign: Campaign, looked: Looked, chosen: Selection | None, ports: Bulk
) -> Iterator[tuple[Point, int, Chunk | None]]:
    """The chunks of a run, as its expansion would make them, and where each is: behind how many of
    the step at a point. None comes behind each page.

    Who comes behind a canary that has a time comes no sooner than that.
    """
    canary, shards, at = campaign.settings.canary, shards_of(campaign), looked.at
    phases = list(Phase if canary else (Phase.REST,))
    for phase in phases[phases.index(looked.point.phase) :]:
        run = Run(run_ref(campaign, at), at, phase, shards, at, at, at)
        wait = canary.wait if canary and phase is Phase.REST else None
        soonest = at + wait if wait else at
        goes_on = phase is looked.point.phase
        for shard in range(looked.point.shard if goes_on else 0, shards):
            first = goes_on and shard == looked.point.shard
            point = looked.point if first else Point(phase, shard)
            within = looked.within if first else 0
            for found, number, chunk in _of_shard(run, point, campaign, chosen, ports):
                if found != point or number > within or chunk is None:
                    yield found, number, _no_sooner(chunk, soonest) if chunk else None


def _no_sooner(chunk: Chunk, instant: datetime) -> Chunk:
    return replace(chunk, not_before=max(chunk.not_before, instant))


def _of_shard(
    run: Run, point: Point, campaign: Campaign, chosen: Selection | None, ports: Bulk
) -> Iterator[tuple[Point, int, Chunk | None]]:
    gate = ports.deliver.gate
    while not point.done:
        found = read(campaign, point.shard, point.after, gate.contacts, selection=chosen, at=run.at)
        some = of_phase(found.contacts, run.phase, campaign, gate.secret, gate.rulebook)
        chunks = plan(campaign, run, point, some)
        step = Step(run.phase, point.shard, point.steps, found.last, found.ends, chunks)
        for number, chunk in enumerate(chunks_of(run.ref, step), start=1):
            yield point, number, chunk
        point = behind(point, step)
        yield point, 0, None


def _on_its_channel(chunk: Chunk, campaign: Campaign, ports: Bulk) -> list[Member]:
    campaign = on_channel(campaign, channel_of(chunk, campaign))
    then = as_of(chunk.not_before, campaign, ports)
    return members_of(chunk, len(chunk.members), campaign, then)
