"""The operations on alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.alert_requests import MOST_STEPS, AlertModel
from outbound.adapters.api.cap_requests import MEDIA_TYPE
from outbound.adapters.api.contract import alert_answers as answers
from outbound.adapters.api.contract.alert_estimate_answers import AlertEstimate
from outbound.adapters.api.contract.alert_examples import (
    ALERT,
    CANCELLED,
    CAP,
    ESTIMATE,
    PROGRESS,
    SENDING,
    WANTED,
)
from outbound.adapters.api.contract.content_schema import DURATION
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
from outbound.adapters.api.contract.pattern import AlertId
from outbound.adapters.api.contract.schemas import shape, value_of, variant
from outbound.domain.words import Channel, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

TAG = "Alerts"
PATH = Parameter("id", "path", "The alert.", schema_of(AlertId), ALERT["id"])
CHANNELS = {
    "type": "array",
    "items": {"type": "string", "enum": list(Channel)},
    "minItems": 1,
    "maxItems": 3,
}
REGIONS = {
    "type": "array",
    "items": {"type": "string", "format": "region"},
    "minItems": 1,
    "maxItems": 60,
}
ESCALATION = {
    "type": "array",
    "items": {
        "type": "string",
        # Of the durations from PT2M to P1D, those of whole minutes, hours or a day.
        "pattern": "^(P1D|PT([2-9]|[1-9][0-9]{1,2})M|PT([1-9]|1[0-9]|2[0-4])H)"
        "(:(email|sms|voice)){1,3}$",
    },
    "minItems": 1,
    "maxItems": MOST_STEPS,
}
FOR_XML = (
    Parameter("regions", "query", "Of CAP alone: who is meant, in place of its areas.", REGIONS),
    Parameter(
        "segment",
        "query",
        "Of CAP alone: who is meant, in place of its areas and of `regions`.",
        {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,63}$"},
    ),
    Parameter("channels", "query", "Of CAP alone: by what; by all, if not given.", CHANNELS),
    Parameter(
        "calls_again",
        "query",
        "Of CAP alone: how often who doesn't answer the phone is called again.",
        {"type": "integer", "minimum": 0, "maximum": 3, "default": 2},
    ),
    Parameter(
        "escalation",
        "query",
        "Of CAP alone: what follows for who hasn't acknowledged it, as steps with their time and "
        "channels: `PT10M:voice,PT1H:sms:voice`.",
        ESCALATION,
    ),
    Parameter(
        "template",
        "query",
        "Of CAP alone: the id of the template that has its words, as `template` in JSON.",
        {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,63}$"},
    ),
)
WORDS: dict[str, dict[str, str]] = {
    "AlertRequest": {
        "status": "`Actual` is meant, and waits for a second person. All others are drills: they "
        "reach only verified testers, at once.",
        "type": "An `Update` or `Cancel` ends the alerts that it refers to, and says why.",
        "references": "The alerts that it ends: of the same status, and older.",
        "urgency": "How soon to act.",
        "severity": "How bad it is.",
        "certainty": "How sure it is.",
        "categories": "Of what kind it is.",
        "target": "Who it is for; of a drill, who it would be for.",
        "channels": "By what it is sent, all at once; by all, if not given.",
        "expires_at": "Until when it is sent, and holds.",
        "sender_name": "Who says it; calls begin with it.",
        "info": "What it says, in each language. Who reads another gets the first.",
        "resources": "More to see; emails and the page of the alert link to it.",
        "calls_again": "How often who is busy or doesn't answer the phone is called again.",
        "escalation": "What follows for who hasn't said by the alert's link that they have read "
        "it.",
        "template": "Says it in words of yours, on the channels and in the languages that it has: "
        "`{{ event }}`, `{{ area }}`, `{{ action }}`, `{{ description }}`, `{{ sender_name }}`, "
        "and `{{ url }}`, the link to acknowledge it. Elsewhere it is in ours.",
    },
    "AlertTemplate": {
        "id": "The template.",
        "version": "The version that is published now, if not given.",
    },
    "Target": {
        "regions": "Contacts whose `region` is one of these, or lies in a country that is.",
        "segment": "Contacts in this segment, as it is when the alert begins.",
    },
    "Resource": {
        "description": "What it is.",
        "media_type": "Of which type.",
        "url": "Where it is.",
    },
    "Info": {
        "language": "The language.",
        "event": "What happens.",
        "headline": "The same in a line: the text, the subject, and what calls say first.",
        "description": "What is known.",
        "instruction": "What to do.",
        "web": "Where more is said.",
        "contact": "Whom to ask.",
        "areas": "Where, in words.",
    },
    "Escalation": {
        "after": "From its begin: an ISO 8601 duration from PT2M to P1D.",
        "channels": "By what.",
    },
}

OPERATIONS = (
    Operation(
        id="createAlert",
        method="POST",
        path="/v1/alerts",
        tag=TAG,
        summary="Alert the public",
        description="In JSON, or in XML as the Common Alerting Protocol 1.2 has it "
        f"(`{MEDIA_TYPE}`; errors then have places as XPath). Its areas must be whole states or "
        "countries by their geocodes (`ISO3166-2`, `SAME`), or the query says who is meant. Two "
        "alerts with the same sender, identifier and time are one.",
        scope=Scope.ALERTS_WRITE,
        parameters=(IDEMPOTENCY_KEY, *FOR_XML),
        body=Body(AlertModel, {"A drill": WANTED}, also={MEDIA_TYPE: {"A drill in CAP": CAP}}),
        answers=(
            Answer(
                202,
                "The alert: waiting for approval, or being sent.",
                answers.Alert,
                {"It waits for approval": ALERT},
                {**LOCATION, **REPLAYED},
                {
                    "getAlert": {"id": "$response.body#/id"},
                    "estimateAlert": {"id": "$response.body#/id"},
                    "approveAlert": {"id": "$response.body#/id"},
                    "cancelAlert": {"id": "$response.body#/id"},
                },
            ),
        ),
        problems=(
            "invalid_parameter",
            "malformed_xml",
            "invalid_cap",
            "unknown_area",
            "unknown_reference",
            "older_than_reference",
            "unknown_segment",
            "unknown_template",
            "wrong_purpose",
            "missing_variable",
            "invalid_variable",
            "segment_too_deep",
            "invalid_content",
            "template_bounds",
            "invalid_template",
            "time_in_the_past",
            "time_too_far",
            "tester_not_verified",
            "purpose_not_allowed",
            "person_required",
            "alert_exists",
            "alert_changed",
        ),
    ),
    Operation(
        id="listAlerts",
        method="GET",
        path="/v1/alerts",
        tag=TAG,
        summary="List alerts",
        description="Newest first.",
        scope=Scope.ALERTS_READ,
        parameters=(LIMIT, CURSOR),
        answers=(
            Answer(
                200,
                "Some alerts.",
                answers.AlertList,
                {"One": {"items": [ALERT], "next_cursor": None}},
            ),
        ),
        problems=PAGING_PROBLEMS,
    ),
    Operation(
        id="getAlert",
        method="GET",
        path="/v1/alerts/{id}",
        tag=TAG,
        summary="Look at an alert and its progress",
        description="By region and channel, as it runs; counts follow what happens within seconds.",
        scope=Scope.ALERTS_READ,
        parameters=(PATH,),
        answers=(Answer(200, "The alert.", answers.AlertProgress, {"It is being sent": PROGRESS}),),
        problems=("unknown_alert",),
    ),
    Operation(
        id="estimateAlert",
        method="POST",
        path="/v1/alerts/{id}/estimate",
        tag=TAG,
        summary="Estimate an alert",
        description="Whom it would reach if it began now, by channel, who not and by which rule, "
        "what it costs and how long it takes. Nothing is stored or sent. It looks for five "
        "seconds: of a million contacts, at some of them.",
        scope=Scope.ALERTS_READ,
        parameters=(PATH,),
        answers=(Answer(200, "The estimate.", AlertEstimate, {"A flood": ESTIMATE}),),
        problems=("unknown_alert", "unknown_segment_id", "segment_too_deep"),
    ),
    Operation(
        id="approveAlert",
        method="POST",
        path="/v1/alerts/{id}/approve",
        tag=TAG,
        summary="Approve an alert",
        description="It is sent at once. Who asked for it can't approve it, with whatever key: "
        "keys belong to people, as operators name them. Doing it again changes nothing.",
        scope=Scope.ALERTS_APPROVE,
        parameters=(PATH,),
        answers=(Answer(200, "The alert.", answers.Alert, {"It is being sent": SENDING}),),
        problems=(
            "unknown_alert",
            "person_required",
            "approval_by_another_person",
            "purpose_not_allowed",
            "wrong_alert_state",
            "alert_changed",
            "unknown_segment_id",
            "segment_too_deep",
        ),
    ),
    Operation(
        id="cancelAlert",
        method="POST",
        path="/v1/alerts/{id}/cancel",
        tag=TAG,
        summary="Cancel an alert",
        description="What hasn't left never will, from 10 seconds on. Who has it isn't told: that "
        "takes an alert of type `Cancel`. Doing it again changes nothing.",
        scope=Scope.ALERTS_WRITE,
        parameters=(PATH,),
        answers=(Answer(200, "The alert.", answers.Alert, {"It was cancelled": CANCELLED}),),
        problems=("unknown_alert", "wrong_alert_state", "alert_changed"),
    ),
)


def refine_target(schema: Schema, _: dict[str, Schema]) -> Schema:
    """One of the two."""
    value_of(schema["properties"]["regions"])["items"]["format"] = "region"
    forms = [
        variant(schema, ["regions"], ["segment"]),
        variant(schema, ["segment"], ["regions"]),
    ]
    return {"description": schema["description"], "oneOf": forms}


def refine_escalation(schema: Schema, _: dict[str, Schema]) -> Schema:
    """A duration."""
    shape(schema, "after", pattern=DURATION, format="duration")
    return schema


REFINEMENTS: Mapping[str, Refine] = {
    "Target": refine_target,
    "Escalation": refine_escalation,
}
