"""Telling: what becomes of messages is told to other systems, from the stream of their table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.event import events_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outbound.domain.event import Written
    from outbound.ports import EventBus


@dataclass(frozen=True, slots=True)
class TellPorts:
    """Who is told; `bus` is None where the deployment has none."""

    bus: EventBus | None


def tell(changes: Iterable[Written], ports: TellPorts) -> int:
    """Tell all that has happened, in its order; how much it was.

    Told again, it has the same ids: whoever listens knows it by them.

    Raises:
        EventsRefused: some isn't told; all of it is to be told again.
    """
    events = [event for written in changes for event in events_of(written)]
    if ports.bus is not None:
        ports.bus.put(events)
    return len(events)
