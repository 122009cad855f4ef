"""Media and keys over HTTPS, and keys by an operator; more routes lie beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from functions.manage import (
    alerts,
    budgets,
    campaigns,
    checks,
    contacts,
    coupons,
    event_rules,
    evidence,
    imports,
    lists,
    permission,
    programmes,
    segments,
    settings,
    stats,
    templates,
    webhooks,
)
from outbound.adapters.api import operator
from outbound.adapters.api.answers import answer, key_body, made_key_body, replayed_header
from outbound.adapters.api.catalog_requests import read_key, read_rotation
from outbound.adapters.api.media_requests import announced_body, media_body, read_media
from outbound.adapters.api.paging import (
    check_known,
    key_cursor_of,
    read_key_cursor,
    read_limit,
)
from outbound.adapters.api.reading import body_of, idempotency_key_of
from outbound.adapters.api.serve import api, caller, serve
from outbound.adapters.log import quietly
from outbound.domain.words import Scope
from outbound.flow import media
from outbound.flow.manage import keys
from outbound.wiring import access, links
from outbound.wiring import media as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import Response
    from aws_lambda_powertools.utilities.typing import LambdaContext

app = api()
alerts.routes(app)
budgets.routes(app)
campaigns.routes(app)
contacts.routes(app)
checks.routes(app)
coupons.routes(app)
evidence.routes(app)
imports.routes(app)
lists.routes(app)
permission.routes(app)
programmes.routes(app)
event_rules.routes(app)
segments.routes(app)
settings.routes(app)
stats.routes(app)
templates.routes(app)
webhooks.routes(app)


@app.get("/v1/keys")
def get_keys() -> Response[str]:
    key = caller(app, Scope.KEYS_WRITE)
    parameters = app.current_event.query_string_parameters
    check_known(parameters, ("limit", "cursor"))
    page = access.keys().keys.newest(
        key.tenant, limit=read_limit(parameters), after=read_key_cursor(parameters)
    )
    items = [key_body(each) for each in page.keys]
    return answer(200, {"items": items, "next_cursor": key_cursor_of(page.after)})


@app.get("/v1/keys/<key_id>")
def get_key(key_id: str) -> Response[str]:
    key = caller(app, Scope.KEYS_WRITE)
    return answer(200, key_body(keys.find(key.tenant, key_id, access.keys())))


@app.post("/v1/media")
def post_media() -> Response[str]:
    key = caller(app, Scope.MEDIA_WRITE)
    event = app.current_event
    request = read_media(body_of(event), idempotency_key_of(event))
    made = media.announce(request, key, wiring.media())
    headers = {"Location": f"/v1/media/{made.media.id}", **replayed_header(made.replayed)}
    return answer(201, announced_body(made.media, made.form), headers)


@app.get("/v1/media/<media_id>")
def get_media(media_id: str) -> Response[str]:
    key = caller(app, Scope.MEDIA_READ)
    return answer(200, media_body(media.find(media_id, key, wiring.media())))


@app.delete("/v1/media/<media_id>")
def delete_media(media_id: str) -> Response[str]:
    key = caller(app, Scope.MEDIA_WRITE)
    return answer(200, media_body(media.delete(media_id, key, wiring.media())))


@app.post("/v1/keys")
def post_key() -> Response[str]:
    issuer = caller(app, Scope.KEYS_WRITE)
    event = app.current_event
    request = read_key(body_of(event), issuer.tenant, "POST /v1/keys", idempotency_key_of(event))
    return _made(keys.create(request, issuer, access.keys()))


@app.post("/v1/keys/<key_id>/rotate")
def post_rotate(key_id: str) -> Response[str]:
    issuer = caller(app, Scope.KEYS_WRITE)
    event = app.current_event
    route = "POST /v1/keys/rotate"
    request = read_rotation(body_of(event), issuer.tenant, key_id, route, idempotency_key_of(event))
    return _made(keys.rotate(request, issuer, access.keys()))


@app.delete("/v1/keys/<key_id>")
def delete_key(key_id: str) -> Response[str]:
    key = caller(app, Scope.KEYS_WRITE)
    return answer(200, key_body(keys.revoke(key.tenant, key_id, access.keys())))


def _made(made: keys.Made) -> Response[str]:
    headers = replayed_header(made.secret is None)
    return answer(201, made_key_body(made.key, made.secret), headers)


@quietly
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    if "requestContext" not in event:
        rotate_links = links.keys().rotate
        return operator.serve(event, access.keys(), rotate_links, context.aws_request_id)
    return serve(app, access.door(), event, context)
