"""Telling: what becomes of messages and reminders, from the stream of their table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.event import Reminded, events_of, events_of_reminder
from outbound.domain.webhook import Delivery, wanted_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from outbound.domain.event import Event, Written
    from outbound.ports import Clock, EventBus, WebhookQueue, Webhooks

    Write = Callable[[Event], str]


@dataclass(frozen=True, slots=True)
class TellPorts:
    """Who is told; `bus` is None where the deployment has none.

    `write` makes of an event the text that webhooks are sent.
    """

    clock: Clock
    bus: EventBus | None
    webhooks: Webhooks
    queue: WebhookQueue
    write: Write


def tell(changes: Iterable[Written | Reminded], ports: TellPorts) -> int:
    """Tell all that has happened, in its order; how much it was.

    Told again, it has the same ids: whoever listens knows it by them.

    Raises:
        EventsRefused: some isn't told; all of it is to be told again.
    """
    events = [event for change in changes for event in _events(change)]
    if ports.bus is not None:
        ports.bus.put(events)
    now = ports.clock.now()
    deliveries = [
        Delivery(event.tenant, webhook.id, event.id, ports.write(event), now, now)
        for event in events
        for webhook in wanted_by(ports.webhooks.all(event.tenant), event.type)
    ]
    if deliveries:
        ports.queue.send(deliveries)
    return len(events)


def _events(change: Written | Reminded) -> Iterator[Event]:
    return events_of_reminder(change) if isinstance(change, Reminded) else events_of(change)
