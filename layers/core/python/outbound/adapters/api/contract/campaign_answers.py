"""What answers hold of campaigns."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from outbound.adapters.api.contract.answers import ABSENT, Answered
from outbound.adapters.api.contract.pattern import CampaignId, Instant, RunId
from outbound.adapters.api.identifiers import (
    ContactId,
    PoolId,
    SegmentId,
    TemplateId,
    Topic,
)
from outbound.domain.campaign import QuietHours, State
from outbound.domain.message import Status
from outbound.domain.run_export import ExportState
from outbound.domain.words import Channel, Purpose

Count = Annotated[int, Field(ge=0)]
Amount = Annotated[str, Field(pattern=r"^\d+\.\d{5}$")]
Hour = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:00:00Z$")]


class PinnedVersion(Answered):
    """The version of a template that a campaign is pinned to."""

    id: TemplateId
    """The template."""
    version: Annotated[int, Field(ge=1)]
    """Its version."""


class Compared(Answered):
    """One of the versions that are compared."""

    name: str
    """Names it."""
    weight: Annotated[int, Field(ge=1)]
    """How many get it, beside the others."""
    template: PinnedVersion
    """What it says."""


class Chosen(Answered):
    """An audience: one of the two."""

    segment: SegmentId = ABSENT
    """Whoever is in it when a run begins."""
    contact_ids: list[ContactId] = ABSENT
    """By your ids."""


class Times(Answered):
    """When a campaign is sent."""

    at: Instant | None
    """An instant."""
    local: str | None
    """A time on somebody's clock."""
    timezone: str | None
    """On whose, where that isn't known."""
    rule: str | None
    """How it repeats."""
    until: Instant | None
    """When the last run may begin."""


class Speed(Answered):
    """How quickly a campaign is sent."""

    per_minute: Annotated[int, Field(ge=1)] | None
    """So many in a minute."""
    over: str | None
    """All, spread over a time."""


class Trial(Answered):
    """Who comes first."""

    share: float
    """Of all recipients."""
    wait: str | None
    """How long the others wait; null until the campaign is resumed."""


class Money(Answered):
    """An amount of money."""

    amount: Amount
    """A decimal number."""
    currency: Literal["USD"]
    """ISO 4217."""


class Cost(Money):
    """What was spent."""

    estimated: Literal[True]
    """By our estimates, where no receipt has said the price."""


class Ways(Answered):
    """Channels that are tried one after another."""

    mode: Literal["first"]
    """Until one has reached them."""
    channels: Annotated[list[Channel], Field(min_length=2, max_length=3)]
    """In the order in which they are tried; what a contact prefers comes first."""
    after: str
    """How long a message may take to be delivered before the next channel's turn comes."""


class Campaign(Answered):
    """A campaign as it is now."""

    id: CampaignId
    """Names the campaign."""
    state: State
    """Where it is."""
    reason: str | None
    """Why it is paused or cancelled, as a stable word."""
    name: str
    """What you call it."""
    channel: Channel | None
    """How it reaches people; null with a route."""
    route: Ways | None
    """By which channels, if by several."""
    purpose: Purpose
    """Why it is sent."""
    topic: Topic | None
    """What it is about."""
    template: PinnedVersion | None
    """What it says; null where variants are compared."""
    variants: list[Compared] | None
    """What is compared."""
    hold_out: float
    """The share of recipients who get nothing."""
    audience: Chosen
    """Who it is for."""
    exclude: Chosen | None
    """Who it isn't for."""
    data: dict[str, Any]
    """What bodies find."""
    coupon_pool: PoolId | None
    """Where codes come from."""
    schedule: Times | None
    """When; null for as soon as it is launched."""
    expires_in: str
    """How long each message is tried."""
    pace: Speed | None
    """How quickly."""
    budget: Money | None
    """What it may cost."""
    quiet_hours: QuietHours
    """What becomes of who may not be written to at an hour."""
    canary: Trial | None
    """Who comes first."""
    needs_approval: bool
    """Whether a second key must approve it."""
    approved: bool
    """Whether it may be launched as it is."""
    approved_at: Instant | None
    """When it was approved."""
    created_at: Instant
    """When it was made."""
    updated_at: Instant
    """When it last changed."""
    launched_at: Instant | None
    """When it was launched."""
    next_run_at: Instant | None
    """When its next run begins."""


class CampaignList(Answered):
    """Some campaigns, newest first."""

    items: list[Campaign]
    """The campaigns."""
    next_cursor: str | None
    """Where the next page begins; null on the last one."""


class DecisionCount(Answered):
    """Recipients of whom the same would be decided."""

    verdict: Literal["send", "defer", "block", "fail"]
    """Whether they would be written to: in their turn, later, or never."""
    rule: str | None
    """The rule that decides."""
    source: str | None
    """Where that rule comes from."""
    reason: str | None
    """Why, as a stable word."""
    count: Count
    """How many."""


class WaitCount(Answered):
    """Recipients who would wait until the same hour."""

    hour: Hour
    """When they may be written to."""
    count: Count
    """How many."""


