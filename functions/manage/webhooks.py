"""Webhooks: made, looked at, rotated, tested, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer
from outbound.adapters.api.reading import body_of
from outbound.adapters.api.serve import caller
from outbound.adapters.api.webhook_requests import (
    kept_body,
    read_webhook,
    read_webhook_id,
    read_webhook_rotation,
    webhook_body,
)
from outbound.domain.words import Scope
from outbound.flow.manage import webhooks
from outbound.wiring import process
from outbound.wiring import webhooks as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of webhooks."""

    @app.put("/v1/webhooks/<webhook_id>")
    def put_webhook(webhook_id: str) -> Response[str]:
        key = caller(app, Scope.WEBHOOKS_WRITE)
        url, types = read_webhook(
            body_of(app.current_event), locally=process.settings().plain_webhooks
        )
        kept = webhooks.put(read_webhook_id(webhook_id), url, types, key, wiring.webhook_keeping())
        return answer(201 if kept.secret else 200, kept_body(kept, process.clock.now()))

    @app.get("/v1/webhooks")
    def get_webhooks() -> Response[str]:
        key = caller(app, Scope.WEBHOOKS_READ)
        now = process.clock.now()
        found = wiring.webhook_keeping().webhooks.all(key.tenant)
        items = [webhook_body(each, now) for each in found]
        return answer(200, {"items": items, "next_cursor": None})

    @app.get("/v1/webhooks/<webhook_id>")
    def get_webhook(webhook_id: str) -> Response[str]:
        key = caller(app, Scope.WEBHOOKS_READ)
        ports = wiring.webhook_keeping()
        found = webhooks.find(read_webhook_id(webhook_id), key, ports.webhooks)
        return answer(200, webhook_body(found, process.clock.now()))

    @app.post("/v1/webhooks/<webhook_id>/rotate")
    def post_rotate(webhook_id: str) -> Response[str]:
        key = caller(app, Scope.WEBHOOKS_WRITE)
        overlap = read_webhook_rotation(body_of(app.current_event))
        kept = webhooks.rotate(read_webhook_id(webhook_id), overlap, key, wiring.webhook_keeping())
        return answer(200, kept_body(kept, process.clock.now()))

    @app.post("/v1/webhooks/<webhook_id>/test")
    def post_test(webhook_id: str) -> Response[str]:
        key = caller(app, Scope.WEBHOOKS_WRITE)
        event_id = webhooks.send_test(read_webhook_id(webhook_id), key, wiring.webhook_keeping())
        return answer(202, {"event_id": event_id})

    @app.delete("/v1/webhooks/<webhook_id>")
    def delete_webhook(webhook_id: str) -> Response[str]:
        key = caller(app, Scope.WEBHOOKS_WRITE)
        ports = wiring.webhook_keeping()
        removed = webhooks.remove(read_webhook_id(webhook_id), key, ports.webhooks)
        return answer(200, webhook_body(removed, process.clock.now()))
