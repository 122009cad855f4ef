"""Events as EventBridge puts them into a queue, and whose they are."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from outbound.domain.event_rule import EventSources
from outbound.domain.incoming_event import IncomingEvent

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_event(body: str) -> IncomingEvent:
    """The event that a queue's message holds.

    Raises:
        ValueError, LookupError, TypeError: it holds none.
    """
    value = json.loads(body)
    at = datetime.fromisoformat(value["time"])
    if at.tzinfo is None or not isinstance(value["detail"], dict):
        raise ValueError("no event of EventBridge")
    return IncomingEvent(
        id=str(value["id"]),
        source=str(value["source"]),
        kind=str(value["detail-type"]),
        at=at,
        body=value,
    )


def read_sources(text: str) -> EventSources:
    """Sources and their tenants: {"com.example.shop": "acme"}."""
    tenants: Mapping[str, str] = json.loads(text)
    return EventSources(tenants)
