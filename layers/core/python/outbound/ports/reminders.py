"""Reminders, and who brings tasks at their time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from outbound.domain.reminder import Reminder
    from outbound.domain.task import Task


@dataclass(frozen=True, slots=True)
class ReminderPage:
    """Some reminders of a contact, newest first, and where the next page begins."""

    reminders: tuple[Reminder, ...]
    after: str | None


class Reminders(Protocol):
    """Reminders, by tenant and contact. One that has ended is absent once its retention is over."""

    def insert(self, reminder: Reminder) -> bool:
        """Write a reminder once; False when one with its id is there already."""
        ...

    def insert_new(self, reminders: Sequence[Reminder]) -> None:
        """Write reminders that nobody else can have written."""
        ...

    def get(self, tenant: str, reminder_id: str) -> Reminder | None:
        """The reminder as it is now (a consistent read)."""
        ...

    def get_many(self, tenant: str, reminder_ids: Iterable[str]) -> Mapping[str, Reminder]:
        """Those of the reminders that are there (consistent reads), a hundred in a request."""
        ...

    def replace(self, reminder: Reminder) -> bool:
        """Write it over the one whose version is one less; False when that isn't there."""
        ...

    def of_contact(
        self, tenant: str, contact_key: str, *, limit: int, after: str | None
    ) -> ReminderPage:
        """The reminders of the contact with this key, newest first, beginning behind `after`."""
        ...

    def forget(self, reminder: Reminder) -> None:
        """Remove a reminder."""
        ...

    def due(self, minute: datetime) -> Iterable[Sequence[tuple[str, str]]]:
        """The tenants and ids of what is to be looked after at a full minute, in groups."""
        ...


class Schedules(Protocol):
    """Tasks that are to be brought at instants."""

    def call_off(self, task: Task, at: datetime) -> None:
        """Don't bring a task that was to be brought at an instant; nothing happens if it wasn't."""
        ...


class Scheduler(Schedules, Protocol):
    """Brings tasks at instants, to the minute, at least once."""

    def bring(self, task: Task, at: datetime) -> bool:
        """Have a task brought at an instant; False when that can't be had now."""
        ...
