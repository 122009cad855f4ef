"""How well the list of all contacts is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer
from outbound.adapters.api.list_requests import health_body, read_list_cursor, read_stale
from outbound.adapters.api.paging import check_known
from outbound.adapters.api.serve import caller
from outbound.domain.words import Scope
from outbound.flow.manage import lists
from outbound.wiring import contacts as wiring
from outbound.wiring import process

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

PART, STALE_PART = 500, 100
"""Contacts that are looked at in a request; with their messages, each takes a request to those."""


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of lists."""

    @app.get("/v1/lists/health")
    def get_health() -> Response[str]:
        key = caller(app, Scope.CONTACTS_READ)
        parameters = app.current_event.query_string_parameters
        check_known(parameters, ("stale", "cursor"))
        since = read_stale(parameters, process.clock.now(), process.settings().retention)
        place, part = read_list_cursor(parameters), PART if since is None else STALE_PART
        found = lists.health(key.tenant, since, place, part, wiring.contact_list())
        return answer(200, health_body(found, stale=since is not None))
