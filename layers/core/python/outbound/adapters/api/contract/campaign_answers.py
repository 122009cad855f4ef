"""What answers hold of campaigns."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from outbound.adapters.api.contract.answers import ABSENT, Answered
from outbound.adapters.api.contract.pattern import CampaignId, Instant
from outbound.adapters.api.identifiers import ContactId, PoolId, SegmentId, TemplateId, Topic
from outbound.domain.campaign import QuietHours, State
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
