"""The operations on routes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contract.message_examples import (
    ACCEPTED,
    CANCELLED,
    DELIVERED,
    EXAMPLES,
    REHEARSED,
    STEP,
)
from outbound.adapters.api.contract.operation import Answer, Operation, Parameter
from outbound.adapters.api.contract.parameters import schema_of
from outbound.adapters.api.contract.pattern import RouteId
from outbound.adapters.api.contract.route_answers import SentRoute
from outbound.domain.words import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

TAG = "Routes"
ID = "rte_3v5hx0t2m8kq4n9c01kax3b2hv7fw2p8dz5r"
WHOLE: dict[str, Any] = {
    "id": ID,
    "status": "accepted",
    **EXAMPLES["Text, and a call where it is not delivered"]["route"],
    "without_address": [],
    "purpose": "transactional",
    "topic": None,
    "contact_id": "con_5m2c9vd0t7wq1x8ehz4k",
    "created_at": "2026-11-23T16:40:00.123Z",
    "send_at": None,
    "expires_at": "2026-11-24T16:40:00.123Z",
}
CALL_ID = "msg_3v5hx0t2m8kq4n9c01kax3b2hv9q4m1t0yk7"


def _of_route(message: Mapping[str, Any]) -> dict[str, Any]:
    return {**message, "on_unconfirmed": "never", "route": ID}


def _call(message: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    own = {name: value for name, value in message.items() if name != "sms"}
    return {
        **own,
        "id": CALL_ID,
        "channel": "voice",
        "voice": {"voice": "JOANNA", "seconds": 4},
        "send_at": "2026-11-23T16:45:00.123Z",
        "route": ID,
        **changes,
    }


WAITING: dict[str, Any] = {"status": "scheduled", "at": "2026-11-23T16:40:00.123Z", **STEP}
CALLED_OFF: dict[str, Any] = {
    "status": "cancelled",
    "at": "2026-11-23T16:40:03.000Z",
    **STEP,
    "reason": "delivered_before",
}
ACCEPTED_ROUTE: dict[str, Any] = {
    **WHOLE,
    "messages": [_of_route(ACCEPTED), _call(ACCEPTED, status="scheduled")],
}
REHEARSED_ROUTE: dict[str, Any] = {
    "dry_run": True,
    **{name: WHOLE[name] for name in WHOLE if name not in ("id", "status", "created_at")},
    "messages": [
        REHEARSED,
        {
            name: value
            for name, value in _call(
                REHEARSED, content={"text": "Hello Zoë, your table is ready."}
            ).items()
            if name not in ("id", "route")
        },
    ],
}
TEXT, CALL = _of_route(DELIVERED), _call(CANCELLED, timeline=[WAITING, CALLED_OFF])


def _lines(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    named = {"channel": message["channel"], "message_id": message["id"]}
    return [{**named, **entry} for entry in message["timeline"]]


DELIVERED_ROUTE: dict[str, Any] = {
    **WHOLE,
    "status": "delivered",
    "messages": [TEXT, CALL],
    "timeline": sorted([*_lines(TEXT), *_lines(CALL)], key=lambda line: str(line["at"])),
}
CANCELLED_ROUTE: dict[str, Any] = {
    **WHOLE,
    "status": "cancelled",
    "messages": [_of_route(CANCELLED), _call(CANCELLED)],
    "timeline": sorted(
        [*_lines(_of_route(CANCELLED)), *_lines(_call(CANCELLED))],
        key=lambda line: str(line["at"]),
    ),
}
ROUTE_PATH = Parameter("id", "path", "The route.", schema_of(RouteId), ID)
OPERATIONS = (
    Operation(
        id="getRoute",
        method="GET",
        path="/v1/routes/{id}",
        tag=TAG,
        summary="Look at a route",
        description="What was sent with a `route`, as it is now: its messages, and one timeline "
        "over all of them. Each message can also be looked at by itself.",
        scope=Scope.MESSAGES_READ,
        parameters=(ROUTE_PATH,),
        answers=(
            Answer(200, "The route.", SentRoute, {"The text was delivered": DELIVERED_ROUTE}),
        ),
        problems=("unknown_route_id",),
    ),
    Operation(
        id="cancelRoute",
        method="POST",
        path="/v1/routes/{id}/cancel",
        tag=TAG,
        summary="Cancel a route",
        description="All of its messages that have not left. Once more changes nothing.",
        scope=Scope.MESSAGES_WRITE,
        parameters=(ROUTE_PATH,),
        answers=(Answer(200, "The cancelled route.", SentRoute, {"Cancelled": CANCELLED_ROUTE}),),
        problems=("unknown_route_id", "not_cancellable"),
    ),
)
