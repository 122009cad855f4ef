"""Contacts, what they consent to, and their own rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer
from outbound.adapters.api.check_requests import read_contact_checks
from outbound.adapters.api.contact_answers import (
    contact_body,
    erasure_body,
    etag,
    export_body,
    history_body,
)
from outbound.adapters.api.contact_requests import (
    read_condition,
    read_consents,
    read_contact,
    read_contact_id,
    read_patch,
)
from outbound.adapters.api.list_requests import read_list_cursor, read_stale, stale_body
from outbound.adapters.api.paging import check_known, read_cursor, read_limit
from outbound.adapters.api.permission_requests import read_address, read_revocation
from outbound.adapters.api.reading import body_of
from outbound.adapters.api.serve import caller
from outbound.domain.words import Scope
from outbound.flow import erasing
from outbound.flow.exporting import export
from outbound.flow.manage import contacts, lines, lists
from outbound.flow.manage.revocations import revoke_for
from outbound.wiring import contacts as wiring
from outbound.wiring import process

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

    from outbound.domain.contact import Contact
    from outbound.domain.wanted import Wanted

    Read = Callable[[str, datetime], Callable[[Contact | None], Wanted]]


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of contacts."""

    @app.get("/v1/contacts")
    def get_contacts() -> Response[str]:
        key = caller(app, Scope.CONTACTS_READ)
        parameters = app.current_event.query_string_parameters
        if "stale" in parameters:
            return _stale(key.tenant, parameters)
        check_known(parameters, ("email", "phone"))
        found = contacts.find_by_address(read_address(parameters), key.tenant, wiring.people())
        return answer(200, {"items": [contact_body(each) for each in found], "next_cursor": None})

    @app.put("/v1/contacts/<contact_id>")
    def put_contact(contact_id: str) -> Response[str]:
        return _saved(app, contact_id, read_contact)

    @app.patch("/v1/contacts/<contact_id>")
    def patch_contact(contact_id: str) -> Response[str]:
        return _saved(app, contact_id, read_patch)

    @app.get("/v1/contacts/<contact_id>")
    def get_contact(contact_id: str) -> Response[str]:
        key = caller(app, Scope.CONTACTS_READ)
        contact = contacts.find(read_contact_id(contact_id), key.tenant, wiring.people())
        return answer(200, contact_body(contact), etag(contact))

    @app.delete("/v1/contacts/<contact_id>")
    def delete_contact(contact_id: str) -> Response[str]:
        key = caller(app, Scope.CONTACTS_ERASE)
        erasure = erasing.request(read_contact_id(contact_id), key, wiring.erasure())
        return answer(202, erasure_body(erasure), {"Location": f"/v1/erasures/{erasure.id}"})

    @app.get("/v1/erasures/<erasure_id>")
    def get_erasure(erasure_id: str) -> Response[str]:
        key = caller(app, Scope.CONTACTS_ERASE)
        return answer(200, erasure_body(erasing.look(erasure_id, key, wiring.erasure())))

    @app.get("/v1/contacts/<contact_id>/export")
    def get_export(contact_id: str) -> Response[str]:
        key = caller(app, Scope.CONTACTS_EXPORT)
        parameters = app.current_event.query_string_parameters
        check_known(parameters, ("cursor",))
        after = read_cursor(parameters)
        found = export(read_contact_id(contact_id), after, key, wiring.export())
        return answer(200, export_body(found))

    @app.post("/v1/contacts/<contact_id>/revocations")
    def post_revocation(contact_id: str) -> Response[str]:
        key = caller(app, Scope.CONTACTS_WRITE)
        said = read_revocation(body_of(app.current_event), process.clock.now())
        contact = revoke_for(read_contact_id(contact_id), said, key, wiring.revocations())
        return answer(200, contact_body(contact), etag(contact))

    @app.put("/v1/contacts/<contact_id>/consents")
    def put_consents(contact_id: str) -> Response[str]:
        return _saved(app, contact_id, read_consents)

    @app.get("/v1/contacts/<contact_id>/consents")
    def get_consents(contact_id: str) -> Response[str]:
        key = caller(app, Scope.CONTACTS_READ)
        return answer(200, history_body(contacts.history(contact_id, key.tenant, wiring.people())))

    @app.post("/v1/contacts/<contact_id>/lookup")
    def post_lookup(contact_id: str) -> Response[str]:
        key = caller(app, Scope.CONTACTS_WRITE)
        contact = lines.look_up(read_contact_id(contact_id), key, wiring.line_ports())
        return answer(200, contact_body(contact), etag(contact))

    @app.put("/v1/contacts/<contact_id>/checks")
    def put_checks(contact_id: str) -> Response[str]:
        return _saved(app, contact_id, read_contact_checks)


def _stale(tenant: str, parameters: Mapping[str, str]) -> Response[str]:
    check_known(parameters, ("stale", "limit", "cursor"))
    now = process.clock.now()
    since = read_stale(parameters, now, process.settings().retention) or now
    place, limit = read_list_cursor(parameters), read_limit(parameters)
    return answer(200, stale_body(lists.stale(tenant, since, place, limit, wiring.contact_list())))


def _saved(app: APIGatewayHttpResolver, contact_id: str, read: Read) -> Response[str]:
    key = caller(app, Scope.CONTACTS_WRITE)
    want = read(body_of(app.current_event), process.clock.now())
    condition = read_condition(app.current_event.headers)
    saved = contacts.save(read_contact_id(contact_id), want, condition, key, wiring.people())
    return answer(201 if saved.created else 200, contact_body(saved.contact), etag(saved.contact))