class EstimatedCost(Cost):
    """What a campaign would cost."""

    unpriced: Count
    """Of those who would be written to, how many have no known price."""


class Sampled(Answered):
    """One recipient."""

    contact_id: ContactId | None
    """The contact; null for one that isn't there any more."""
    masked: str
    """The address, most of it hidden."""
    verdict: Literal["send", "defer", "block", "fail"]
    """Whether they would be written to."""
    reason: str | None
    """Why not, as a stable word."""
    until: Instant | None
    """Until when they would wait."""
    rendered: dict[str, str] | None
    """What they would read, by body; null where they would not be written to in their turn."""


class ChannelStart(Answered):
    """Recipients who begin on a channel."""

    channel: Channel
    """The channel."""
    count: Count
    """How many."""


class CampaignEstimate(Answered):
    """What a campaign would do if it were launched now."""

    begins_at: Instant | None
    """When its first run begins; null if all its times have passed."""
    complete: bool
    """Whether everybody was looked at; else the numbers are of those for whom there was time, and
    those of all are larger. An estimate of its segment counts all."""
    takes: str
    """How long a run takes at the rates of this deployment, and no shorter than until the last
    one's turn: an ISO 8601 duration."""
    recipients: Count
    """Who it is for."""
    decisions: list[DecisionCount]
    """What would be decided of them, each in their turn."""
    deferred: list[WaitCount]
    """Until when some would wait."""
    parts: Count
    """Parts of texts in all; each is billed."""
    price: EstimatedCost
    """What it would cost; with a route, if all were reached on their first channel."""
    price_at_most: Money
    """What it would cost if nobody were reached before the last of their channels."""
    channels: list[ChannelStart]
    """On which channel they begin."""
    sample: Annotated[list[Sampled], Field(max_length=10)]
    """The first ten."""


class ReasonCount(Answered):
    """Messages that weren't sent for one reason."""

    status: Status
    """What they have become."""
    reason: str
    """Why, as a stable word."""
    count: Count
    """How many."""


class VariantCount(Answered):
    """Messages of a variant."""

    variant: str
    """Its name; empty without a comparison, and for those who were held out."""
    status: Status
    """What they have become."""
    count: Count
    """How many."""


class HourCount(Answered):
    """Messages of an hour."""

    hour: Hour
    """The hour in which they left, or came to their end here."""
    status: Status
    """What they have become by now."""
    count: Count
    """How many."""


class ChannelCount(Answered):
    """Messages of a channel."""

    channel: Channel
    """The channel."""
    status: Status
    """What they have become."""
    count: Count
    """How many."""


class CampaignRun(Answered):
    """A run of a campaign."""

    id: RunId
    """Names the run."""
    at: Instant
    """When it began."""
    expanded: bool
    """Whether its whole audience was read."""
    finished_at: Instant | None
    """Since when everybody is accounted for."""
    recipients: Count
    """Who was found so far."""
    waiting: Count
    """Of them, those that have no message as yet."""
    statuses: dict[Status, Count]
    """The others, by what their messages have become."""
    lost_chunks: Annotated[list[str], Field(max_length=20)]
    """Up to fifty recipients each, whom the database had lost and who were found again: phase and
    shard, step, number in it. Of emails, who has no message by then is unconfirmed."""
    lost_recipients: Count
    """Of whom nothing is known any more; those who weren't counted before are unconfirmed, as
    `chunk_lost`."""


class CampaignReport(Answered):
    """What has become of a campaign's recipients."""

    campaign_id: CampaignId
    """The campaign."""
    state: State
    """Where it is."""
    reason: str | None
    """Why it is paused or cancelled."""
    recipients: Count
    """Of all runs; each counts once in a run."""
    waiting: Count
    """Of them, those that have no message as yet."""
    statuses: dict[Status, Count]
    """The others, by what their messages have become."""
    marks: dict[str, Count]
    """Complaints; opens and clicks where they are tracked."""
    reasons: list[ReasonCount]
    """Why some weren't sent."""
    variants: list[VariantCount]
    """By variant."""
    hours: list[HourCount]
    """By hour."""
    cost: Cost
    """What was spent so far."""
    channels: list[ChannelCount]
    """All messages by channel: with a route, who has several is in each."""
    fell_back: Count
    """How often somebody went on to their next channel. All else that is counted of recipients is
    that of the message which reached them, or was the last to be tried."""
    runs: list[CampaignRun]
    """The runs, newest first."""


class CampaignExport(Answered):
    """The last export of a run."""

    campaign_id: CampaignId
    """The campaign."""
    run_id: RunId
    """The run whose recipients it lists."""
    state: ExportState
    """Where it is."""
    reason: str | None
    """Why it failed, or was withdrawn."""
    complete: bool
    """Whether everybody was accounted for as it began; else it says who stood where by then."""
    recipients: Count
    """Who the run was for as the export began."""
    rows: Count
    """How many of them are written."""
    began_at: Instant
    """When it was asked for."""
    finished_at: Instant | None
    """When it ended."""
    expires_at: Instant
    """Until when it is kept."""
    file: str | None
    """A link to the file, for an hour; null until it is finished, and when it is withdrawn."""
