"""Messages of our own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, process, queues, stores

if TYPE_CHECKING:
    from outbound.adapters.speakers import SenderSpeakers
    from outbound.flow.notices import NoticePorts


@cache
def speakers() -> SenderSpeakers:
    """In whose name people are answered and asked."""
    from outbound.adapters.speakers import SenderSpeakers

    return SenderSpeakers(process.settings().senders, catalog.organisations())


@cache
def notice_ports() -> NoticePorts:
    """What messages of our own are sent with."""
    from outbound.flow.notices import NoticePorts

    return NoticePorts(process.clock, process.secret(), stores.messages(), queues.deliveries())
