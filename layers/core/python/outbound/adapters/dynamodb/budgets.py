"""Budgets over DynamoDB: an item for what a tenant may spend, and one for each month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import conflicted, refused, wire
from outbound.domain.instant import seconds

if TYPE_CHECKING:
    from outbound.adapters.dynamodb.table import Table
    from outbound.ports import Clock

KEPT_FOR = timedelta(minutes=1)
MONTHS_KEPT = timedelta(days=761)
LIMIT = "limit"
TRIES = 5


class DynamoBudgets:
    """Reads what a tenant may spend at most once in a minute; `kept_for` nothing, at each use."""

    def __init__(self, table: Table, clock: Clock, kept_for: timedelta = KEPT_FOR):
        self._table = table
        self._clock = clock
        self._kept_for = kept_for
        self._known: dict[str, tuple[datetime, Decimal | None]] = {}

    def limit(self, tenant: str) -> Decimal | None:
        """What a tenant may spend, as it was at most a minute ago."""
        now = self._clock.now()
        read_at, limit = self._known.get(tenant, (None, None))
        if read_at is None or now - read_at >= self._kept_for:
            item = self._table.get(_pk(tenant), LIMIT) or {}
            limit = item.get("monthly")
            self._known[tenant] = (now, limit)
        return limit

    def put(self, tenant: str, limit: Decimal | None) -> None:
        """Replace the item."""
        self._table.put({"pk": _pk(tenant), "sk": LIMIT, "monthly": limit})
        self._known.pop(tenant, None)

    def take(self, tenant: str, month: str, amount: Decimal, limit: Decimal) -> bool:
        """Add to what is taken, on condition that the limit holds: one unit."""
        left = limit - amount
        if left < 0:
            return False
        update = self._add(tenant, month, amount)
        update["ConditionExpression"] = "attribute_not_exists(taken) OR taken <= :left"
        update["ExpressionAttributeValues"] |= wire({":left": left})
        try:
            self._table.client.update_item(**update)
        except ClientError as error:
            if refused(error):
                return False
            raise
        return True

    def give_back(self, tenant: str, month: str, amount: Decimal) -> None:
        """Subtract in a transaction: with its token a request that is repeated does nothing."""
        update: Any = {"Update": self._add(tenant, month, -amount)}
        for attempt in range(1, TRIES + 1):
            try:
                self._table.client.transact_write_items(TransactItems=[update])
            except ClientError as error:
                if not conflicted(error) or attempt == TRIES:
                    raise
            else:
                return

    def begin(self, tenant: str, month: str, spent: Decimal) -> None:
        """Write what the month has cost over whatever was taken of it."""
        item = {"pk": _pk(tenant), "sk": month, "taken": spent, "ttl": _ends(month)}
        self._table.put(item)

    def taken(self, tenant: str, month: str) -> Decimal:
        """What is taken of a month."""
        item = self._table.get(_pk(tenant), month) or {}
        return Decimal(item.get("taken", 0))

    def _add(self, tenant: str, month: str, amount: Decimal) -> dict[str, Any]:
        return {
            "TableName": self._table.name,
            "Key": wire({"pk": _pk(tenant), "sk": month}),
            "UpdateExpression": "SET #ttl = :ttl ADD taken :amount",
            "ExpressionAttributeNames": {"#ttl": "ttl"},
            "ExpressionAttributeValues": wire({":ttl": _ends(month), ":amount": amount}),
        }


def _pk(tenant: str) -> str:
    return f"{tenant}#budget"


def _ends(month: str) -> int:
    return seconds(datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC) + MONTHS_KEPT)
