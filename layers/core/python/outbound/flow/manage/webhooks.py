"""The keeping of webhooks: made, changed, their secrets rotated, tested, removed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal
from outbound.domain.event import TEST, Event
from outbound.domain.ids import event_id
from outbound.domain.webhook import (
    MOST_SECRETS,
    MOST_WEBHOOKS,
    Delivery,
    Secret,
    Webhook,
    current,
    rotated,
    secret_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from outbound.domain.key import ApiKey
    from outbound.ports import Clock, Tokens, WebhookQueue, Webhooks

TRIES = 20


@dataclass(frozen=True, slots=True)
class WebhookKeeping:
    """What the keeping of webhooks works with."""

    clock: Clock
    tokens: Tokens
    webhooks: Webhooks
    queue: WebhookQueue
    write: Callable[[Event], str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A webhook, and its secret where it is new: shown once."""

    webhook: Webhook
    secret: str | None


def put(
    webhook_id: str, url: str, types: tuple[str, ...], key: ApiKey, ports: WebhookKeeping
) -> Kept:
    """Make a webhook, or replace what it is told and where; one that had ended begins anew.

    Raises:
        Refusal: the tenant has too many.
    """
    for _ in range(TRIES):
        now = ports.clock.now()
        standing = ports.webhooks.get(key.tenant, webhook_id)
        if standing is not None:
            changed = Webhook(
                tenant=key.tenant,
                id=webhook_id,
                url=url,
                types=types,
                secrets=current(standing, now),
                created_at=standing.created_at,
                updated_at=now,
                version=standing.version + 1,
                tested=standing.tested,
            )
            if ports.webhooks.write(changed):
                return Kept(changed, None)
            continue
        if len(ports.webhooks.all(key.tenant)) >= MOST_WEBHOOKS:
            message = f"There are {MOST_WEBHOOKS} webhooks already; remove one first."
            raise Refusal("too_many_webhooks", message)
        secret = secret_of(ports.tokens.token().encode())
        made = Webhook(key.tenant, webhook_id, url, types, (Secret(secret),), now, now, version=1)
        if ports.webhooks.write(made):
            return Kept(made, secret)
    raise _busy()


def find(webhook_id: str, key: ApiKey, webhooks: Webhooks) -> Webhook:
    """A tenant's webhook.

    Raises:
        Refusal: there is none.
    """
    found = webhooks.get(key.tenant, webhook_id)
    if found is None:
        raise Refusal("unknown_webhook", "There is no webhook with this id.")
    return found


def rotate(webhook_id: str, overlap: timedelta, key: ApiKey, ports: WebhookKeeping) -> Kept:
    """Give a webhook a new secret; those before sign as well until the overlap is over.

    Raises:
        Refusal: there is no such webhook, or it has too many secrets that still sign.
    """
    for _ in range(TRIES):
        now = ports.clock.now()
        standing = find(webhook_id, key, ports.webhooks)
        secret = secret_of(ports.tokens.token().encode())
        secrets = rotated(standing, secret, now + overlap, now)
        if len(secrets) > MOST_SECRETS:
            message = f"{MOST_SECRETS} secrets sign already; wait until the overlap of one is over."
            raise Refusal("too_many_secrets", message)
        changed = replace(standing, secrets=secrets, updated_at=now, version=standing.version + 1)
        if ports.webhooks.write(changed):
            return Kept(changed, secret)
    raise _busy()


def send_test(webhook_id: str, key: ApiKey, ports: WebhookKeeping) -> str:
    """Send a webhook an event that says nothing, once; the event's id.

    Raises:
        Refusal: there is no such webhook.
    """
    now = ports.clock.now()
    webhook = find(webhook_id, key, ports.webhooks)
    number = event_id(key.tenant, now, TEST, webhook.id, ports.tokens.token())
    event = Event(number, TEST, now, key.tenant, {"webhook_id": webhook.id})
    body = ports.write(event)
    ports.queue.send([Delivery(key.tenant, webhook.id, number, body, now, now, test=True)])
    return number


def remove(webhook_id: str, key: ApiKey, webhooks: Webhooks) -> Webhook:
    """Remove a webhook; what is on its way to it is let go.

    Raises:
        Refusal: there is none.
    """
    found = find(webhook_id, key, webhooks)
    webhooks.delete(key.tenant, webhook_id)
    return found


def _busy() -> Refusal:
    return Refusal("webhook_busy", "Others are changing the webhook; try again.", retry_after=1)
