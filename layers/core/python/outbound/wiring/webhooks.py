"""The telling of events: on the bus, and to webhooks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import process

if TYPE_CHECKING:
    from datetime import timedelta

    from outbound.adapters.dynamodb.webhooks import DynamoWebhooks
    from outbound.adapters.events.bus import EventBridgeBus
    from outbound.adapters.webhooks.queue import SqsWebhookQueue
    from outbound.flow.manage.webhooks import WebhookKeeping
    from outbound.flow.telling import TellPorts
    from outbound.flow.webhooks import WebhookPorts


@cache
def telling() -> TellPorts:
    """What the telling of events works with."""
    from datetime import timedelta

    from outbound.adapters.events.document import text_of
    from outbound.flow.telling import TellPorts

    webhooks = _webhooks(kept_for=timedelta(seconds=30))
    return TellPorts(process.clock, _bus(), webhooks, _webhook_queue(), text_of)


@cache
def webhook_ports() -> WebhookPorts:
    """What the bringing of events works with."""
    from datetime import timedelta

    from outbound.adapters.signals import LoggedSignals
    from outbound.adapters.webhooks.post import HttpPost
    from outbound.flow.webhooks import WebhookPorts

    return WebhookPorts(
        clock=process.clock,
        webhooks=_webhooks(kept_for=timedelta(seconds=5)),
        queue=_webhook_queue(),
        post=HttpPost(locally=process.settings().plain_webhooks),
        bus=_bus(),
        signals=LoggedSignals(),
    )


@cache
def webhook_keeping() -> WebhookKeeping:
    """What the keeping of webhooks works with."""
    from outbound.adapters.events.document import text_of
    from outbound.flow.manage.webhooks import WebhookKeeping

    return WebhookKeeping(process.clock, process.tokens, _webhooks(), _webhook_queue(), text_of)


def _webhooks(kept_for: timedelta | None = None) -> DynamoWebhooks:
    from outbound.adapters.dynamodb.webhooks import NOT_KEPT, DynamoWebhooks

    return DynamoWebhooks(process.table("CATALOG"), process.clock, kept_for or NOT_KEPT)


def _webhook_queue() -> SqsWebhookQueue:
    from outbound.adapters.webhooks.queue import SqsWebhookQueue

    return SqsWebhookQueue(process.client("sqs"), process.settings().text("WEBHOOKS_QUEUE"))


def _bus() -> EventBridgeBus | None:
    from outbound.adapters.events.bus import EventBridgeBus

    name = process.settings().optional("EVENT_BUS")
    return EventBridgeBus(process.client("events"), name) if name else None
