"""`outbound webhooks`: put, list, show, rotate, test, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import Webhook


def put(asked: Namespace, around: Surroundings) -> None:
    """Make a webhook, or replace what it is told and where."""
    with client(asked, around) as api:
        _show(api.put_webhook(asked.id, asked.url, types=asked.types or None), asked)


def get(asked: Namespace, around: Surroundings) -> None:
    """Show whether a webhook takes what it is sent."""
    with client(asked, around) as api:
        _show(api.get_webhook(asked.id), asked)


def list_(asked: Namespace, around: Surroundings) -> None:
    """List all webhooks."""
    with client(asked, around) as api:
        webhooks = api.list_webhooks()
    if asked.json:
        show.as_json({"items": [each.model_dump(mode="json") for each in webhooks]})
    else:
        rows = [(each.id, each.state, each.failure or "", each.url) for each in webhooks]
        show.table(("ID", "STATE", "FAILURE", "URL"), rows)


def rotate(asked: Namespace, around: Surroundings) -> None:
    """Give a webhook a new secret."""
    with client(asked, around) as api:
        _show(api.rotate_webhook(asked.id, asked.overlap), asked)


def test(asked: Namespace, around: Surroundings) -> None:
    """Send a webhook a test."""
    with client(asked, around) as api:
        event_id = api.test_webhook(asked.id)
    if asked.json:
        show.as_json({"event_id": event_id})
    else:
        show.fields([("event", event_id), ("became of it", f"outbound webhooks get {asked.id}")])


def remove(asked: Namespace, around: Surroundings) -> None:
    """Remove a webhook."""
    with client(asked, around) as api:
        _show(api.delete_webhook(asked.id), asked)


def _show(webhook: Webhook, asked: Namespace) -> None:
    if asked.json:
        show.as_json(webhook)
        return
    since, disabled, tested = webhook.failing_since, webhook.disabled_at, webhook.tested
    became = f"{show.when(tested.at)} {tested.failure or 'taken'}" if tested else None
    show.fields(
        [
            ("id", webhook.id),
            ("url", webhook.url),
            ("types", ", ".join(webhook.types)),
            ("state", webhook.state),
            ("failing since", show.when(since) if since else None),
            ("failure", webhook.failure),
            ("disabled", show.when(disabled) if disabled else None),
            ("why", webhook.disabled_reason),
            ("last test", became),
            ("secret, shown once", webhook.secret),
        ]
    )
