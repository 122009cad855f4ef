"""How far the days are anchored, over DynamoDB: an item for each day, beside the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.table import Table, plain, wire
from outbound.domain.instant import rfc3339

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

PARTITION = "anchor"


@dataclass(frozen=True, slots=True)
class DynamoAnchorDays:
    """The days in the ledger's table."""

    table: Table

    def finished(self, first: date, last: date) -> Collection[date]:
        """The finished days of a span, in one query."""
        answer = self.table.client.query(
            TableName=self.table.name,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues=wire(
                {":pk": PARTITION, ":first": first.isoformat(), ":last": last.isoformat()}
            ),
            ConsistentRead=True,
        )
        items = map(plain, answer["Items"])
        return {date.fromisoformat(item["sk"]) for item in items if "finished_at" in item}

    def reached(self, day: date) -> str | None:
        """The place of the last head that is written."""
        item = self.table.get(PARTITION, day.isoformat())
        return item.get("place") if item else None

    def reach(self, day: date, place: str) -> None:
        """Remember a place."""
        self._set(day, "SET place = :place", {":place": place})

    def finish(self, day: date, now: datetime) -> None:
        """Remember that a day is finished, and no place: it may be gone through again."""
        self._set(day, "SET finished_at = :now REMOVE place", {":now": rfc3339(now)})

    def _set(self, day: date, update: str, values: dict[str, Any]) -> None:
        self.table.client.update_item(
            TableName=self.table.name,
            Key=wire({"pk": PARTITION, "sk": day.isoformat()}),
            UpdateExpression=update,
            ExpressionAttributeValues=wire(values),
        )
