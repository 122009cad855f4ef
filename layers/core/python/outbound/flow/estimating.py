"""Estimating: what a campaign would do, told before anything of it is done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from outbound.domain.due import minute_of
from outbound.domain.fallback import channel_of, on_channel
from outbound.domain.ids import contact_key
from outbound.domain.link import Use
from outbound.domain.message import Status
from outbound.domain.pace import longest
from outbound.domain.planning import plan
from outbound.domain.run import Chunk, ChunkRef, Phase, Point, Run, run_ref
from outbound.domain.words import Channel, Mode
from outbound.flow.audience import by_segment, meant, read, shards_of
from outbound.flow.bulk.members import members_of
from outbound.flow.expand.shards import recipient_of
from outbound.flow.links import PLACEHOLDER, placeholder, placeholder_page
from outbound.flow.manage.campaigns import find
from outbound.flow.selecting import selection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from outbound.domain.campaign import Campaign
    from outbound.domain.contact import Contact
    from outbound.domain.key import ApiKey
    from outbound.domain.link import Invitation, Link, MediaLink
    from outbound.domain.message import Decision
    from outbound.domain.planning import Recipient
    from outbound.flow.bulk.members import Member
    from outbound.flow.bulk.ports import Bulk
    from outbound.flow.selecting import Selection
    from outbound.ports import Expressions, SegmentReader

SAMPLE = 10
MOST = 1_000
"""Who is looked at while somebody waits for the answer; the exact count of a segment is its own."""
BULK = 0.4
"""The share of a channel's rate that campaigns have."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """`complete` says whether all were looked at, or only the first.

    `decisions` counts what the gate would say as of each recipient's turn, `deferred` until when
    they would wait. `price` is that of all who may be written to, `unpriced` how many of them have
    none. With a route, all this is said of each recipient's first channel, `channels` counts how
    many begin on which, and `at_most` is what it would cost if nobody were reached but on the last.
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


@dataclass(frozen=True, slots=True)
class _At:
    """A clock that stands at the time that is estimated."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant


@dataclass(frozen=True, slots=True)
class _NoLinks:
    """Links that lead nowhere, in their usual length."""

    def url(self, link: Link) -> str:
        return placeholder(link.use)

    def token(self, link: Link) -> str:
        return placeholder(link.use)

    def invite(self, invitation: Invitation) -> str:
        return PLACEHOLDER

    def read_invitation(self, token: str) -> Invitation | None:
        return None

    def media_url(self, link: MediaLink) -> str:
        return placeholder_page(link.media_id)

    def media_token(self, link: MediaLink) -> str:
        return placeholder(Use.MEDIA)

    def read_media(self, token: str) -> MediaLink | None:
        return None

    def read(self, token: str, use: Use) -> Link | None:
        return None


def estimate(
    campaign_id: str,
    key: ApiKey,
    ports: Bulk,
    rates: Mapping[Channel, float],
    expressions: Expressions,
    segments: SegmentReader,
) -> Estimate:
    """What would become of a campaign if it were launched now. Nothing is stored, taken or sent.

    Raises:
        Refusal: there is no such campaign, or its segment is gone.
    """
    campaign = replace(find(campaign_id, key, ports.deliver.campaigns), mode=Mode.TEST)
    now = ports.deliver.clock.now()
    begins = campaign.next_at or campaign.settings.schedule.first(now)
    chosen = None
    if by_segment(campaign):
        chosen = selection(meant(campaign, segments), expressions)
    found = _members(campaign, begins or now, chosen, ports)
    tried = list(islice(found, MOST))
    complete = next(found, None) is None
    members = [first for first, *_ in tried]
    paid, prices = _paid(members)
    others = _paid([each for _, *others in tried for each in others])[1]
    channels = Counter(each.message.channel for each in members)
    return Estimate(
        begins_at=begins,
        complete=complete,
        takes=max(
            longest(channels[channel], campaign.settings.pace, rates[channel] * BULK)
            for channel in campaign.settings.channels
        ),
        recipients=len(members),
        decisions=Counter(_said(each) for each in members),
        deferred=Counter(
            minute_of(each.message.not_before).replace(minute=0)
            for each in members
            if each.message.status is Status.DEFERRED
        ),
        parts=sum(each.message.sms[1] for each in paid if each.message.sms),
        price=sum(prices, Decimal(0)),
        unpriced=len(paid) - len(prices),
        sample=tuple(members[:SAMPLE]),
        channels=channels,
        at_most=sum((*prices, *others), Decimal(0)),
    )


def _paid(members: Sequence[Member]) -> tuple[list[Member], list[Decimal]]:
    """Who may be written to, and what those cost whose price is known."""
    paid = [each for each in members if each.outgoing or each.message.status is Status.DEFERRED]
    return paid, [each.message.price.amount for each in paid if each.message.price]


def _members(
    campaign: Campaign, at: datetime, chosen: Selection | None, ports: Bulk
) -> Iterator[tuple[Member, ...]]:
    """Each recipient, on each of their channels."""
    for shard in range(shards_of(campaign)):
        yield from _of_shard(shard, campaign, at, chosen, ports)


def _of_shard(
    shard: int, campaign: Campaign, at: datetime, chosen: Selection | None, ports: Bulk
) -> Iterator[tuple[Member, ...]]:
    run = Run(run_ref(campaign, at), at, Phase.REST, 1, at, at, at)
    point, ends = Point(Phase.REST, shard), False
    contacts = ports.deliver.gate.contacts
    while not ends:
        found = read(campaign, shard, point.after, contacts, selection=chosen, at=at)
        recipients = [_recipient(each, campaign, ports) for each in found.contacts]
        for index, planned in enumerate(plan(campaign, run, point, recipients)):
            channels = planned.channels
            chunk = Chunk(
                ChunkRef(run.ref, str(index)), planned.at, planned.members, channels=channels
            )
            turns = [replace(chunk, turn=turn) for turn in range(len(channels) or 1)]
            on_each = (_on_its_channel(each, campaign, ports) for each in turns)
            yield from zip(*on_each, strict=True)
        point, ends = replace(point, after=found.last), found.ends


def _on_its_channel(chunk: Chunk, campaign: Campaign, ports: Bulk) -> list[Member]:
    campaign = on_channel(campaign, channel_of(chunk, campaign))
    as_of = _as_of(chunk.not_before, campaign, ports)
    return members_of(chunk, len(chunk.members), campaign, as_of)


def _recipient(contact: Contact, campaign: Campaign, ports: Bulk) -> Recipient:
    gate = ports.deliver.gate
    key = contact_key(gate.secret, contact.tenant, contact.id)
    return recipient_of(contact, key, campaign, gate.rulebook)


def _as_of(at: datetime, campaign: Campaign, ports: Bulk) -> Bulk:
    email = campaign.settings.channel is Channel.EMAIL
    deliver = replace(ports.deliver, clock=_At(at), links=_NoLinks() if email else None)
    return replace(ports, deliver=deliver)


def _said(member: Member) -> tuple[str, Decision]:
    """What would be done, and the decision without an instant, so that equal ones are counted."""
    decision = member.message.decision
    return decision.verdict, replace(decision, until=None)
