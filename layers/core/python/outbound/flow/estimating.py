"""Estimating: what a campaign would do, told before anything of it is done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from outbound.domain.due import minute_of
from outbound.domain.fallback import channel_of, on_channel
from outbound.domain.message import Status
from outbound.domain.pace import longest
from outbound.domain.planning import plan
from outbound.domain.run import Phase, Point, Run, Step, behind, chunks_of, run_ref
from outbound.domain.words import Channel, Mode
from outbound.flow.audience import by_segment, meant, read, shards_of
from outbound.flow.bulk.budget import afford, cost
from outbound.flow.bulk.members import members_of
from outbound.flow.expand.shards import of_phase
from outbound.flow.manage.campaigns import find
from outbound.flow.selecting import selection
from outbound.flow.supposing import as_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from outbound.domain.campaign import Campaign
    from outbound.domain.key import ApiKey
    from outbound.domain.message import Decision
    from outbound.domain.run import Chunk
    from outbound.flow.bulk.member import Member
    from outbound.flow.bulk.ports import Bulk
    from outbound.flow.selecting import Selection
    from outbound.ports import Expressions, SegmentReader

SAMPLE = 10
BULK = 0.4
"""The share of a channel's rate that campaigns have."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """`complete` says whether all were looked at, or only those for whom there was time.

    `decisions` counts what the gate would say as of each recipient's turn, and for how many the
    budget isn't enough; `deferred` until when they would wait. `price` is that of all who may be
    written to, `unpriced` how many of them have none. With a route, all this is said of each
    recipient's first channel, `channels` counts how many begin on which, and `at_most` is what it
    would cost if nobody were reached but on the last.
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


@dataclass(slots=True)
class _Sum:
    """What was found of the recipients so far. None of them is kept but the sample."""

    left: Decimal | None
    """What the campaign's budget still has, if it has one."""
    last: datetime | None = None
    decisions: Counter[tuple[str, Decision]] = field(default_factory=Counter)
    deferred: Counter[datetime] = field(default_factory=Counter)
    channels: Counter[Channel] = field(default_factory=Counter)
    sample: list[Member] = field(default_factory=list)
    parts: int = 0
    price: Decimal = Decimal(0)
    others: Decimal = Decimal(0)
    unpriced: int = 0

    def add(self, turns: Sequence[Sequence[Member]], turn: datetime) -> None:
        """Recipients whose turn is the same, on each of their channels."""
        members = list(turns[0])
        if self.left is not None:
            members = afford(members, self.left, turn)
            self.left -= cost(members)
        self.last = max(self.last or turn, turn)
        self.sample += members[: SAMPLE - len(self.sample)]
        self.channels.update(each.message.channel for each in members)
        self.decisions.update(_said(each) for each in members)
        self.deferred.update(
            minute_of(each.message.not_before).replace(minute=0)
            for each in members
            if each.message.status is Status.DEFERRED
        )
        paid, prices = _paid(members)
        self.parts += sum(each.message.sms[1] for each in paid if each.message.sms)
        self.price += sum(prices, Decimal(0))
        self.unpriced += len(paid) - len(prices)
        self.others += sum(_paid([each for others in turns[1:] for each in others])[1], Decimal(0))

    @property
    def at_most(self) -> Decimal:
        """What it may cost in all, within its budget."""
        if self.left is None:
            return self.price + self.others
        return self.price + min(self.others, self.left)


def estimate(
    campaign_id: str,
    key: ApiKey,
    ports: Bulk,
    rates: Mapping[Channel, float],
    expressions: Expressions,
    segments: SegmentReader,
    *,
    may_go_on: Callable[[], bool],
) -> Estimate:
    """What would become of a campaign if it were launched now. Nothing is stored, taken or sent.

    Raises:
        Refusal: there is no such campaign, or its segment is gone.
    """
    campaign = replace(find(campaign_id, key, ports.deliver.campaigns), mode=Mode.TEST)
    settings, now = campaign.settings, ports.deliver.clock.now()
    begins = campaign.next_at or settings.schedule.first(now)
    at, chosen, complete = max(begins or now, now), None, True
    if by_segment(campaign):
        chosen = selection(meant(campaign, segments), expressions)
    left = None
    if settings.budget is not None:
        left = settings.budget - ports.runs.reserved(campaign.tenant, campaign.id)
    total = _Sum(left)
    for chunk in _chunks(campaign, at, chosen, ports):
        if chunk is not None:
            turns = [replace(chunk, turn=turn) for turn in range(len(chunk.channels) or 1)]
            found = [_on_its_channel(each, campaign, ports) for each in turns]
            total.add(found, chunk.not_before)
        if not may_go_on():
            complete = False
            break
    at_rate = max(
        longest(total.channels[channel], settings.pace, rates[channel] * BULK)
        for channel in settings.channels
    )
    return Estimate(
        begins_at=begins,
        complete=complete,
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
    )


def _paid(members: Sequence[Member]) -> tuple[list[Member], list[Decimal]]:
    """Who may be written to, and what those cost whose price is known."""
    paid = [each for each in members if each.outgoing or each.message.status is Status.DEFERRED]
    return paid, [each.message.price.amount for each in paid if each.message.price]


def _chunks(
    campaign: Campaign, at: datetime, chosen: Selection | None, ports: Bulk
) -> Iterator[Chunk | None]:
    """The chunks of a run at an instant, as its expansion would make them; None behind each page.

    Who comes behind a canary that has a time comes no sooner than that.
    """
    canary, shards = campaign.settings.canary, shards_of(campaign)
    for phase in Phase if canary else (Phase.REST,):
        run = Run(run_ref(campaign, at), at, phase, shards, at, at, at)
        wait = canary.wait if canary and phase is Phase.REST else None
        soonest = at + wait if wait else at
        for shard in range(shards):
            for chunk in _of_shard(run, shard, campaign, chosen, ports):
                yield _no_sooner(chunk, soonest) if chunk else None


def _no_sooner(chunk: Chunk, instant: datetime) -> Chunk:
    return replace(chunk, not_before=max(chunk.not_before, instant))


def _of_shard(
    run: Run, shard: int, campaign: Campaign, chosen: Selection | None, ports: Bulk
) -> Iterator[Chunk | None]:
    point, gate = Point(run.phase, shard), ports.deliver.gate
    while not point.done:
        found = read(campaign, shard, point.after, gate.contacts, selection=chosen, at=run.at)
        some = of_phase(found.contacts, run.phase, campaign, gate.secret, gate.rulebook)
        step = Step(
            run.phase, shard, point.steps, found.last, found.ends, plan(campaign, run, point, some)
        )
        yield from chunks_of(run.ref, step)
        yield None
        point = behind(point, step)


def _on_its_channel(chunk: Chunk, campaign: Campaign, ports: Bulk) -> list[Member]:
    campaign = on_channel(campaign, channel_of(chunk, campaign))
    then = as_of(chunk.not_before, campaign, ports)
    return members_of(chunk, len(chunk.members), campaign, then)


def _said(member: Member) -> tuple[str, Decision]:
    """What would be done, and the decision without an instant, so that equal ones are counted."""
    decision = member.message.decision
    return decision.verdict, replace(decision, until=None)
