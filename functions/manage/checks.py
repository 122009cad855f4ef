"""Look-ups of numbers that others have made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer
from outbound.adapters.api.check_requests import read_checks
from outbound.adapters.api.contact_answers import checks_body
from outbound.adapters.api.reading import body_of
from outbound.adapters.api.serve import caller, charge, request_id_of
from outbound.domain.words import Scope
from outbound.flow.manage.checks import record
from outbound.wiring import contacts as wiring
from outbound.wiring import process

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of look-ups."""

    @app.put("/v1/checks")
    def put_checks() -> Response[str]:
        key = caller(app, Scope.CONTACTS_WRITE)
        event = app.current_event
        told = read_checks(body_of(event), process.clock.now())
        charge(app, len(told))
        return answer(200, checks_body(record(told, key, wiring.people()), request_id_of(event)))
