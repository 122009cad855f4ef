"""Attempts over DynamoDB: an item for each window, gone when it is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, refused, wire
from outbound.domain.instant import seconds

if TYPE_CHECKING:
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class DynamoAttempts:
    """Attempts in the catalog."""

    table: Table

    def take(self, tenant: str, what: str, *, most: int, within: timedelta, now: datetime) -> bool:
        """Count in one request, atomically."""
        window = seconds(now) // int(within.total_seconds())
        end = (window + 1) * int(within.total_seconds())
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=wire({"pk": f"{tenant}#attempts#{what}", "sk": str(window)}),
                UpdateExpression="SET #ttl = :ttl ADD taken :one",
                ConditionExpression="attribute_not_exists(taken) OR taken < :most",
                ExpressionAttributeNames={"#ttl": "ttl"},
                ExpressionAttributeValues=wire({":one": 1, ":most": most, ":ttl": end}),
            )
        except ClientError as error:
            if refused(error):
                return False
            raise
        return True
