"""Requests over several channels: accepted, rehearsed, found, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api import route_answers
from outbound.adapters.api.answers import answer
from outbound.adapters.api.serve import caller
from outbound.domain.words import Scope
from outbound.flow.routes import cancel_route, find_route
from outbound.flow.routing import accept_route, rehearse_route
from outbound.wiring import intake as wiring
from outbound.wiring import process, stores

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

    from outbound.domain.key import ApiKey
    from outbound.flow.routed import RouteRequest


def post(request: RouteRequest, key: ApiKey, *, dry_run: bool) -> Response[str]:
    """What `POST /v1/messages` answers to a message with a route."""
    if dry_run:
        rehearsed = rehearse_route(request, key, wiring.intake())
        return answer(200, route_answers.rehearsed_route_body(rehearsed))
    return route_answers.accepted_route(accept_route(request, key, wiring.intake()))


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the paths of routes."""

    @app.get("/v1/routes/<route_id>")
    def get_route(route_id: str) -> Response[str]:
        key = caller(app, Scope.MESSAGES_READ)
        found = find_route(route_id, key, stores.messages())
        return answer(200, route_answers.route_body(found))

    @app.post("/v1/routes/<route_id>/cancel")
    def post_cancel(route_id: str) -> Response[str]:
        key = caller(app, Scope.MESSAGES_WRITE)
        cancelled = cancel_route(route_id, key, stores.messages(), process.clock.now())
        return answer(200, route_answers.route_body(cancelled))
