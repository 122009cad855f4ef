"""Files of contacts and of appointments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer, replayed_header
from outbound.adapters.api.import_requests import (
    announced_body,
    has_report,
    import_body,
    import_page_body,
    read_import,
)
from outbound.adapters.api.paging import check_known, read_import_cursor, read_limit
from outbound.adapters.api.reading import body_of, idempotency_key_of
from outbound.adapters.api.serve import caller
from outbound.domain.contact_import import Kind
from outbound.domain.key import check_scope
from outbound.domain.words import Scope
from outbound.flow.imports import keeping
from outbound.wiring import imports as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

    from outbound.domain.contact_import import ContactImport


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of imports."""

    @app.post("/v1/imports")
    def post_import() -> Response[str]:
        key = caller(app, Scope.CONTACTS_WRITE)
        event = app.current_event
        request = read_import(body_of(event), idempotency_key_of(event))
        if request.plan.kind is Kind.REMINDERS:
            check_scope(key, Scope.REMINDERS_WRITE)
        made = keeping.announce(request, key, wiring.contact_imports())
        headers = {"Location": f"/v1/imports/{made.imported.id}", **replayed_header(made.replayed)}
        return answer(201, announced_body(made.imported, made.form), headers)

    @app.get("/v1/imports")
    def get_imports() -> Response[str]:
        key = caller(app, Scope.CONTACTS_READ)
        parameters = app.current_event.query_string_parameters
        check_known(parameters, ("limit", "cursor"))
        page = wiring.contact_imports().imports.newest(
            key.tenant, limit=read_limit(parameters), after=read_import_cursor(parameters)
        )
        return answer(200, import_page_body(page))

    @app.get("/v1/imports/<import_id>")
    def get_import(import_id: str) -> Response[str]:
        key = caller(app, Scope.CONTACTS_READ)
        return answer(200, _body(keeping.find(import_id, key, wiring.contact_imports())))

    @app.post("/v1/imports/<import_id>/start")
    def post_start(import_id: str) -> Response[str]:
        key = caller(app, Scope.CONTACTS_WRITE)
        return answer(202, _body(keeping.start(import_id, key, wiring.contact_imports())))

    @app.post("/v1/imports/<import_id>/cancel")
    def post_cancel(import_id: str) -> Response[str]:
        key = caller(app, Scope.CONTACTS_WRITE)
        return answer(200, _body(keeping.cancel(import_id, key, wiring.contact_imports())))


def _body(imported: ContactImport) -> dict[str, object]:
    files = wiring.contact_imports().files
    return import_body(imported, files.report(imported) if has_report(imported) else None)
