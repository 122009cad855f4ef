"""Corrections over DynamoDB: an item for each address that is waited for, under its digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, refused, wire
from outbound.domain.instant import seconds

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class DynamoCorrections:
    """Corrections in the catalog, gone when nothing is waited for any more."""

    table: Table

    def put(self, tenant: str, address_key: str, contact_id: str, *, until: datetime) -> None:
        """Note who waits."""
        item = {"contact": contact_id, "ttl": seconds(until)}
        self.table.put({**_key(tenant, address_key), **item})

    def get(self, tenant: str, address_key: str, now: datetime) -> str | None:
        """Who waits, if it isn't over."""
        key = _key(tenant, address_key)
        item = self.table.get(key["pk"], key["sk"])
        return str(item["contact"]) if item and item["ttl"] > seconds(now) else None

    def forget(self, tenant: str, address_key: str, contact_id: str) -> None:
        """Remove the item, if it is this contact's."""
        try:
            self.table.client.delete_item(
                TableName=self.table.name,
                Key=wire(_key(tenant, address_key)),
                ConditionExpression="contact = :contact",
                ExpressionAttributeValues=wire({":contact": contact_id}),
            )
        except ClientError as error:
            if not refused(error):
                raise


def _key(tenant: str, address_key: str) -> dict[str, str]:
    return {"pk": f"{tenant}#correction#{address_key}", "sk": "correction"}
