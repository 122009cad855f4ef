"""Routes: one message to a person over several channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from outbound_client.models import Route, RouteDryRun
from outbound_client.requests import path_to, route_body

if TYPE_CHECKING:
    from outbound_client.connection import Connection
    from outbound_client.requests import RouteFields


class RouteCalls:
    """The calls on routes."""

    _api: Connection

    def send_route(
        self, *, idempotency_key: str | None = None, **message: Unpack[RouteFields]
    ) -> Route:
        """Send a message over several channels: as `send_message`, with `route` for `channel`.

        `content` says by the channels' names what each of them says; a template has it for each.
        """
        return self._api.post(Route, "/v1/messages", route_body(**message), idempotency_key)

    def try_route(self, **message: Unpack[RouteFields]) -> RouteDryRun:
        """What would become of the route's messages: nothing is sent or kept."""
        query = {"dry_run": "true"}
        body = route_body(**message)
        return self._api.ask(RouteDryRun, "POST", "/v1/messages", body=body, query=query)

    def get_route(self, route_id: str) -> Route:
        """A route with its messages and one timeline over them, as it stands."""
        return self._api.ask(Route, "GET", path_to("routes", route_id))

    def cancel_route(self, route_id: str) -> Route:
        """Cancel what has not left of a route; if nothing waits, a Problem `not_cancellable`."""
        return self._api.ask(Route, "POST", f"{path_to('routes', route_id)}/cancel")
