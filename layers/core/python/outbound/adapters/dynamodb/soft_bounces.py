"""Soft bounces over DynamoDB: an item for each address that has some, an attribute for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.adapters.dynamodb.table import Table, plain, wire
from outbound.domain.ids import address_key
from outbound.domain.instant import parse_rfc3339, rfc3339, seconds
from outbound.domain.soft_bounce import WITHIN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound.domain.address import Address


@dataclass(frozen=True, slots=True)
class DynamoSoftBounces:
    """Soft bounces in the table of the contacts, under the address's keyed digest."""

    table: Table
    secret: bytes

    def note(
        self, tenant: str, address: Address, message_id: str, at: datetime
    ) -> Sequence[datetime]:
        """Write it down and read them all in one request; TTL removes them two weeks later."""
        key = address_key(self.secret, tenant, address.value)
        answer = self.table.client.update_item(
            TableName=self.table.name,
            Key=wire({"pk": f"{tenant}#soft#{key}", "sk": "soft"}),
            UpdateExpression="SET #message = if_not_exists(#message, :at), #ttl = :ttl",
            ExpressionAttributeNames={"#message": message_id, "#ttl": "ttl"},
            ExpressionAttributeValues=wire({":at": rfc3339(at), ":ttl": seconds(at + WITHIN)}),
            ReturnValues="ALL_NEW",
        )
        noted = plain(answer["Attributes"])
        return [parse_rfc3339(at) for name, at in noted.items() if name.startswith("msg_")]
