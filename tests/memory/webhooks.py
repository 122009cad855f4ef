"""Webhooks in memory, their queue with its delays, and systems that take events or don't."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from outbound.ports import Posted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime, timedelta

    from outbound.domain.event import Event
    from outbound.domain.webhook import Delivery, Ended, LastTest, Webhook
    from tests.memory.clock import MemoryClock

TAKEN = Posted(204)


@dataclass
class MemoryWebhooks:
    """Webhooks by (tenant, id)."""

    webhooks: dict[tuple[str, str], Webhook] = field(default_factory=dict)

    def get(self, tenant: str, webhook_id: str) -> Webhook | None:
        return self.webhooks.get((tenant, webhook_id))

    def all(self, tenant: str) -> tuple[Webhook, ...]:
        places = sorted(place for place in self.webhooks if place[0] == tenant)
        return tuple(self.webhooks[place] for place in places)

    def write(self, webhook: Webhook) -> bool:
        standing = self.get(webhook.tenant, webhook.id)
        if (standing.version if standing else 0) != webhook.version - 1:
            return False
        if standing is not None and webhook.failing_since is not None:
            said = replace(
                standing,
                url=webhook.url,
                types=webhook.types,
                secrets=webhook.secrets,
                updated_at=webhook.updated_at,
                version=webhook.version,
            )
        else:
            said = replace(webhook, tested=standing.tested if standing else None)
            said = replace(said, blocked_until=None, failure=None, ended_at=None, ended=None)
        self.webhooks[webhook.tenant, webhook.id] = said
        return True

    def delete(self, tenant: str, webhook_id: str) -> None:
        self.webhooks.pop((tenant, webhook_id), None)

    def failed(self, webhook: Webhook, since: datetime, until: datetime, failure: str) -> None:
        standing = self.get(webhook.tenant, webhook.id)
        if standing is not None:
            self._set(
                standing,
                failing_since=standing.failing_since or since,
                blocked_until=until,
                failure=failure,
            )

    def recovered(self, webhook: Webhook) -> None:
        standing = self.get(webhook.tenant, webhook.id)
        if standing is not None and standing.ended is None:
            self._set(standing, failing_since=None, blocked_until=None, failure=None)

    def end(self, webhook: Webhook, at: datetime, why: Ended) -> bool:
        standing = self.get(webhook.tenant, webhook.id)
        if standing is None or standing.ended is not None:
            return False
        if standing.version != webhook.version or standing.failing_since != webhook.failing_since:
            return False
        self._set(standing, ended_at=at, ended=why)
        return True

    def tested(self, webhook: Webhook, tested: LastTest) -> None:
        standing = self.get(webhook.tenant, webhook.id)
        if standing is not None:
            self._set(standing, tested=tested)

    def _set(self, webhook: Webhook, **changes: object) -> None:
        self.webhooks[webhook.tenant, webhook.id] = replace(webhook, **changes)  # type: ignore[arg-type]


@dataclass
class MemoryWebhookQueue:
    """What is on its way, and when each is brought."""

    clock: MemoryClock
    waiting: list[tuple[datetime, Delivery]] = field(default_factory=list)
    sends: int = 0

    def send(self, deliveries: Sequence[Delivery], *, delay: timedelta | None = None) -> None:
        at = self.clock.now() + delay if delay else self.clock.now()
        self.waiting += [(at, each) for each in deliveries]
        self.sends += 1

    def take(self) -> list[Delivery]:
        """What is to be brought now."""
        now = self.clock.now()
        taken = [each for at, each in self.waiting if at <= now]
        self.waiting = [(at, each) for at, each in self.waiting if at > now]
        return taken


@dataclass
class MemoryPost:
    """A system: what it answers, and what it was sent."""

    answer: Callable[[str], Posted] = lambda _: TAKEN
    asked: list[tuple[str, Mapping[str, str], str]] = field(default_factory=list)
    taken: list[tuple[Mapping[str, str], str]] = field(default_factory=list)

    def post(self, url: str, headers: Mapping[str, str], body: str) -> Posted:
        self.asked.append((url, headers, body))
        posted = self.answer(url)
        if posted.status is not None and 200 <= posted.status < 300:
            self.taken.append((headers, body))
        return posted


@dataclass
class MemoryBus:
    """What was told on the bus."""

    events: list[Event] = field(default_factory=list)

    def put(self, events: Sequence[Event]) -> None:
        self.events += events
