"""Webhooks, the queue of what is on its way to them, and the way there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, timedelta

    from outbound.domain.webhook import Delivery, Ended, LastTest, Webhook


class Webhooks(Protocol):
    """Webhooks, by tenant: a few each."""

    def get(self, tenant: str, webhook_id: str) -> Webhook | None:
        """A tenant's webhook."""
        ...

    def all(self, tenant: str) -> tuple[Webhook, ...]:
        """All webhooks of a tenant, by id."""
        ...

    def write(self, webhook: Webhook) -> bool:
        """Write url, types and secrets as version `webhook.version`, if the one before stands.

        What is said of failures stays, unless `webhook` ends all of it: then it begins anew.
        """
        ...

    def delete(self, tenant: str, webhook_id: str) -> None:
        """Remove a webhook; no effect where there is none."""
        ...

    def failed(self, webhook: Webhook, since: datetime, until: datetime, failure: str) -> None:
        """Note that it fails since then, or since earlier, and is blocked until then."""
        ...

    def recovered(self, webhook: Webhook) -> None:
        """Note that it takes events again."""
        ...

    def end(self, webhook: Webhook, at: datetime, why: Ended) -> bool:
        """End a webhook as it is, unless something was taken or it was changed since; whether."""
        ...

    def tested(self, webhook: Webhook, tested: LastTest) -> None:
        """Note what became of a test."""
        ...


class WebhookQueue(Protocol):
    """What is on its way to webhooks."""

    def send(self, deliveries: Sequence[Delivery], *, delay: timedelta | None = None) -> None:
        """Queue deliveries, to be brought after a delay of at most 15 minutes."""
        ...


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of a request: the status, or in a word why there is none."""

    status: int | None
    failure: str | None = None
    retry_after: timedelta | None = None


class Post(Protocol):
    """The way to a webhook."""

    def post(self, url: str, headers: Mapping[str, str], body: str) -> Posted:
        """Ask once. Never raises; follows no redirect, and goes to no address that isn't public."""
        ...
