"""Who is meant, and how far that reaches."""

from datetime import datetime

from outbound_client.models.answer import Answer


class Exclusion(Answer):
    """Who is left out of a segment, by any of these; lists of segments don't name contacts."""

    expression: str | None = None
    segments: tuple[str, ...] = ()
    contact_ids: tuple[str, ...] | None = None


class Segment(Answer):
    """Who is meant: whoever `expression` is true of, or `contact_ids`; lists have no contacts."""

    id: str
    expression: str | None = None
    contact_ids: tuple[str, ...] | None = None
    exclude: Exclusion
    created_at: datetime
    updated_at: datetime


class SegmentPage(Answer):
    """Some segments, by id."""

    items: tuple[Segment, ...]
    next_cursor: str | None = None


class GateAnswer(Answer):
    """What the gate would say."""

    verdict: str
    reason: str | None = None
    rule: str | None = None


class CountedDecision(GateAnswer):
    """What the gate would say of so many."""

    count: int


class ChannelReach(Answer):
    """What the gate would say on a channel."""

    channel: str
    decisions: tuple[CountedDecision, ...]


class SampledContact(GateAnswer):
    """One of those who are selected."""

    contact_id: str
    masked: str | None = None
    channel: str


class CountedShards(Answer):
    """How far an estimate is."""

    counted: int
    of: int


class SegmentEstimate(Answer):
    """How far a segment reaches; exact once `state` is finished."""

    id: str
    state: str
    segment: str
    purpose: str
    topic: str | None = None
    at: datetime
    shards: CountedShards
    read: int
    selected: int
    channels: tuple[ChannelReach, ...]
    unknown_attributes: tuple[str, ...]
    sample: tuple[SampledContact, ...]
    created_at: datetime
