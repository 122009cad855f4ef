"""Reminders, and what became of their messages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field, model_validator

from outbound_client.models.answer import Answer
from outbound_client.models.problems import ItemProblem


class ReminderMessage(Answer):
    """A message of a reminder: its offset or time, and what became of it."""

    key: str = Field(alias="for")
    at: datetime
    state: str
    reason: str | None
    message_id: str | None


class Reminder(Answer):
    """A reminder; what it is made of is as the reference of the API has it."""

    id: str
    state: str
    reason: str | None
    contact_id: str
    channel: str | None
    purpose: str
    topic: str | None
    template: Mapping[str, Any] = {}
    data: Mapping[str, Any] = {}
    at: datetime | None
    timezone: str
    offsets: tuple[str, ...] | None
    repeat: Mapping[str, Any] | None
    past: str | None = None
    calendar: Mapping[str, Any] | None
    moved: Mapping[str, Any] | None = None
    cancelled: Mapping[str, Any] | None = None
    refill: Mapping[str, Any] | None = None
    expires_in: str | None = None
    sequence: int
    next_at: datetime | None
    messages: tuple[ReminderMessage, ...]
    counts: Mapping[str, int]
    created_at: datetime
    updated_at: datetime
    route: Mapping[str, Any] | None = None

    @property
    def way(self) -> str:
        """Its channel, or those of its route."""
        return self.channel or ",".join((self.route or {}).get("channels", ()))


class ReminderPage(Answer):
    """Some reminders of a contact, newest first."""

    items: tuple[Reminder, ...]
    next_cursor: str | None = None


class ReminderItem(Answer):
    """What became of one reminder of a batch: the reminder, or the problem that kept it."""

    index: int
    reminder: Reminder | None = None
    problem: ItemProblem | None = None

    @model_validator(mode="before")
    @classmethod
    def _one(cls, value: Any) -> Any:
        if isinstance(value, dict) and "problem" not in value and "reminder" not in value:
            return {"index": value.get("index"), "reminder": value}
        return value


class ReminderBatch(Answer):
    """What became of each reminder, in the order of the request."""

    items: tuple[ReminderItem, ...]
