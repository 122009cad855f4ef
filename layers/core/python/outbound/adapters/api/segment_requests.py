"""Segments, as requests and answers hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from outbound.adapters.api.identifiers import ContactId, SegmentId
from outbound.adapters.api.paging import cursor_of
from outbound.adapters.api.reading import Model, read, read_value
from outbound.domain.instant import rfc3339
from outbound.domain.segment import (
    LONGEST_EXPRESSION,
    MOST_EXCLUDED,
    MOST_LISTED,
    Exclusion,
)
from outbound.flow.manage.segments import Definition

if TYPE_CHECKING:
    from typing import Self

    from outbound.domain.segment import Segment
    from outbound.ports import SegmentPage


def _once(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


Expression = Annotated[str, Field(min_length=1, max_length=LONGEST_EXPRESSION, pattern=r"\S")]
ContactIds = Annotated[list[ContactId], AfterValidator(_once), Field(max_length=MOST_LISTED)]
SegmentIds = Annotated[list[SegmentId], AfterValidator(_once), Field(max_length=MOST_EXCLUDED)]


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
