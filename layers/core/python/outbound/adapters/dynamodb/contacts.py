"""Contacts, their addresses and their suppressions, over DynamoDB.

An address item lies under a keyed digest of the address and is written in one transaction with
its contact, so looking it up is consistent at once and no key holds an address.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, conflicted, plain, refused, wire
from outbound.domain.address import Address
from outbound.domain.ids import address_key
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.suppression import Reason, Suppression

if TYPE_CHECKING:
    from datetime import datetime

SHARDS = 32
"""A tenant's contacts lie in this many partitions, so that a segment can be evaluated in parallel.
Changing it means moving every contact."""


@dataclass(frozen=True, slots=True)
class DynamoContacts:
    """Contacts in one table."""

    table: Table
    secret: bytes

    def by_address(self, tenant: str, address: Address) -> str | None:
        """The first contact, by id, with this address."""
        answer = self.table.client.query(
            TableName=self.table.name,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues=wire({":pk": self._address_pk(tenant, address)}),
            ConsistentRead=True,
            Limit=1,
        )
        items = answer["Items"]
        return str(plain(items[0])["sk"]) if items else None

    def addresses(self, tenant: str, contact_id: str) -> tuple[Address, ...] | None:
        """A contact's addresses, emails first."""
        item = self.table.get(_contact_pk(tenant, contact_id), contact_id)
        if item is None:
            return None
        kinds = ("email", "phone")
        return tuple(Address(kind, value) for kind in kinds for value in item.get(kind, ()))

    def create(self, tenant: str, contact_id: str, address: Address, now: datetime) -> None:
        """Make a contact with one address; whoever made it before us made the same."""
        contact = {
            "pk": _contact_pk(tenant, contact_id),
            "sk": contact_id,
            address.kind: [address.value],
            "created_at": rfc3339(now),
        }
        place = {"pk": self._address_pk(tenant, address), "sk": contact_id}
        try:
            self.table.client.transact_write_items(
                TransactItems=[
                    {
                        "Put": {
                            "TableName": self.table.name,
                            "Item": wire(item),
                            "ConditionExpression": "attribute_not_exists(pk)",
                        }
                    }
                    for item in (contact, place)
                ]
            )
        except ClientError as error:
            if not (refused(error) or conflicted(error)):
                raise

    def suppression(self, tenant: str, address: Address) -> Suppression | None:
        """Why the address must not be used, if it must not."""
        item = self.table.get(self._suppression_pk(tenant, address), "suppression")
        if item is None:
            return None
        return Suppression(Reason(item["reason"]), parse_rfc3339(item["at"]), item["source"])

    def suppress(self, tenant: str, address: Address, suppression: Suppression) -> None:
        """Suppress the address; the first reason stays."""
        self.table.put_new(
            {
                "pk": self._suppression_pk(tenant, address),
                "sk": "suppression",
                "reason": suppression.reason,
                "at": rfc3339(suppression.at),
                "source": suppression.source,
            }
        )

    def _address_pk(self, tenant: str, address: Address) -> str:
        return f"{tenant}#addr#{address_key(self.secret, tenant, address.value)}"

    def _suppression_pk(self, tenant: str, address: Address) -> str:
        return f"{tenant}#supp#{address_key(self.secret, tenant, address.value)}"


def _contact_pk(tenant: str, contact_id: str) -> str:
    shard = hashlib.sha256(contact_id.encode()).digest()[0] % SHARDS
    return f"{tenant}#{shard:02d}"
