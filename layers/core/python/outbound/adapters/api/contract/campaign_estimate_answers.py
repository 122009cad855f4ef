"""What is answered about what a campaign would do."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.campaign_answers import Cost, Count, Hour, Money
from outbound.adapters.api.contract.pattern import Instant
from outbound.adapters.api.identifiers import ContactId
from outbound.domain.words import Channel


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
    `next_cursor` goes on with the others."""
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
    """The first ten of those whom this request looked at."""
    next_cursor: str | None
    """To be asked with, until it is null: the numbers then hold all who were looked at before."""
