"""The operations on segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contract import segment_answers as answers
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import (
    CURSOR,
    IDEMPOTENCY_KEY,
    LIMIT,
    LOCATION,
    PAGING_PROBLEMS,
    REPLAYED,
    schema_of,
)
from outbound.adapters.api.contract.pattern import EstimateId
from outbound.adapters.api.contract.schemas import variant
from outbound.adapters.api.identifiers import SegmentId
from outbound.adapters.api.segment_requests import EstimateModel, SegmentModel
from outbound.domain.words import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

TAG = "Segments"
EXPRESSION = 'contact.region == "US-FL" and attributes.plan in ["pro", "team"]'
FLORIDA: dict[str, Any] = {"expression": EXPRESSION, "exclude": {"contact_ids": ["ada"]}}
TIMES = {"created_at": "2026-11-23T16:40:00.123Z", "updated_at": "2026-11-23T16:40:00.123Z"}
LISTED = {
    "id": "florida",
    "expression": EXPRESSION,
    "exclude": {"expression": None, "segments": []},
    **TIMES,
}
STORED = {
    **LISTED,
    "contact_ids": None,
    "exclude": {"expression": None, "segments": [], "contact_ids": ["ada"]},
}
WORDS = {
    "SegmentRequest": {
        "expression": "One expression of the template language over `contact`, `attributes` and "
        "`consents`; see the description of the operation.",
        "contact_ids": "Contacts by id, instead of an expression.",
        "exclude": "Who is left out, though meant.",
    },
    "EstimateRequest": {
        "channels": "On which channels; on all, if not given.",
        "purpose": "What would be sent.",
        "topic": "About what.",
        "at": "When; now, if not given.",
    },
    "Exclusion": {
        "expression": "Whoever it is true of.",
        "segments": "Whoever is in one of these segments.",
        "contact_ids": "These contacts.",
    },
}
ID = Parameter("id", "path", "The segment; you choose its id.", schema_of(SegmentId), "florida")
ONE = {"A segment": STORED}
OFFER: dict[str, Any] = {"channels": ["sms"], "purpose": "marketing", "topic": "offers"}
SEND = {"verdict": "send", "reason": None, "rule": None}
ESTIMATE: dict[str, Any] = {
    "id": "est_01kax3b2hv7fw2p8dz5r",
    "state": "finished",
    "segment": "florida",
    "purpose": "marketing",
    "topic": "offers",
    "at": "2026-11-23T16:40:00.123Z",
    "shards": {"counted": 32, "of": 32},
    "read": 12_000,
    "selected": 2,
    "channels": [
        {
            "channel": "sms",
            "decisions": [
                {**SEND, "count": 1},
                {"verdict": "block", "reason": "no_consent", "rule": "us.tcpa.consent", "count": 1},
            ],
        }
    ],
    "unknown_attributes": [],
    "sample": [{"contact_id": "bob", "masked": "+1415•••0123", "channel": "sms", **SEND}],
    "created_at": "2026-11-23T16:40:00.123Z",
}
ESTIMATE_ID = Parameter("id", "path", "The estimate.", schema_of(EstimateId), ESTIMATE["id"])
LANGUAGE = """An expression is one of Jinja2, and is asked of each contact:

- `contact` has `id`, `email`, `emails`, `marks`, `phone`, `phones`, `channels`, `locale`, \
`language`, `timezone`, `region`, `country`, `preferred`, `forbidden`, `created_at`, `updated_at`
- `contact.marks` are those of `contact.email`, the address that is written to: `"role" in \
contact.marks` where it is a post's (info@, admin@), `"disposable" in contact.marks` where it will \
soon be nobody's; without an email there are none
- `attributes` has what you keep: `attributes.plan`, `attributes["first name"]`, \
`attributes.address.city`, `attributes.cars[0]`; `contact.attributes`, as bodies have it, is the \
same
- `consents.sms.marketing` is true where a yes stands; `consents.sms.marketing.offers` to one topic
- `and`, `or`, `not`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `not in`, `is defined`, `is none`, \
`is string`, `is number`, `is true`, `is false`
- `|lower`, `|upper`, `|trim`, `|length`, and `|days_ago`: how many days ago a date or time was

