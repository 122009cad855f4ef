"""Templates: made, looked at, listed, published, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer
from outbound.adapters.api.paging import check_known, read_limit, read_version
from outbound.adapters.api.reading import body_of
from outbound.adapters.api.serve import caller
from outbound.adapters.api.template_answers import (
    head_body,
    heads_body,
    looked_at_body,
    template_body,
    versions_body,
)
from outbound.adapters.api.template_requests import (
    read_publish,
    read_template,
    read_template_cursor,
    read_template_id,
    read_version_cursor,
)
from outbound.domain.words import Scope
from outbound.flow.manage import templates
from outbound.wiring import process
from outbound.wiring import templates as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of templates."""

    @app.put("/v1/templates/<template_id>")
    def put_template(template_id: str) -> Response[str]:
        key = caller(app, Scope.TEMPLATES_WRITE)
        name, now = read_template_id(template_id), process.clock.now()
        draft, publish = read_template(body_of(app.current_event), key.tenant, name, now)
        stored, new = templates.put(draft, wiring.template_ports(), publish=publish)
        return answer(201 if new else 200, looked_at_body(stored))

    @app.get("/v1/templates")
    def get_templates() -> Response[str]:
        key = caller(app, Scope.TEMPLATES_READ)
        parameters = app.current_event.query_string_parameters
        check_known(parameters, ("limit", "cursor"))
        page = templates.heads(
            key,
            wiring.template_ports(),
            limit=read_limit(parameters),
            after=read_template_cursor(parameters),
        )
        return answer(200, heads_body(page))

    @app.get("/v1/templates/<template_id>")
    def get_template(template_id: str) -> Response[str]:
        key = caller(app, Scope.TEMPLATES_READ)
        parameters = app.current_event.query_string_parameters
        check_known(parameters, ("version",))
        stored = templates.get(
            read_template_id(template_id), read_version(parameters), key, wiring.template_ports()
        )
        return answer(200, template_body(stored))

    @app.get("/v1/templates/<template_id>/versions")
    def get_versions(template_id: str) -> Response[str]:
        key = caller(app, Scope.TEMPLATES_READ)
        parameters = app.current_event.query_string_parameters
        check_known(parameters, ("limit", "cursor"))
        head, page = templates.versions(
            read_template_id(template_id),
            key,
            wiring.template_ports(),
            limit=read_limit(parameters),
            before=read_version_cursor(parameters),
        )
        return answer(200, versions_body(head, page))

    @app.post("/v1/templates/<template_id>/publish")
    def post_publish(template_id: str) -> Response[str]:
        key = caller(app, Scope.TEMPLATES_WRITE)
        name, version = read_template_id(template_id), read_publish(body_of(app.current_event))
        stored = templates.publish(name, version, key, wiring.template_ports())
        return answer(200, looked_at_body(stored))

    @app.delete("/v1/templates/<template_id>")
    def delete_template(template_id: str) -> Response[str]:
        key = caller(app, Scope.TEMPLATES_WRITE)
        name = read_template_id(template_id)
        return answer(200, head_body(templates.withdraw(name, key, wiring.template_ports())))
