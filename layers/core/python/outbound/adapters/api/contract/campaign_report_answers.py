"""What is answered about what a campaign has done."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.campaign_answers import Cost, Count, Hour
from outbound.adapters.api.contract.pattern import CampaignId, Instant, RunId
from outbound.domain.campaign import State
from outbound.domain.message import Status
from outbound.domain.run_export import ExportState
from outbound.domain.words import Channel


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
