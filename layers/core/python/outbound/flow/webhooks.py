"""Webhooks: an event is brought, again and later each time, until it is taken or three days old."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.event import DISABLED, Event
from outbound.domain.ids import event_id
from outbound.domain.webhook import (
    GONE,
    TRIED_FOR,
    Ended,
    LastTest,
    again,
    block,
    given_up,
    headers_of,
)

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.webhook import Delivery, Webhook
    from outbound.ports import Clock, EventBus, Post, Posted, Signals, WebhookQueue, Webhooks

LONGEST_DELAY = timedelta(minutes=15)
"""SQS delays a message by no more; what waits for longer is queued again."""


@dataclass(frozen=True, slots=True)
class WebhookPorts:
    """What the bringing of events works with; `bus` is None where the deployment has none."""

    clock: Clock
    webhooks: Webhooks
    queue: WebhookQueue
    post: Post
    bus: EventBus | None
    signals: Signals


def bring(delivery: Delivery, ports: WebhookPorts) -> None:
    """Bring an event to its webhook, or queue it again: whatever fails, it isn't lost.

    A webhook that was removed or has ended is told nothing.
    """
    now = ports.clock.now()
    webhook = ports.webhooks.get(delivery.tenant, delivery.webhook)
    if webhook is None or (webhook.ended is not None and not delivery.test):
        return
    if delivery.test:
        _test(delivery, webhook, ports)
        return
    if given_up(delivery, now):
        ports.signals.count("WebhookEventsGivenUp")
        return
    earliest = max(delivery.not_before, webhook.blocked_until or now)
    if earliest > now:
        _wait(replace(delivery, not_before=earliest), now, ports)
        return
    posted = ports.post.post(webhook.url, headers_of(webhook, delivery, now), delivery.body)
    failure = _failure(posted)
    if failure is None:
        if webhook.failing_since is not None:
            ports.webhooks.recovered(webhook)
        return
    ports.signals.count("WebhookFailures")
    if _fail(webhook, posted.status, failure, now, ports):
        return
    _wait(again(delivery, now, at_least=posted.retry_after), now, ports)


def _test(delivery: Delivery, webhook: Webhook, ports: WebhookPorts) -> None:
    """Once: whoever asked looks at what became of it."""
    now = ports.clock.now()
    posted = ports.post.post(webhook.url, headers_of(webhook, delivery, now), delivery.body)
    ports.webhooks.tested(webhook, LastTest(delivery.event_id, now, _failure(posted)))


def _failure(posted: Posted) -> str | None:
    if posted.status is None:
        return posted.failure or "unknown"
    if 200 <= posted.status < 300:
        return None
    return "redirect" if 300 <= posted.status < 400 else f"status_{posted.status}"


def _fail(
    webhook: Webhook, status: int | None, failure: str, now: datetime, ports: WebhookPorts
) -> bool:
    """Note a failure; whether the webhook has ended with it."""
    since = webhook.failing_since or now
    ports.webhooks.failed(webhook, since, block(since, now), failure)
    if status != GONE and now - since < TRIED_FOR:
        return False
    why = Ended.GONE if status == GONE else Ended.FAILING
    _tell(webhook, since, why, failure, ports)
    if not ports.webhooks.end(replace(webhook, failing_since=since), now, why):
        return False
    ports.signals.count("WebhooksDisabled")
    return True


def _tell(webhook: Webhook, since: datetime, why: Ended, failure: str, ports: WebhookPorts) -> None:
    """Before it ends: who dies in between tells it once more, with the same id."""
    if ports.bus is None:
        return
    number = event_id(webhook.tenant, since, DISABLED, webhook.id)
    data = {"webhook_id": webhook.id, "reason": why, "failure": failure}
    ports.bus.put([Event(number, DISABLED, ports.clock.now(), webhook.tenant, data)])


def _wait(delivery: Delivery, now: datetime, ports: WebhookPorts) -> None:
    delay = min(delivery.not_before - now, LONGEST_DELAY)
    ports.queue.send([delivery], delay=delay)
