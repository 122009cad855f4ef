"""Segments: who is meant, by what is known of them or by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound_client.models import Segment, SegmentEstimate, SegmentPage
from outbound_client.requests import body_of, path_to, query_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from outbound_client.connection import Connection


class SegmentCalls:
    """The calls on segments."""

    _api: Connection

    def put_segment(
        self,
        segment_id: str,
        *,
        expression: str | None = None,
        contact_ids: Sequence[str] | None = None,
        exclude: Mapping[str, Any] | None = None,
    ) -> Segment:
        """Make or replace a segment: by one expression, or contacts by id.

        `exclude` says who is left out: `{"expression": …, "segments": […], "contact_ids": […]}`.
        """
        body = body_of(
            expression=expression,
            contact_ids=None if contact_ids is None else list(contact_ids),
            exclude=exclude,
        )
        return self._api.ask(Segment, "PUT", path_to("segments", segment_id), body=body)

    def get_segment(self, segment_id: str) -> Segment:
        """A segment, as it is now."""
        return self._api.ask(Segment, "GET", path_to("segments", segment_id))

    def list_segments(self, limit: int | None = None, cursor: str | None = None) -> SegmentPage:
        """A page of the tenant's segments, by id, without their lists of contacts."""
        query = query_of(limit=limit, cursor=cursor)
        return self._api.ask(SegmentPage, "GET", "/v1/segments", query=query)

    def delete_segment(self, segment_id: str) -> Segment:
        """Remove a segment that no other leaves out."""
        return self._api.ask(Segment, "DELETE", path_to("segments", segment_id))

    def estimate_segment(
        self,
        segment_id: str,
        *,
        purpose: str,
        channels: Sequence[str] | None = None,
        topic: str | None = None,
        at: datetime | str | None = None,
        idempotency_key: str | None = None,
    ) -> SegmentEstimate:
        """Who is in a segment and what the gate would say; `get_estimate` until it is finished."""
        body = body_of(
            purpose=purpose,
            channels=None if channels is None else list(channels),
            topic=topic,
            at=at,
        )
        path = f"{path_to('segments', segment_id)}/estimate"
        return self._api.post(SegmentEstimate, path, body, idempotency_key)

    def get_estimate(self, estimate_id: str) -> SegmentEstimate:
        """An estimate, as far as it is."""
        return self._api.ask(SegmentEstimate, "GET", path_to("estimates", estimate_id))
