"""What tenants say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer
from outbound.adapters.api.reading import body_of
from outbound.adapters.api.serve import caller
from outbound.adapters.api.settings_requests import read_settings, settings_body
from outbound.domain.words import Scope
from outbound.wiring import catalog

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of settings."""

    @app.put("/v1/settings")
    def put_settings() -> Response[str]:
        key = caller(app, Scope.SETTINGS_WRITE)
        organisation = read_settings(body_of(app.current_event))
        catalog.organisations_now().put(key.tenant, organisation)
        return answer(200, settings_body(organisation))

    @app.get("/v1/settings")
    def get_settings() -> Response[str]:
        key = caller(app, Scope.SETTINGS_READ)
        return answer(200, settings_body(catalog.organisations_now().get(key.tenant)))
