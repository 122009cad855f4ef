"""Webhooks: where you are told what becomes of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.models import Webhook, WebhookList, WebhookTest
from outbound_client.requests import body_of, path_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound_client.connection import Connection


class WebhookCalls:
    """The calls on webhooks."""

    _api: Connection

    def put_webhook(
        self, webhook_id: str, url: str, *, types: Sequence[str] | None = None
    ) -> Webhook:
        """Be told at a URL what becomes of messages, of all types if none is named.

        What it returns has a `secret` where the webhook is new, this once.
        """
        body = body_of(url=url, types=list(types) if types is not None else None)
        return self._api.ask(Webhook, "PUT", path_to("webhooks", webhook_id), body=body)

    def get_webhook(self, webhook_id: str) -> Webhook:
        """A webhook: whether it takes what it is sent, and what became of the last test."""
        return self._api.ask(Webhook, "GET", path_to("webhooks", webhook_id))

    def list_webhooks(self) -> tuple[Webhook, ...]:
        """All webhooks."""
        return self._api.ask(WebhookList, "GET", "/v1/webhooks").items

    def rotate_webhook(self, webhook_id: str, overlap: str | None = None) -> Webhook:
        """Give a webhook a new `secret`; those before sign as well for the overlap (P1D)."""
        path = f"{path_to('webhooks', webhook_id)}/rotate"
        return self._api.ask(Webhook, "POST", path, body=body_of(overlap=overlap))

    def test_webhook(self, webhook_id: str) -> str:
        """Send a webhook a test, once; the id of its event."""
        path = f"{path_to('webhooks', webhook_id)}/test"
        return self._api.ask(WebhookTest, "POST", path).event_id

    def delete_webhook(self, webhook_id: str) -> Webhook:
        """Remove a webhook; nothing is sent there any more."""
        return self._api.ask(Webhook, "DELETE", path_to("webhooks", webhook_id))
