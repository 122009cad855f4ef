"""Rules for events, and the events that became no message."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from outbound_client.models.answer import Answer


class EventRule(Answer):
    """Which events become messages, to whom, and with what."""

    id: str
    pattern: Mapping[str, Any]
    contact: Mapping[str, str]
    channel: str | None = None
    route: Mapping[str, Any] | None = None
    purpose: str
    topic: str | None = None
    template: Mapping[str, Any]
    data: Mapping[str, str] = Field(default_factory=dict)
    enabled: bool = True
    mode: str
    created_at: datetime
    updated_at: datetime


class EventRules(Answer):
    """All rules of a tenant."""

    items: tuple[EventRule, ...]


class TriedPattern(Answer):
    """Whether a pattern matches an event; `differs_at` is the first place where it doesn't."""

    matches: bool
    differs_at: str | None = None


class RefusedEvent(Answer):
    """An event that a rule wanted and that became no message."""

    event_id: str
    detail_type: str
    at: datetime
    refused_at: datetime
    code: str
    detail: str


class RefusedEventPage(Answer):
    """A page of refused events, newest first."""

    items: tuple[RefusedEvent, ...]
    next_cursor: str | None = None
