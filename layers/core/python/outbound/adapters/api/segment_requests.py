"""Segments, as requests and answers hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AwareDatetime, Field, model_validator

from outbound.adapters.api.forms import not_blank
from outbound.adapters.api.identifiers import ContactId, SegmentId, Topic
from outbound.adapters.api.paging import cursor_of
from outbound.adapters.api.reading import ONCE, Model, fingerprint_of, read, read_value
from outbound.domain.instant import rfc3339, to_milliseconds
from outbound.domain.segment import (
    LONGEST_EXPRESSION,
    MOST_EXCLUDED,
    MOST_LISTED,
    Exclusion,
)
from outbound.domain.shards import SHARDS
from outbound.domain.words import Channel, Purpose
from outbound.flow.manage.segments import Definition
from outbound.flow.reaching import Wish

if TYPE_CHECKING:
    from typing import Self

    from outbound.domain.reach import Reach, Verdict
    from outbound.domain.segment import Segment
    from outbound.flow.reaching import Found
    from outbound.ports import SegmentPage


Expression = Annotated[str, not_blank(LONGEST_EXPRESSION)]
ContactIds = Annotated[list[ContactId], ONCE, Field(max_length=MOST_LISTED)]
SegmentIds = Annotated[list[SegmentId], ONCE, Field(max_length=MOST_EXCLUDED)]


class ExclusionModel(Model):
    """Who is left out, by any of these."""

    expression: Expression | None = None
    segments: SegmentIds = Field(default_factory=list)
    contact_ids: ContactIds = Field(default_factory=list)


class SegmentModel(Model):
    """Who is meant: `expression` or `contact_ids`, one of the two."""

    expression: Expression | None = None
    contact_ids: ContactIds | None = None
    exclude: ExclusionModel = Field(default_factory=ExclusionModel)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.expression is None) == (self.contact_ids is None):
            raise ValueError("must have exactly one of expression and contact_ids")
        return self


class EstimateModel(Model):
    """What would be sent to a segment."""

    channels: Annotated[list[Channel], ONCE, Field(min_length=1)] | None = None
    purpose: Purpose
    topic: Topic | None = None
    at: AwareDatetime | None = None


class SegmentIdModel(Model):
    """The id in the path."""

    id: SegmentId


def read_segment_id(value: str) -> str:
    """The id of a segment in a path.

    Raises:
        Refusal: it can't be one.
    """
    return read_value(SegmentIdModel, {"id": value}, "").id


def read_segment(text: str) -> Definition:
    """What a segment shall say.

    Raises:
        Refusal: the body isn't that.
    """
    model = read(SegmentModel, text)
    return Definition(
        expression=model.expression,
        contact_ids=tuple(sorted(model.contact_ids or ())),
        exclude=Exclusion(
            expression=model.exclude.expression,
            segments=tuple(model.exclude.segments),
            contact_ids=tuple(sorted(model.exclude.contact_ids)),
        ),
    )


def read_estimate(segment_id: str, text: str, idempotency_key: str | None) -> Wish:
    """What would be sent to a segment.

    Raises:
        Refusal: the body isn't that.
    """
    model = read(EstimateModel, text)
    return Wish(
        channels=tuple(model.channels or Channel),
        purpose=model.purpose,
        topic=model.topic,
        at=to_milliseconds(model.at) if model.at else None,
        idempotency_key=idempotency_key,
        fingerprint=fingerprint_of(f"POST /v1/segments/{segment_id}/estimate", text),
    )


def estimate_body(found: Found) -> dict[str, Any]:
    """How far an estimate is."""
    estimate, total = found.estimate, found.total
    return {
        "id": estimate.id,
        "state": found.state,
        "segment": estimate.segment,
        "purpose": estimate.purpose,
        "topic": estimate.topic,
        "at": rfc3339(estimate.at),
        "shards": {"counted": found.shards, "of": SHARDS},
        "read": total.read,
        "selected": total.selected,
        "channels": [
            {"channel": channel, "decisions": _decisions(channel, total)}
            for channel in estimate.channels
        ],
        "unknown_attributes": list(found.unknown),
        "sample": [
            {
                "contact_id": each.contact_id,
                "masked": each.masked,
                "channel": each.verdict.channel,
                **_said(each.verdict),
            }
            for each in total.sample
        ],
        "created_at": rfc3339(estimate.created_at),
    }


def _decisions(channel: Channel, total: Reach) -> list[dict[str, Any]]:
    """Those of a channel, the most frequent first."""
    own = [pair for pair in total.verdicts.items() if pair[0].channel is channel]
    own.sort(key=lambda pair: (-pair[1], pair[0].verdict, pair[0].reason or ""))
    return [{**_said(verdict), "count": count} for verdict, count in own]


def _said(verdict: Verdict) -> dict[str, Any]:
    return {"verdict": verdict.verdict, "reason": verdict.reason, "rule": verdict.rule}


def segment_body(segment: Segment) -> dict[str, Any]:
    """A segment, whole."""
    listed = segment.expression is None
    return {
        **_told(segment),
        "contact_ids": list(segment.contact_ids) if listed else None,
        "exclude": {**_left_out(segment), "contact_ids": list(segment.exclude.contact_ids)},
    }


def segment_page_body(page: SegmentPage) -> dict[str, Any]:
    """Segments without their lists of contacts."""
    items = [{**_told(each), "exclude": _left_out(each)} for each in page.segments]
    return {"items": items, "next_cursor": cursor_of(page.after)}


def _told(segment: Segment) -> dict[str, Any]:
    return {
        "id": segment.id,
        "expression": segment.expression,
        "created_at": rfc3339(segment.created_at),
        "updated_at": rfc3339(segment.updated_at),
    }


def _left_out(segment: Segment) -> dict[str, Any]:
    return {
        "expression": segment.exclude.expression,
        "segments": list(segment.exclude.segments),
    }
