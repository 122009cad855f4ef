"""Testers: invited, verified, listed, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer
from outbound.adapters.api.reading import body_of
from outbound.adapters.api.serve import caller
from outbound.adapters.api.tester_requests import (
    read_code,
    read_tester,
    read_tester_id,
    tester_body,
    testers_body,
)
from outbound.domain.words import Scope
from outbound.flow import testers
from outbound.wiring import intake as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of testers."""

    @app.put("/v1/testers/<tester_id>")
    def put_tester(tester_id: str) -> Response[str]:
        key = caller(app, Scope.TESTERS_WRITE)
        address = read_tester(body_of(app.current_event))
        tester, new = testers.invite(read_tester_id(tester_id), address, key, wiring.tester_ports())
        return answer(201 if new else 200, tester_body(tester))

    @app.post("/v1/testers/<tester_id>/verify")
    def post_verify(tester_id: str) -> Response[str]:
        key = caller(app, Scope.TESTERS_WRITE)
        code = read_code(body_of(app.current_event))
        tester = testers.verify(read_tester_id(tester_id), code, key, wiring.tester_ports())
        return answer(200, tester_body(tester))

    @app.get("/v1/testers")
    def get_testers() -> Response[str]:
        key = caller(app, Scope.TESTERS_READ)
        return answer(200, testers_body(wiring.tester_ports().testers.all(key.tenant).testers))

    @app.delete("/v1/testers/<tester_id>")
    def delete_tester(tester_id: str) -> Response[str]:
        key = caller(app, Scope.TESTERS_WRITE)
        tester = testers.remove(read_tester_id(tester_id), key, wiring.tester_ports().testers)
        return answer(200, tester_body(tester))
