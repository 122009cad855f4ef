"""Reminders in memory, and a scheduler that brings nothing by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from outbound.domain.due import next_minute
from outbound.domain.ids import split_reminder_id
from outbound.ports import ReminderPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outbound.domain.reminder import Reminder
    from outbound.domain.task import Task
    from outbound.ports import Clock


@dataclass
class MemoryReminders:
    """`kept` holds reminders by tenant and id."""

    clock: Clock = field(compare=False)
    retention: timedelta = timedelta(days=400)
    kept: dict[tuple[str, str], Reminder] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def insert(self, reminder: Reminder) -> bool:
        with self._lock:
            return self.kept.setdefault((reminder.tenant, reminder.id), reminder) is reminder

    def insert_new(self, reminders: Sequence[Reminder]) -> None:
        for each in reminders:
            assert self.insert(each), "somebody else has written it"

    def get(self, tenant: str, reminder_id: str) -> Reminder | None:
        reminder = self.kept.get((tenant, reminder_id))
        if reminder is None or reminder.open:
            return reminder
        over = reminder.updated_at + self.retention <= self.clock.now()
        return None if over else reminder

    def get_many(self, tenant: str, reminder_ids: Iterable[str]) -> dict[str, Reminder]:
        found = (self.get(tenant, each) for each in reminder_ids)
        return {each.id: each for each in found if each is not None}

    def replace(self, reminder: Reminder) -> bool:
        with self._lock:
            standing = self.kept.get((reminder.tenant, reminder.id))
            if standing is None or standing.version != reminder.version - 1:
                return False
            self.kept[reminder.tenant, reminder.id] = reminder
            return True

    def of_contact(
        self, tenant: str, contact_key: str, *, limit: int, after: str | None
    ) -> ReminderPage:
        places = {}
        for owner, name in self.kept:
            parts = split_reminder_id(name)
            if owner == tenant and parts and parts[0] == contact_key:
                places[parts[1]] = name
        behind = sorted((each for each in places if after is None or each < after), reverse=True)
        found = [self.get(tenant, places[place]) for place in behind[:limit]]
        last = behind[limit - 1] if len(behind) > limit else None
        return ReminderPage(tuple(each for each in found if each is not None), last)

    def forget(self, reminder: Reminder) -> None:
        self.kept.pop((reminder.tenant, reminder.id), None)

    def due(self, minute: datetime) -> Iterator[Sequence[tuple[str, str]]]:
        yield [
            key
            for key, reminder in self.kept.items()
            if reminder.due is not None and next_minute(reminder.due) == minute
        ]


@dataclass
class MemoryScheduler:
    """What is to be brought, and when; `broken` takes nothing more."""

    planned: dict[tuple[str, str, datetime], Task] = field(default_factory=dict)
    broken: bool = field(default=False, compare=False)

    def bring(self, task: Task, at: datetime) -> bool:
        if self.broken:
            return False
        self.planned[task.tenant, task.id, at] = task
        return True

    def call_off(self, task: Task, at: datetime) -> None:
        self.planned.pop((task.tenant, task.id, at), None)

    def fire(self, now: datetime) -> list[Task]:
        """What has come, and is over with that."""
        come = [each for each in self.planned if each[2] <= now]
        return [self.planned.pop(each) for each in sorted(come)]
