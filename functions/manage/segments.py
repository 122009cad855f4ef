"""Segments."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer, replayed_header
from outbound.adapters.api.paging import check_known, read_limit, read_segment_cursor
from outbound.adapters.api.reading import body_of, idempotency_key_of
from outbound.adapters.api.segment_requests import (
    estimate_body,
    read_estimate,
    read_segment,
    read_segment_id,
    segment_body,
    segment_page_body,
)
from outbound.adapters.api.serve import caller
from outbound.domain.words import Scope
from outbound.flow import reaching, selecting
from outbound.flow.manage import segments
from outbound.wiring import catalog, process
from outbound.wiring import segments as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response


AT_ONCE = timedelta(seconds=5)
"""How long a request counts by itself."""


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of segments."""

    @app.put("/v1/segments/<segment_id>")
    def put_segment(segment_id: str) -> Response[str]:
        key = caller(app, Scope.SEGMENTS_WRITE)
        definition = read_segment(body_of(app.current_event))
        segment, new = segments.put(
            read_segment_id(segment_id), definition, key, wiring.segment_ports()
        )
        return answer(201 if new else 200, segment_body(segment))

    @app.get("/v1/segments/<segment_id>")
    def get_segment(segment_id: str) -> Response[str]:
        key = caller(app, Scope.SEGMENTS_READ)
        found = selecting.find(read_segment_id(segment_id), key.tenant, catalog.segments())
        return answer(200, segment_body(found))

    @app.get("/v1/segments")
    def get_segments() -> Response[str]:
        key = caller(app, Scope.SEGMENTS_READ)
        parameters = app.current_event.query_string_parameters
        check_known(parameters, ("limit", "cursor"))
        page = catalog.segments().page(
            key.tenant, limit=read_limit(parameters), after=read_segment_cursor(parameters)
        )
        return answer(200, segment_page_body(page))

    @app.delete("/v1/segments/<segment_id>")
    def delete_segment(segment_id: str) -> Response[str]:
        key = caller(app, Scope.SEGMENTS_WRITE)
        removed = segments.delete(read_segment_id(segment_id), key, wiring.segment_ports())
        return answer(200, segment_body(removed))

    @app.post("/v1/segments/<segment_id>/estimate")
    def post_estimate(segment_id: str) -> Response[str]:
        key = caller(app, Scope.CONTACTS_READ)
        event, until = app.current_event, process.clock.now() + AT_ONCE
        name = read_segment_id(segment_id)
        wish = read_estimate(name, body_of(event), idempotency_key_of(event))
        found = reaching.request(
            name, wish, key, wiring.reach(), may_go_on=lambda: process.clock.now() < until
        )
        headers = {
            "Location": f"/v1/estimates/{found.estimate.id}",
            **replayed_header(found.replayed),
        }
        return answer(202, estimate_body(found), headers)

    @app.get("/v1/estimates/<estimate_id>")
    def get_estimate(estimate_id: str) -> Response[str]:
        key = caller(app, Scope.CONTACTS_READ)
        return answer(200, estimate_body(reaching.look(estimate_id, key, wiring.reach())))
