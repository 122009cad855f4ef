"""Reminders over DynamoDB: beside the messages of their contact, and in the index `due`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.newest import newest
from outbound.adapters.dynamodb.reminder_item import reminder_item, reminder_of
from outbound.adapters.dynamodb.table import Table, plain, wire
from outbound.domain import due as due_index
from outbound.domain.ids import split_reminder_id
from outbound.domain.instant import seconds
from outbound.ports.reminders import ReminderPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime, timedelta

    from outbound.domain.reminder import Reminder
    from outbound.ports import Clock

LANE = "reminder"
PREFIX = "reminder#"
"""Before the minute, so that the sweep of messages never meets a reminder."""


@dataclass(frozen=True, slots=True)
class DynamoReminders:
    """Reminders in the table of messages: partition tenant and contact key, sorted by time."""

    table: Table
    retention: timedelta
    clock: Clock

    def insert(self, reminder: Reminder) -> bool:
        """Write a reminder once."""
        return self.table.put_new(self._item(reminder))

    def insert_new(self, reminders: Sequence[Reminder]) -> None:
        """Write reminders, 25 in a request."""
        self.table.put_many([self._item(each) for each in reminders])

    def get(self, tenant: str, reminder_id: str) -> Reminder | None:
        """The reminder as it is now."""
        key = _key(tenant, reminder_id)
        item = self.table.get(key["pk"], key["sk"])
        return reminder_of(item, tenant) if item and self._kept(item) else None

    def get_many(self, tenant: str, reminder_ids: Iterable[str]) -> dict[str, Reminder]:
        """Those of the reminders that are there, a hundred in a request."""
        items = self.table.get_many([_key(tenant, each) for each in reminder_ids])
        kept = (reminder_of(item, tenant) for item in items if self._kept(item))
        return {each.id: each for each in kept}

    def replace(self, reminder: Reminder) -> bool:
        """Write it over the one whose version is one less."""
        return self.table.put_next(self._item(reminder))

    def of_contact(
        self, tenant: str, contact_key: str, *, limit: int, after: str | None
    ) -> ReminderPage:
        """The reminders of the contact with this key, newest first."""
        pk = _partition(tenant, contact_key)
        items, last = newest(self.table, pk, limit=limit, after=after)
        return ReminderPage(
            tuple(reminder_of(item, tenant) for item in items if self._kept(item)),
            last,
        )

    def forget(self, reminder: Reminder) -> None:
        """Remove a reminder."""
        key = wire(_key(reminder.tenant, reminder.id))
        self.table.client.delete_item(TableName=self.table.name, Key=key)

    def due(self, minute: datetime) -> Iterator[Sequence[tuple[str, str]]]:
        """What is to be looked after at a full minute, shard by shard, a page at a time."""
        pages = self.table.client.get_paginator("query")
        for shard in range(due_index.SHARDS):
            for page in pages.paginate(
                TableName=self.table.name,
                IndexName="due",
                KeyConditionExpression="due = :due",
                ExpressionAttributeValues=wire({":due": PREFIX + due_index.bucket(minute, shard)}),
            ):
                yield [_named(plain(item)) for item in page["Items"]]

    def _item(self, reminder: Reminder) -> dict[str, Any]:
        item = {**_key(reminder.tenant, reminder.id), "lane": LANE, **reminder_item(reminder)}
        if reminder.due is not None:
            item["due"] = PREFIX + due_index.bucket_for(reminder.due, reminder.id)
        if not reminder.open:
            item["ttl"] = seconds(reminder.updated_at + self.retention)
        return item

    def _kept(self, item: dict[str, Any]) -> bool:
        return "ttl" not in item or int(item["ttl"]) > seconds(self.clock.now())


def _partition(tenant: str, contact_key: str) -> str:
    return f"{tenant}#{contact_key}#reminders"


def _key(tenant: str, reminder_id: str) -> dict[str, str]:
    parts = split_reminder_id(reminder_id)
    if parts is None:
        raise ValueError("not the id of a reminder")
    return {"pk": _partition(tenant, parts[0]), "sk": parts[1]}


def _named(key: dict[str, Any]) -> tuple[str, str]:
    tenant, contact, _ = key["pk"].split("#")
    return tenant, f"rem_{contact}{key['sk']}"
