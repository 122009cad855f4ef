"""Contacts, their addresses and their suppressions, over DynamoDB.

An address has one item, which names the contacts that have it. It lies under a keyed digest of the
address and is written in one transaction with the contact, so looking it up is consistent at once,
many can be looked up in one request, and no key holds an address.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, conflicted, refused, wire
from outbound.domain.address import Address
from outbound.domain.ids import address_key
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.suppression import Reason, Suppression
from outbound.ports import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

ADDRESS, SUPPRESSION = "address", "suppression"
TOGETHER = 50
"""Contacts in a transaction of at most a hundred writes."""
SHARDS = 32
"""A tenant's contacts lie in this many partitions, so that a segment can be evaluated in parallel.
Changing it means moving every contact."""


@dataclass(frozen=True, slots=True)
class DynamoContacts:
    """Contacts in one table."""

    table: Table
    secret: bytes

    def look_up(
        self, tenant: str, *, addresses: Iterable[Address] = (), contact_ids: Iterable[str] = ()
    ) -> Known:
        """What is known, in one request for each hundred items."""
        places = {self._address_pk(tenant, address): address for address in addresses}
        ids = {
            _contact_pk(tenant, contact_id) + contact_id: contact_id for contact_id in contact_ids
        }
        suppressed = self._suppressed_keys(tenant, places.values())
        keys = [
            *({"pk": pk, "sk": ADDRESS} for pk in places),
            *({"pk": _contact_pk(tenant, each), "sk": each} for each in ids.values()),
            *suppressed.values(),
        ]
        found = {item["pk"] + item["sk"]: item for item in self.table.get_many(keys)}
        return Known(
            contact_of={
                address: min(found[pk + ADDRESS]["contacts"])
                for pk, address in places.items()
                if pk + ADDRESS in found
            },
            addresses_of={ids[key]: _addresses(item) for key, item in found.items() if key in ids},
            suppressed=_suppressions(suppressed, found),
        )

    def suppressions(
        self, tenant: str, addresses: Iterable[Address]
    ) -> Mapping[Address, Suppression]:
        """Those of the addresses that must not be used."""
        keys = self._suppressed_keys(tenant, addresses)
        found = {item["pk"] + item["sk"]: item for item in self.table.get_many(keys.values())}
        return _suppressions(keys, found)

    def create(self, tenant: str, contact_id: str, address: Address, now: datetime) -> None:
        """Make a contact with one address; whoever made it before us made the same."""
        self._transact(self._creation(tenant, contact_id, address, now))

    def create_many(self, tenant: str, contacts: Mapping[str, Address], now: datetime) -> None:
        """Make contacts, 50 in a request; one by one where another request makes some of them."""
        items = list(contacts.items())
        for start in range(0, len(items), TOGETHER):
            some = items[start : start + TOGETHER]
            steps = [step for each in some for step in self._creation(tenant, *each, now)]
            if not self._transact(steps):
                for contact_id, address in some:
                    self.create(tenant, contact_id, address, now)

    def _creation(
        self, tenant: str, contact_id: str, address: Address, now: datetime
    ) -> list[TransactWriteItemTypeDef]:
        contact = {
            "pk": _contact_pk(tenant, contact_id),
            "sk": contact_id,
            address.kind: [address.value],
            "created_at": rfc3339(now),
        }
        place = {"pk": self._address_pk(tenant, address), "sk": ADDRESS}
        return [
            {
                "Put": {
                    "TableName": self.table.name,
                    "Item": wire(contact),
                    "ConditionExpression": "attribute_not_exists(pk)",
                }
            },
            {
                "Update": {
                    "TableName": self.table.name,
                    "Key": wire(place),
                    "UpdateExpression": "ADD contacts :contact",
                    "ExpressionAttributeValues": wire({":contact": {contact_id}}),
                }
            },
        ]

    def _transact(self, steps: list[TransactWriteItemTypeDef]) -> bool:
        try:
            self.table.client.transact_write_items(TransactItems=steps)
        except ClientError as error:
            if refused(error) or conflicted(error):
                return False
            raise
        return True

    def suppression(self, tenant: str, address: Address) -> Suppression | None:
        """Why the address must not be used, if it must not."""
        key = self._suppression_key(tenant, address)
        item = self.table.get(key["pk"], key["sk"])
        return _suppression_of(item) if item else None

    def suppress(self, tenant: str, address: Address, suppression: Suppression) -> None:
        """Suppress the address; the first reason stays."""
        self.table.put_new(
            {
                **self._suppression_key(tenant, address),
                "reason": suppression.reason,
                "at": rfc3339(suppression.at),
                "source": suppression.source,
            }
        )

    def _address_pk(self, tenant: str, address: Address) -> str:
        return f"{tenant}#addr#{address_key(self.secret, tenant, address.value)}"

    def _suppression_key(self, tenant: str, address: Address) -> dict[str, str]:
        digest = address_key(self.secret, tenant, address.value)
        return {"pk": f"{tenant}#supp#{digest}", "sk": SUPPRESSION}

    def _suppressed_keys(
        self, tenant: str, addresses: Iterable[Address]
    ) -> dict[Address, dict[str, str]]:
        return {address: self._suppression_key(tenant, address) for address in addresses}


def _suppressions(
    keys: Mapping[Address, Mapping[str, str]], found: Mapping[str, Mapping[str, Any]]
) -> dict[Address, Suppression]:
    places = {address: key["pk"] + key["sk"] for address, key in keys.items()}
    return {
        address: _suppression_of(found[place])
        for address, place in places.items()
        if place in found
    }


def _suppression_of(item: Mapping[str, Any]) -> Suppression:
    return Suppression(Reason(item["reason"]), parse_rfc3339(item["at"]), item["source"])


def _addresses(item: Mapping[str, Any]) -> tuple[Address, ...]:
    """A contact's addresses, emails first."""
    return tuple(
        Address(kind, value) for kind in ("email", "phone") for value in item.get(kind, ())
    )


def _contact_pk(tenant: str, contact_id: str) -> str:
    shard = hashlib.sha256(contact_id.encode()).digest()[0] % SHARDS
    return f"{tenant}#{shard:02d}"
