"""The operations on rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contract import event_rule_answers as answers
from outbound.adapters.api.contract.message_schema import route_of
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import CURSOR, LIMIT, PAGING_PROBLEMS, schema_of
from outbound.adapters.api.contract.schemas import NOTHING, ref, value_of, variant
from outbound.adapters.api.event_rule_requests import PatternTrialModel, RuleModel
from outbound.adapters.api.identifiers import RuleId
from outbound.domain.words import Channel, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

TAG = "Rules"
PATTERN: dict[str, Any] = {
    "source": ["com.example.shop"],
    "detail-type": ["order.shipped"],
    "detail": {"carrier": [{"anything-but": "pickup"}]},
}
SHIPPED: dict[str, Any] = {
    "pattern": PATTERN,
    "contact": {"phone": "$.detail.customer.phone"},
    "channel": "sms",
    "purpose": "informational",
    "template": {"id": "appointment"},
    "data": {"name": "$.detail.customer.name", "day": "$.detail.day"},
}
STORED: dict[str, Any] = {
    "id": "order-shipped",
    **SHIPPED,
    "route": None,
    "topic": None,
    "template": {"id": "appointment", "version": None},
    "enabled": True,
    "mode": "live",
    "created_at": "2026-11-23T16:40:00.123Z",
    "updated_at": "2026-11-23T16:40:00.123Z",
}
EVENT: dict[str, Any] = {
    "version": "0",
    "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
    "source": "com.example.shop",
    "detail-type": "order.shipped",
    "account": "111122223333",
    "time": "2026-11-23T16:40:00Z",
    "region": "us-east-1",
    "resources": [],
    "detail": {
        "carrier": "ups",
        "day": "Monday",
        "customer": {"name": "Ada", "phone": "+14255550123"},
    },
}
REFUSED = {
    "event_id": EVENT["id"],
    "detail_type": "order.shipped",
    "at": "2026-11-23T16:40:00.000Z",
    "refused_at": "2026-11-23T16:40:01.210Z",
    "code": "path_missing",
    "detail": "The event has nothing at $.detail.customer.phone.",
}
ID = Parameter("id", "path", "The rule; you choose its id.", schema_of(RuleId), "order-shipped")
ONE = {"A rule": STORED}
WORDS: Mapping[str, Mapping[str, str]] = {
    "RuleRequest": {
        "pattern": "Which events, in EventBridge's own syntax. Its `source` names sources that the "
        "deployment has bound to your tenant, each in full.",
        "contact": "Where an event says who is written to.",
        "channel": "How it reaches the person; or else `route`.",
        "route": "Several channels instead of one, as for a message.",
        "purpose": "Why it is sent; the template has the same, and the key must list it.",
        "topic": "What it is about, for the recipient's choice.",
        "template": "The stored template that says it.",
        "data": "The values of its variables: paths in the event, by their names. What an event "
        "doesn't have is left out.",
        "enabled": "Whether it is in force.",
    },
    "ContactPath": {
        "contact_id": "A path in the event to the id of a contact.",
        "email": "A path to an email address.",
        "phone": "A path to a number in E.164 form.",
    },
    "RuleTemplate": {
        "id": "The template.",
        "version": "The one that is published when an event comes, if not given.",
    },
    "PatternTrialRequest": {
        "pattern": "A pattern in EventBridge's syntax.",
        "event": "An event, with its envelope.",
    },
}


def refine_rule(schema: Schema, schemas: dict[str, Schema]) -> Schema:
    """It has a channel or a route."""
    several = route_of(schemas["Route"], tuple(Channel), least=2)["route"]
    one = value_of(schema["properties"]["channel"])
    schemas["ChannelRule"] = {
        "description": schema["description"],
        **variant(schema, ["channel"], ["route"], channel=one),
    }
    schemas["RouteRule"] = {
        "description": schema["description"],
        **variant(schema, ["route"], ["channel"], route=several),
    }
    return {
        "description": schema["description"],
        "oneOf": [ref("ChannelRule"), ref("RouteRule")],
    }


def refine_contact(schema: Schema, _: dict[str, Schema]) -> Schema:
    """It names one path."""
    kinds = [
        {
            "type": "object",
            "properties": {
                each: {**value_of(said), "description": said["description"]}
                if each == name
                else NOTHING
                for each, said in schema["properties"].items()
            },
            "required": [name],
            "additionalProperties": False,
        }
        for name in schema["properties"]
    ]
    return {"description": schema["description"], "oneOf": kinds}


REFINEMENTS: Mapping[str, Refine] = {"RuleRequest": refine_rule, "ContactPath": refine_contact}
OPERATIONS = (
    Operation(
        id="putRule",
        method="PUT",
        path="/v1/rules/{id}",
        tag=TAG,
        summary="Make or replace a rule",
        description="Each event on the deployment's bus that its pattern matches becomes a "
        "message, or those of a route, once for each event's id. A rule that a test key makes "
        "sends nothing to a provider.",
        scope=Scope.RULES_WRITE,
        parameters=(ID,),
        body=Body(RuleModel, {"A text for an event": SHIPPED}),
        answers=(
            Answer(
                201,
                "The rule, made.",
                answers.EventRule,
                ONE,
                links={"getRule": {"id": "$response.body#/id"}},
            ),
            Answer(200, "The rule, replaced.", answers.EventRule, ONE),
        ),
        problems=(
            "purpose_not_allowed",
            "invalid_pattern",
            "rule_triggers_itself",
            "source_not_bound",
            "unknown_template",
            "wrong_purpose",
            "channel_without_content",
            "too_many_rules",
        ),
    ),
    Operation(
        id="testPattern",
        method="POST",
        path="/v1/rules/test",
        tag=TAG,
        summary="Try a pattern on an event",
        description="Nothing is stored or sent.",
        scope=Scope.RULES_READ,
        body=Body(PatternTrialModel, {"An event": {"pattern": PATTERN, "event": EVENT}}),
        answers=(
            Answer(
                200,
                "Whether it matches.",
                answers.TriedPattern,
                {"It does": {"matches": True, "differs_at": None}},
            ),
        ),
        problems=("invalid_pattern",),
    ),
    Operation(
        id="getRule",
        method="GET",
        path="/v1/rules/{id}",
        tag=TAG,
        summary="Look at a rule",
        description="As it is now.",
        scope=Scope.RULES_READ,
        parameters=(ID,),
        answers=(Answer(200, "The rule.", answers.EventRule, ONE),),
        problems=("invalid_request", "unknown_rule"),
    ),
    Operation(
        id="listRules",
        method="GET",
        path="/v1/rules",
        tag=TAG,
        summary="List rules",
        description="All of the tenant, by id; there are at most a hundred.",
        scope=Scope.RULES_READ,
        answers=(Answer(200, "The rules.", answers.EventRuleList, {"One": {"items": [STORED]}}),),
        problems=("invalid_parameter",),
    ),
    Operation(
        id="listRefusedEvents",
        method="GET",
        path="/v1/rules/{id}/refused",
        tag=TAG,
        summary="List the events that became no message",
        description="Those that the rule matched, of the last 30 days, newest first: each with "
        "the reason. Nothing of the event is kept but its id, time and kind.",
        scope=Scope.RULES_READ,
        parameters=(ID, LIMIT, CURSOR),
        answers=(
            Answer(
                200,
                "A page of events.",
                answers.RefusedEventList,
                {"One event": {"items": [REFUSED], "next_cursor": None}},
            ),
        ),
        problems=("invalid_request", *PAGING_PROBLEMS),
    ),
    Operation(
        id="deleteRule",
        method="DELETE",
        path="/v1/rules/{id}",
        tag=TAG,
        summary="Remove a rule",
        description="No event becomes a message by it any more; those that it made go on.",
        scope=Scope.RULES_WRITE,
        parameters=(ID,),
        answers=(Answer(200, "The rule, as it was.", answers.EventRule, ONE),),
        problems=("invalid_request", "unknown_rule"),
    ),
)
