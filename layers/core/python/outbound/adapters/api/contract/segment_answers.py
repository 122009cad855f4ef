"""What answers hold of segments."""

from __future__ import annotations

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.pattern import Instant
from outbound.adapters.api.identifiers import ContactId, SegmentId


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
