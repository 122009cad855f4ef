"""What people can sign up for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer
from outbound.adapters.api.paging import check_known, read_limit, read_programme_cursor
from outbound.adapters.api.programme_requests import (
    form_body,
    programme_body,
    programme_page_body,
    read_language,
    read_programme,
    read_programme_id,
)
from outbound.adapters.api.reading import body_of
from outbound.adapters.api.serve import caller
from outbound.domain.words import Scope
from outbound.flow.manage import programmes
from outbound.wiring import catalog, links, process
from outbound.wiring import programmes as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of programmes."""

    @app.put("/v1/programmes/<programme_id>")
    def put_programme(programme_id: str) -> Response[str]:
        key = caller(app, Scope.PROGRAMMES_WRITE)
        wanted = read_programme(
            read_programme_id(programme_id),
            body_of(app.current_event),
            key.tenant,
            process.clock.now(),
        )
        programme, new = programmes.put(wanted, key, wiring.programme_ports())
        return answer(201 if new else 200, programme_body(programme))

    @app.get("/v1/programmes/<programme_id>")
    def get_programme(programme_id: str) -> Response[str]:
        key = caller(app, Scope.PROGRAMMES_READ)
        found = programmes.get(read_programme_id(programme_id), key, wiring.programme_ports())
        return answer(200, programme_body(found))

    @app.get("/v1/programmes")
    def get_programmes() -> Response[str]:
        key = caller(app, Scope.PROGRAMMES_READ)
        parameters = app.current_event.query_string_parameters
        check_known(parameters, ("limit", "cursor"))
        page = catalog.programmes().page(
            key.tenant, limit=read_limit(parameters), after=read_programme_cursor(parameters)
        )
        return answer(200, programme_page_body(page))

    @app.get("/v1/programmes/<programme_id>/form")
    def get_form(programme_id: str) -> Response[str]:
        key = caller(app, Scope.PROGRAMMES_READ)
        parameters = app.current_event.query_string_parameters
        check_known(parameters, ("language",))
        wanted = read_language(parameters)
        ports = wiring.programme_ports()
        found = programmes.get(read_programme_id(programme_id), key, ports)
        return answer(200, form_body(found, wanted, links.signed(), ports.numbers))

    @app.delete("/v1/programmes/<programme_id>")
    def delete_programme(programme_id: str) -> Response[str]:
        key = caller(app, Scope.PROGRAMMES_WRITE)
        removed = programmes.delete(read_programme_id(programme_id), key, wiring.programme_ports())
        return answer(200, programme_body(removed))
