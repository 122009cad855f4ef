"""Suppressions, and decisions without messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer
from outbound.adapters.api.contact_answers import (
    decisions_body,
    suppression_page_body,
    suppressions_body,
)
from outbound.adapters.api.paging import check_known, read_limit, read_place
from outbound.adapters.api.permission_requests import (
    read_address,
    read_lift,
    read_question,
    read_suppression,
)
from outbound.adapters.api.reading import body_of
from outbound.adapters.api.serve import caller, charge, request_id_of
from outbound.domain.words import Scope
from outbound.flow.decisions import decisions
from outbound.flow.manage import suppressions
from outbound.wiring import permission, process

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of permission."""

    @app.get("/v1/suppressions")
    def get_suppressions() -> Response[str]:
        key = caller(app, Scope.SUPPRESSIONS_READ)
        parameters = app.current_event.query_string_parameters
        check_known(parameters, ("email", "phone", "limit", "cursor"))
        if "email" in parameters or "phone" in parameters:
            address = read_address(parameters)
            found = suppressions.find(address, key, permission.suppression_ports())
            return answer(200, suppressions_body(found))
        page = suppressions.page(
            key,
            permission.suppression_ports(),
            limit=read_limit(parameters),
            after=read_place(parameters),
        )
        return answer(200, suppression_page_body(page))

    @app.put("/v1/suppressions")
    def put_suppression() -> Response[str]:
        key = caller(app, Scope.SUPPRESSIONS_WRITE)
        wish = read_suppression(body_of(app.current_event))
        found = suppressions.put(wish, key, permission.suppression_ports())
        return answer(200, suppressions_body(found))

    @app.delete("/v1/suppressions")
    def delete_suppression() -> Response[str]:
        key = caller(app, Scope.SUPPRESSIONS_WRITE)
        lifted = read_lift(body_of(app.current_event))
        return answer(
            200, suppressions_body(suppressions.lift(*lifted, key, permission.suppression_ports()))
        )

    @app.post("/v1/decisions")
    def post_decisions() -> Response[str]:
        key = caller(app, Scope.CONTACTS_READ)
        question = read_question(body_of(app.current_event), process.clock.now())
        charge(app, len(question.contact_ids))
        results = decisions(question, key.tenant, permission.gate())
        request_id = request_id_of(app.current_event)
        return answer(200, decisions_body(question.contact_ids, results, request_id))
