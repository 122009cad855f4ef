"""Answers: what the API says of routes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.answers import (
    accepted_body,
    answer,
    entry_body,
    message_body,
    optional_instant,
    rehearsed_body,
    replayed_header,
)
from outbound.domain.duration import duration_text
from outbound.domain.instant import rfc3339
from outbound.domain.message import Status
from outbound.domain.route import status_of, timeline_of
from outbound.domain.words import RouteMode
from outbound.flow.intake import initial

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_lambda_powertools.event_handler import Response

    from outbound.domain.message import Message
    from outbound.flow.routing import AcceptedRoute, RehearsedRoute


def accepted_route(result: AcceptedRoute) -> Response[str]:
    """The answer to an accepted route; the same for a replay."""
    body = accepted_route_body(result.messages)
    headers = {"Location": f"/v1/routes/{body['id']}", **replayed_header(result.replayed)}
    return answer(202, body, headers)


def accepted_route_body(messages: Sequence[Message]) -> dict[str, Any]:
    """A route as it was accepted."""
    statuses = [initial(message)["status"] for message in messages]
    return {**_route(messages, statuses), "messages": [accepted_body(each) for each in messages]}


def rehearsed_route_body(result: RehearsedRoute) -> dict[str, Any]:
    """What would become of each message of a route."""
    body = _route([each.message for each in result.each], [Status.ACCEPTED])
    for absent in ("id", "status", "created_at"):
        del body[absent]
    messages = [rehearsed_body(each) for each in result.each]
    for message in messages:
        del message["route"]
    return {"dry_run": True, **body, "messages": messages}


def route_body(messages: Sequence[Message]) -> dict[str, Any]:
    """A route as it is now, with what became of all its messages."""
    return {
        **_route(messages, [message.status for message in messages]),
        "messages": [message_body(message) for message in messages],
        "timeline": [
            {"channel": message.channel, "message_id": message.id, **entry_body(entry)}
            for message, entry in timeline_of(messages)
        ],
    }


def _route(messages: Sequence[Message], statuses: Sequence[Status]) -> dict[str, Any]:
    first = messages[0]
    route = first.route
    assert route is not None
    having = [message.channel for message in messages]
    scheduled = first.timeline[0].status is Status.SCHEDULED
    return {
        "id": route.id,
        "status": status_of(statuses),
        "mode": route.mode,
        "channels": list(route.channels),
        "after": duration_text(route.after) if route.mode is RouteMode.FIRST else None,
        # Of a campaign, it holds none such, and the later ones aren't written before their turn.
        "without_address": [
            each for each in route.channels if each not in having and not first.campaign
        ],
        "purpose": first.purpose,
        "topic": first.topic,
        "contact_id": first.contact_id or None,
        "created_at": rfc3339(first.created_at),
        "send_at": optional_instant(first.not_before if scheduled else None),
        "expires_at": rfc3339(first.expires_at),
    }
