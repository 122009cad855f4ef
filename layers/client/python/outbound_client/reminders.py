"""Reminders: of a moment, or at times that come again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Required, TypedDict, Unpack

from outbound_client.models import Reminder, ReminderBatch, ReminderPage
from outbound_client.requests import body_of, path_to, query_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from outbound_client.connection import Connection
    from outbound_client.models import ReminderItem
    from outbound_client.requests import TemplateChoice


class ReminderChange(TypedDict, total=False):
    """What of a reminder can be changed.

    `at` is an instant, or a text such as "2027-01-11T09:30" on the clocks of `timezone`, which is
    the contact's if not given. `offsets` are ["-P1D", "-PT1H"]. Instead of both, `repeat` is
    {"start": …, "times": ["08:00", "20:00"]} or {"start": …, "rule": "FREQ=WEEKLY"}, with an end:
    "until", "count" or "days_supply"; `refill` is {"before": "P3D", "template": …}.
    """

    topic: str | None
    template: TemplateChoice
    data: Mapping[str, Any] | None
    at: datetime | str
    timezone: str
    offsets: Sequence[str]
    past: str | None
    calendar: Mapping[str, Any] | None
    moved: TemplateChoice | None
    cancelled: TemplateChoice | None
    repeat: Mapping[str, Any]
    refill: Mapping[str, Any] | None
    expires_in: str | None


class ReminderFields(ReminderChange, total=False):
    """A reminder to make."""

    contact_id: Required[str]
    channel: str
    route: Mapping[str, Any]
    purpose: Required[str]


class ReminderItemFields(ReminderFields, total=False):
    """A reminder of a batch; its own `client_token` makes it one reminder across batches."""

    client_token: str


class ReminderCalls:
    """The calls on reminders."""

    _api: Connection

    def create_reminder(
        self, *, idempotency_key: str | None = None, **reminder: Unpack[ReminderFields]
    ) -> Reminder:
        """Remind a contact. Two calls with one `idempotency_key` make one reminder."""
        return self._api.post(Reminder, "/v1/reminders", body_of(**reminder), idempotency_key)

    def create_reminders(
        self, reminders: Sequence[ReminderItemFields], *, idempotency_key: str | None = None
    ) -> tuple[ReminderItem, ...]:
        """Make up to 500; each item has its reminder, or the problem that kept it.

        A reminder may have a `client_token` of its own, which makes it once across batches.
        """
        body = {"reminders": [body_of(**each) for each in reminders]}
        return self._api.post(ReminderBatch, "/v1/reminders/batch", body, idempotency_key).items

    def get_reminder(self, reminder_id: str) -> Reminder:
        """A reminder, with what was sent and will be."""
        return self._api.ask(Reminder, "GET", path_to("reminders", reminder_id))

    def list_reminders(
        self, contact_id: str, limit: int | None = None, cursor: str | None = None
    ) -> ReminderPage:
        """A page of a contact's reminders, newest first."""
        query = query_of(contact_id=contact_id, limit=limit, cursor=cursor)
        return self._api.ask(ReminderPage, "GET", "/v1/reminders", query=query)

    def iterate_reminders(self, contact_id: str, limit: int | None = None) -> Iterator[Reminder]:
        """All of a contact's reminders, newest first, read in pages of `limit`."""
        cursor = None
        while True:
            page = self.list_reminders(contact_id, limit, cursor)
            yield from page.items
            cursor = page.next_cursor
            if cursor is None:
                return

    def change_reminder(self, reminder_id: str, **change: Unpack[ReminderChange]) -> Reminder:
        """Change a reminder: what was not sent moves with `at`. None takes a field away."""
        given = body_of(**change)
        body = {**dict.fromkeys(change), **given}
        return self._api.ask(Reminder, "PATCH", path_to("reminders", reminder_id), body=body)

    def pause_reminder(self, reminder_id: str) -> Reminder:
        """Send nothing until it is resumed."""
        return self._api.ask(Reminder, "POST", f"{path_to('reminders', reminder_id)}/pause")

    def resume_reminder(self, reminder_id: str) -> Reminder:
        """Go on; what would have been sent meanwhile is left out."""
        return self._api.ask(Reminder, "POST", f"{path_to('reminders', reminder_id)}/resume")

    def cancel_reminder(self, reminder_id: str) -> Reminder:
        """Send nothing more, but its `cancelled` where something was sent before."""
        return self._api.ask(Reminder, "DELETE", path_to("reminders", reminder_id))
