"""An event as a document; `event.v1.schema.json` beside it says what it holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from outbound.domain.instant import rfc3339

if TYPE_CHECKING:
    from outbound.domain.event import Event

VERSION = 1
"""Raised only where something is taken away or means something else; what is added changes none."""


def document_of(event: Event) -> dict[str, Any]:
    """What buses and webhooks are given."""
    return {
        "version": VERSION,
        "id": event.id,
        "type": event.type,
        "timestamp": rfc3339(event.at),
        "tenant": event.tenant,
        "data": dict(event.data),
    }


def text_of(event: Event) -> str:
    """The same as compact JSON."""
    return json.dumps(document_of(event), separators=(",", ":"))
