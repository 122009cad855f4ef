"""What answers hold of estimates of alerts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.campaign_answers import (
    Count,
    DecisionCount,
    EstimatedCost,
    Money,
)
from outbound.adapters.api.identifiers import ContactId
from outbound.domain.shards import SHARDS
from outbound.domain.words import Channel


class Looked(Answered):
    """How much of all contacts was looked at."""

    counted: Annotated[int, Field(ge=0, le=SHARDS)]
    """Parts that were read to their end."""
    of: Annotated[int, Field(ge=1, le=SHARDS)]
    """How many there are; contacts lie evenly in them."""


class AlertOnChannel(Answered):
    """What an alert would do on a channel."""

    channel: Channel
    """The channel."""
    at_once: bool
    """Whether the alert begins on it; else only its escalation uses it."""
    recipients: Count
    """Who would be written to."""
    takes: str
    """How long that takes at the rate that alerts have here: an ISO 8601 duration."""
    decisions: list[DecisionCount]
    """What would be decided of all whom it is for."""
    parts: Count
    """Parts of texts in all; each is billed."""
    price: EstimatedCost
    """What it would cost once."""


class AlertSampled(Answered):
    """Somebody on a channel."""

    contact_id: ContactId | None
    """The contact; null for a tester who is none as yet."""
    masked: str | None
    """The address, most of it hidden; null where there is none."""
    channel: Channel
    """The channel."""
    verdict: Literal["send", "block"]
    """Whether they would be written to."""
    reason: str | None
    """Why not, as a stable word."""
    rendered: dict[str, str] | None
    """What they would read, by body, with a link of the usual length; null where nothing."""


class AlertEstimate(Answered):
    """What an alert would do if it began now."""

    shards: Looked
    """How much was looked at; the numbers are of that."""
    recipients: Count
    """The contacts whom it is for."""
    reached: Count
    """Those who would be written to at once, on whichever channel."""
    channels: list[AlertOnChannel]
    """By channel."""
    price: EstimatedCost
    """What it costs to write to all at once."""
    price_at_most: Money
    """What it would cost with all calls again and its escalation, if nobody ever answered it."""
    sample: Annotated[list[AlertSampled], Field(max_length=10)]
    """The first ten."""