What a contact doesn't have is false, equals nothing, is in nothing, and is neither less nor more \
than anything: `attributes.age < 30` is false of whoever has no age, and so is `attributes.age >= \
30`. The same holds of a text beside a number. Erased contacts are in no segment."""

OPERATIONS = (
    Operation(
        id="putSegment",
        method="PUT",
        path="/v1/segments/{id}",
        tag=TAG,
        summary="Make or replace a segment",
        description=LANGUAGE,
        scope=Scope.SEGMENTS_WRITE,
        parameters=(ID,),
        body=Body(SegmentModel, {"Pro in Florida": FLORIDA}),
        answers=(
            Answer(
                201,
                "The segment, made.",
                answers.Segment,
                ONE,
                links={"getSegment": {"id": "$response.body#/id"}},
            ),
            Answer(200, "The segment, replaced.", answers.Segment, ONE),
        ),
        problems=("invalid_expression", "unknown_segment", "segment_too_deep", "segment_busy"),
    ),
    Operation(
        id="getSegment",
        method="GET",
        path="/v1/segments/{id}",
        tag=TAG,
        summary="Look at a segment",
        description="As it is now.",
        scope=Scope.SEGMENTS_READ,
        parameters=(ID,),
        answers=(Answer(200, "The segment.", answers.Segment, ONE),),
        problems=("invalid_request", "unknown_segment_id"),
    ),
    Operation(
        id="listSegments",
        method="GET",
        path="/v1/segments",
        tag=TAG,
        summary="List segments",
        description="All of the tenant, by id, without their lists of contacts.",
        scope=Scope.SEGMENTS_READ,
        parameters=(LIMIT, CURSOR),
        answers=(
            Answer(
                200,
                "A page of segments.",
                answers.SegmentList,
                {"One segment": {"items": [LISTED], "next_cursor": None}},
            ),
        ),
        problems=PAGING_PROBLEMS,
    ),
    Operation(
        id="estimateSegment",
        method="POST",
        path="/v1/segments/{id}/estimate",
        tag=TAG,
        summary="Count who is in a segment, and what the gate would say",
        description="Exactly, for each channel. Small tenants are counted at once; for others it "
        "goes on in the background, and `GET /v1/estimates/{id}` says how far it is. Nothing is "
        "sent, and no cap counts it.",
        scope=Scope.CONTACTS_READ,
        parameters=(ID, IDEMPOTENCY_KEY),
        body=Body(EstimateModel, {"An offer": OFFER}),
        answers=(
            Answer(
                202,
                "As far as it is counted.",
                answers.SegmentEstimate,
                {"Counted": ESTIMATE},
                {**LOCATION, **REPLAYED},
                {"getEstimate": {"id": "$response.body#/id"}},
            ),
        ),
        problems=("unknown_segment_id", "unknown_segment", "segment_too_deep"),
    ),
    Operation(
        id="getEstimate",
        method="GET",
        path="/v1/estimates/{id}",
        tag=TAG,
        summary="Look at an estimate",
        description="Kept for a day.",
        scope=Scope.CONTACTS_READ,
        parameters=(ESTIMATE_ID,),
        answers=(Answer(200, "The estimate.", answers.SegmentEstimate, {"Counted": ESTIMATE}),),
        problems=("unknown_estimate",),
    ),
    Operation(
        id="deleteSegment",
        method="DELETE",
        path="/v1/segments/{id}",
        tag=TAG,
        summary="Remove a segment",
        description="Not while another segment leaves it out. A run that has begun keeps what the "
        "segment said.",
        scope=Scope.SEGMENTS_WRITE,
        parameters=(ID,),
        answers=(Answer(200, "The segment, as it was.", answers.Segment, ONE),),
        problems=("invalid_request", "unknown_segment_id", "segment_in_use", "segment_busy"),
    ),
)


def refine_segment(schema: Schema, _: dict[str, Schema]) -> Schema:
    """One of the two."""
    forms = [
        variant(schema, ["expression"], ["contact_ids"]),
        variant(schema, ["contact_ids"], ["expression"]),
    ]
    return {"description": schema["description"], "oneOf": forms}


REFINEMENTS: Mapping[str, Refine] = {"SegmentRequest": refine_segment}
