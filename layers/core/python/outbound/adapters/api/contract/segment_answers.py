"""What answers hold of segments."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.pattern import EstimateId, Instant
from outbound.adapters.api.identifiers import ContactId, SegmentId, Topic
from outbound.domain.reach import EstimateState
from outbound.domain.words import Channel, Purpose

Count = Annotated[int, Field(ge=0)]


class ListedExclusion(Answered):
    """Who is left out, by any of these."""

    expression: str | None
    """Whoever it is true of."""
    segments: list[SegmentId]
    """Whoever is in one of them."""


class SegmentExclusion(ListedExclusion):
    """Who is left out, by any of these."""

    contact_ids: list[ContactId]
    """These contacts."""


class ListedSegment(Answered):
    """A segment without its lists of contacts."""

    id: SegmentId
    """As you have chosen it."""
    expression: str | None
    """Whoever it is true of; null where contacts are listed."""
    exclude: ListedExclusion
    """Who is left out."""
    created_at: Instant
    """When it was made."""
    updated_at: Instant
    """When it was changed last."""


class Segment(Answered):
    """Who is meant."""

    id: SegmentId
    """As you have chosen it."""
    expression: str | None
    """Whoever it is true of; null where contacts are listed."""
    contact_ids: list[ContactId] | None
    """These contacts; null where there is an expression."""
    exclude: SegmentExclusion
    """Who is left out."""
    created_at: Instant
    """When it was made."""
    updated_at: Instant
    """When it was changed last."""


class SegmentList(Answered):
    """A page of segments, by id."""

    items: list[ListedSegment]
    """The segments."""
    next_cursor: str | None
    """The `cursor` of the next page; null at the end."""


class Said(Answered):
    """What the gate would say."""

    verdict: Literal["send", "defer", "block"]
    """Whether a message would leave: at that time, later or never."""
    reason: str | None
    """Why, as a stable word."""
    rule: str | None
    """The rule that decides."""


class CountedDecision(Said):
    """What the gate would say of so many."""

    count: Count
    """Of how many."""


class ChannelReach(Answered):
    """What the gate would say on a channel."""

    channel: Channel
    """Which one."""
    decisions: list[CountedDecision]
    """The most frequent first; together they are all who are selected."""


class SampledContact(Said):
    """One of those who are selected, on the first of the channels."""

    contact_id: ContactId
    """Who."""
    masked: str | None
    """The address that a message would go to."""
    channel: Channel
    """On which channel."""


class CountedShards(Answered):
    """How far it is."""

    counted: Count
    """How many parts of the contacts are counted."""
    of: Count
    """How many there are."""


class SegmentEstimate(Answered):
    """How far a segment reaches."""

    id: EstimateId
    """Names the estimate."""
    state: EstimateState
    """Numbers are exact once it is finished. It fails when the segment is changed meanwhile."""
    segment: SegmentId
    """Of which segment."""
    purpose: Purpose
    """What would be sent."""
    topic: Topic | None
    """About what."""
    at: Instant
    """When."""
    shards: CountedShards
    """How far it is."""
    read: Count
    """How many contacts were looked at."""
    selected: Count
    """How many of them are in the segment."""
    channels: list[ChannelReach]
    """What the gate would say of those."""
    unknown_attributes: list[str]
    """Attributes of its expressions that no contact has: told once it is finished."""
    sample: Annotated[list[SampledContact], Field(max_length=10)]
    """Ten of those who are selected, drawn by lot."""
    created_at: Instant
    """When it was asked for."""
