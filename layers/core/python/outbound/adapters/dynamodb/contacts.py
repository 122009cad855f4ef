"""Contacts and their addresses over DynamoDB.

An address has one item, which names the contacts that have it. It lies under a keyed digest of the
address and is written in one transaction with the contact, so looking it up is consistent at once,
many can be looked up in one request, and no key holds an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb import ledger
from outbound.adapters.dynamodb.contact_item import contact_item, contact_of
from outbound.adapters.dynamodb.contact_keys import (
    address_place,
    contact_place,
    keyed_place,
    shard_place,
)
from outbound.adapters.dynamodb.contact_reading import Reading
from outbound.adapters.dynamodb.slots import KEPT, slots_key, slots_of, write_slots
from outbound.adapters.dynamodb.table import Table, conflicted, plain, refused, wire
from outbound.adapters.dynamodb.together import together
from outbound.domain.ids import contact_key
from outbound.ports import AddressShared, ContactChange, ContactPage, Known, Slots
from outbound.ports.contacts import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.ledger import Written
    from outbound.domain.rules.facts import Slot

SHARING = 20
"""Contacts that may have one address: all of them are asked before a message goes there."""


@dataclass(frozen=True, slots=True)
class DynamoContacts:
    """Contacts in one table; what is said of them in the ledger's."""

    table: Table
    secret: bytes
    ledger: str = ""

    def look_up(
        self,
        tenant: str,
        *,
        addresses: Iterable[Address] = (),
        contact_ids: Iterable[str] = (),
        slots: bool = False,
        known: Mapping[str, Contact] = NOBODY,
    ) -> Known:
        """What is known, in one request for each hundred items, most often."""
        reading = Reading(self.table, self.secret, tenant, known)
        return reading.known(tuple(addresses), tuple(contact_ids), slots=slots)

    def having(self, tenant: str, address_key: str) -> tuple[Contact, ...]:
        """Who has the address with this key, in two requests."""
        pk, sk = keyed_place(tenant, address_key)
        item = self.table.get(pk, sk)
        ids = sorted(item.get("contacts", ())) if item else []
        known = self.look_up(tenant, contact_ids=ids) if ids else Known()
        return tuple(known.contacts[each] for each in ids if each in known.contacts)

    def page(self, tenant: str, shard: int, *, limit: int, after: str | None) -> ContactPage:
        """One request, whose answer may end before `limit` where it has a megabyte."""
        pk = shard_place(tenant, shard)
        start: Any = {"ExclusiveStartKey": wire({"pk": pk, "sk": after})} if after else {}
        answer = self.table.client.query(
            TableName=self.table.name,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues=wire({":pk": pk}),
            ConsistentRead=True,
            Limit=limit,
            **start,
        )
        contacts = (contact_of(plain(item), tenant) for item in answer["Items"])
        last = answer.get("LastEvaluatedKey")
        return ContactPage(
            tuple(each for each in contacts if not each.erased), plain(last)["sk"] if last else None
        )

    def create_many(self, contacts: Sequence[Contact]) -> None:
        """Make contacts, 50 in a request; one by one where another request makes some of them."""
        for some in together([self._steps(each, None) for each in contacts]):
            if not self._transact([step for each in some for step in each]):
                for steps in some:
                    self._transact(steps)

    def save(self, contact: Contact, before: Contact | None, written: Sequence[Written]) -> bool:
        """Write a contact, what leads from its addresses to it, and the ledger's entries."""
        return self._transact(self._changing(ContactChange(contact, before, written)))

    def save_many(self, changes: Sequence[ContactChange]) -> list[bool]:
        """As many together as a transaction takes; where that fails, one by one."""
        saved: list[bool] = []
        for some in together([self._changing(each) for each in changes]):
            done = self._saved([step for each in some for step in each])
            alone = not done and len(some) > 1
            saved += [self._saved(each) for each in some] if alone else [done] * len(some)
        return saved

    def _saved(self, steps: list[TransactWriteItemTypeDef]) -> bool:
        try:
            return self._transact(steps)
        except AddressShared:
            return False

    def forget(self, contact: Contact) -> None:
        """Remove the contact, if it still has this version, and its slots."""
        pk, sk = contact_place(contact.tenant, contact.id)
        try:
            self.table.client.delete_item(
                TableName=self.table.name,
                Key=wire({"pk": pk, "sk": sk}),
                ConditionExpression="version = :version",
                ExpressionAttributeValues=wire({":version": contact.version}),
            )
        except ClientError as error:
            if not refused(error):
                raise
        else:
            slots = self._slots_key(contact.tenant, contact.id)
            self.table.client.delete_item(TableName=self.table.name, Key=wire(slots))

    def take_slot(self, tenant: str, contact_id: str, slot: Slot, seen: Slots) -> bool:
        """Add a slot in one request."""
        recent = [each for each in seen.taken if each.at > slot.at - KEPT]
        return write_slots(
            self.table, self._slots_key(tenant, contact_id), [*recent, slot], seen.version
        )

    def give_back(self, tenant: str, contact_id: str, message_id: str) -> None:
        """Free a slot; others may change the item at the same time."""
        key = self._slots_key(tenant, contact_id)
        done = False
        while not done:
            seen = slots_of(self.table.get(key["pk"], key["sk"]))
            left = [each for each in seen.taken if each.message_id != message_id]
            done = len(left) == len(seen.taken) or write_slots(self.table, key, left, seen.version)

    def _slots_key(self, tenant: str, contact_id: str) -> dict[str, str]:
        return slots_key(tenant, contact_key(self.secret, tenant, contact_id))

    def _changing(self, change: ContactChange) -> list[TransactWriteItemTypeDef]:
        steps = self._steps(change.contact, change.before)
        return [*steps, *ledger.steps(self.ledger, change.written)]

    def _steps(self, contact: Contact, before: Contact | None) -> list[TransactWriteItemTypeDef]:
        had = set(before.addresses) if before else set()
        has = set(contact.addresses)
        return [
            self._put(contact, before),
            *(self._link(contact, each, "ADD") for each in sorted(has - had, key=_value)),
            *(self._link(contact, each, "DELETE") for each in sorted(had - has, key=_value)),
        ]

    def _put(self, contact: Contact, before: Contact | None) -> TransactWriteItemTypeDef:
        pk, sk = contact_place(contact.tenant, contact.id)
        put: Any = {
            "TableName": self.table.name,
            "Item": wire({"pk": pk, "sk": sk, **contact_item(contact)}),
            "ConditionExpression": "attribute_not_exists(pk)",
        }
        if before is not None:
            put["ConditionExpression"] = "version = :before"
            put["ExpressionAttributeValues"] = wire({":before": before.version})
        return {"Put": put}

    def _link(self, contact: Contact, address: Address, how: str) -> TransactWriteItemTypeDef:
        pk, sk = address_place(self.secret, contact.tenant, address)
        step: Any = {
            "TableName": self.table.name,
            "Key": wire({"pk": pk, "sk": sk}),
            "UpdateExpression": f"{how} contacts :contact",
            "ExpressionAttributeValues": wire({":contact": {contact.id}}),
        }
        if how == "ADD":
            step["ConditionExpression"] = "attribute_not_exists(contacts) OR size(contacts) < :most"
            step["ExpressionAttributeValues"] |= wire({":most": SHARING})
        return {"Update": step}

    def _transact(self, steps: list[TransactWriteItemTypeDef]) -> bool:
        try:
            self.table.client.transact_write_items(TransactItems=steps)
        except ClientError as error:
            if conflicted(error):
                return False
            if refused(error):
                if _too_many(error, steps):
                    raise AddressShared from None
                return False
            raise
        return True


def _too_many(error: ClientError, steps: Sequence[TransactWriteItemTypeDef]) -> bool:
    """Whether an address has too many contacts, and not the contact another version."""
    reasons: Any = error.response.get("CancellationReasons", [])
    failed = [step for step, reason in zip(steps, reasons, strict=False) if _failed(reason)]
    return bool(failed) and all("Update" in step for step in failed)


def _failed(reason: dict[str, Any]) -> bool:
    return reason.get("Code") == "ConditionalCheckFailed"


def _value(address: Address) -> tuple[str, str]:
    return address.kind, address.value
