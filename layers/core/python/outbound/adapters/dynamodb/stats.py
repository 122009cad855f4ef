"""Statistics over DynamoDB: a tenant's in one partition of the table of runs, sorted by day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.table import Table, plain, wire
from outbound.adapters.dynamodb.tally_item import tally_item, tally_of
from outbound.domain.instant import seconds
from outbound.domain.message import Status
from outbound.domain.stats import Cell
from outbound.domain.words import Channel, Mode, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outbound.domain.stats import Book
    from outbound.domain.tally import Tally
    from outbound.ports import Clock

KEPT = timedelta(days=761)
"""Two years and a month: a month can be compared with the same one before."""
MARKED = timedelta(days=2)
"""A stream brings a batch again for a day."""
TOGETHER = 45
"""Cells in a transaction: it has at most 100 items, and each may bring one of its day."""
PARTS = 4
DOUBTS = "stats#unconfirmed"
"""Operators look at all tenants together, as at what is due."""


@dataclass(frozen=True, slots=True)
class DynamoStats:
    """Statistics in one table, kept for two years."""

    table: Table
    clock: Clock

    def add(self, book: Book, batch: str, changes: Mapping[Cell, Tally]) -> bool:
        """Add to each cell, in transactions with a mark that this batch was.

        A cell lies in several items, for several batches come at the same time.
        """
        # In an order that is the same when the batch is brought again.
        ordered = sorted(changes.items(), key=lambda each: _place(each[0]))
        part = sha256(batch.encode()).digest()[0] % PARTS
        added = False
        for start in range(0, len(ordered), TOGETHER):
            some = ordered[start : start + TOGETHER]
            updates = [self._update(book, cell, part, tally) for cell, tally in some]
            if book.mode is Mode.LIVE:
                updates += self._doubts(some)
            added |= self._add(book, f"{batch}#{start}", updates)
        return added

    def between(self, book: Book, first: date, last: date) -> Iterator[tuple[Cell, Tally]]:
        """The items of these days."""
        pages = self.table.client.get_paginator("query").paginate(
            TableName=self.table.name,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues=wire(
                {":pk": _pk(book), ":first": f"{first}#", ":last": f"{last}#~"}
            ),
        )
        for page in pages:
            for each in page["Items"]:
                item = plain(each)
                yield _cell_of(item.pop("sk")), tally_of(item)

    def in_doubt(self, first: date, last: date) -> int:
        """An item for each day, of all tenants."""
        answer = self.table.client.query(
            TableName=self.table.name,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues=wire(
                {":pk": DOUBTS, ":first": first.isoformat(), ":last": last.isoformat()}
            ),
        )
        return max(sum(int(plain(item)["messages"]) for item in answer["Items"]), 0)

    def _add(self, book: Book, batch: str, updates: Sequence[Any]) -> bool:
        mark = {
            "pk": _pk(book),
            "sk": f"batch#{batch}",
            "ttl": seconds(self.clock.now() + MARKED),
        }
        return self.table.update_once(mark, updates)

    def _doubts(self, changes: Sequence[tuple[Cell, Tally]]) -> list[Any]:
        """What is added to how many are unconfirmed; for most batches nothing."""
        days: Counter[date] = Counter()
        for cell, tally in changes:
            days[cell.day] += tally.of(Status.UNCONFIRMED)
        return [self._doubt(day, count) for day, count in days.items() if count]

    def _doubt(self, day: date, count: int) -> Any:
        return {
            "TableName": self.table.name,
            "Key": wire({"pk": DOUBTS, "sk": day.isoformat()}),
            "UpdateExpression": "SET #ttl = :ttl ADD messages :count",
            "ExpressionAttributeNames": {"#ttl": "ttl"},
            "ExpressionAttributeValues": wire({":count": count, ":ttl": _ends(day)}),
        }

    def _update(self, book: Book, cell: Cell, part: int, change: Tally) -> Any:
        counts = tally_item(change)
        names = {f"#n{index}": name for index, name in enumerate(counts)}
        values = {f":n{index}": count for index, count in enumerate(counts.values())}
        added = ", ".join(f"{name} :{name[1:]}" for name in names)
        return {
            "TableName": self.table.name,
            "Key": wire({"pk": _pk(book), "sk": f"{_place(cell)}#{part}"}),
            "UpdateExpression": f"SET #ttl = :ttl ADD {added}",
            "ExpressionAttributeNames": {**names, "#ttl": "ttl"},
            "ExpressionAttributeValues": wire({**values, ":ttl": _ends(cell.day)}),
        }


def _ends(day: date) -> int:
    return seconds(datetime.combine(day, time(), UTC) + KEPT)


def _pk(book: Book) -> str:
    return f"{book.tenant}#stats#{book.mode}"


def _place(cell: Cell) -> str:
    optional = (cell.provider, cell.region, cell.template, cell.campaign)
    parts = (cell.day.isoformat(), cell.channel, cell.purpose, *optional)
    return "#".join(part or "" for part in parts)


def _cell_of(place: str) -> Cell:
    day, channel, purpose, *optional = place.split("#")
    provider, region, template, campaign = (each or None for each in optional[:4])
    return Cell(
        date.fromisoformat(day),
        Channel(channel),
        Purpose(purpose),
        provider,
        region,
        template,
        campaign,
    )
