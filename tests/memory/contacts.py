"""Contacts in memory, with what the ledger was given."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

from outbound.domain.ids import address_key as key_of
from outbound.domain.shards import shard_of
from outbound.domain.suppression import ANY_TENANT
from outbound.ports import AddressShared, ContactPage, Known, Slots
from outbound.ports.contacts import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.ledger import Written
    from outbound.domain.rules.facts import Slot
    from outbound.domain.suppression import Suppression
    from outbound.ports import ContactChange
    from tests.memory.ledger import MemoryLedger
    from tests.memory.suppressions import MemorySuppressions

SHARING = 20
KEPT = timedelta(days=31)


@dataclass
class MemoryContacts:
    """Contacts and slots by (tenant, id); what stands against addresses lies in `suppressions`."""

    suppressions: MemorySuppressions = field(compare=False)
    ledger: MemoryLedger = field(compare=False)
    contacts: dict[tuple[str, str], Contact] = field(default_factory=dict)
    slots: dict[tuple[str, str], Slots] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def __len__(self) -> int:
        return len(self.contacts)

    def __contains__(self, key: tuple[str, str]) -> bool:
        return key in self.contacts

    def add(self, contact: Contact) -> Contact:
        """A contact that someone made some other way."""
        self.contacts[contact.tenant, contact.id] = contact
        return contact

    def look_up(
        self,
        tenant: str,
        *,
        addresses: Iterable[Address] = (),
        contact_ids: Iterable[str] = (),
        slots: bool = False,
        known: Mapping[str, Contact] = NOBODY,
    ) -> Known:
        addresses, contact_ids = tuple(addresses), tuple(contact_ids)
        having = {address: self._having(tenant, address) for address in addresses}
        ids = (*contact_ids, *(each for ids in having.values() for each in ids))
        suppressed = {
            address: (*self.suppressions.of(tenant, address), *self._for_all(address))
            for address in addresses
        }
        return Known(
            having={address: ids for address, ids in having.items() if ids},
            contacts={
                each: self.contacts[tenant, each] for each in ids if (tenant, each) in self.contacts
            },
            suppressed={address: found for address, found in suppressed.items() if found},
            slots={each: self.slots.get((tenant, each), Slots()) for each in contact_ids if slots},
        )

    def _for_all(self, address: Address) -> tuple[Suppression, ...]:
        return self.suppressions.of(ANY_TENANT, address)

    def _having(self, tenant: str, address: Address) -> tuple[str, ...]:
        return tuple(
            sorted(
                contact.id
                for contact in self.contacts.values()
                if contact.tenant == tenant and address in contact.addresses
            )
        )

    def having(self, tenant: str, address_key: str) -> tuple[Contact, ...]:
        secret = self.suppressions.secret
        return tuple(
            contact
            for (owner, _), contact in sorted(self.contacts.items())
            if owner == tenant
            and address_key in {key_of(secret, tenant, each.value) for each in contact.addresses}
        )

    def page(self, tenant: str, shard: int, *, limit: int, after: str | None) -> ContactPage:
        found = [
            contact
            for (owner, contact_id), contact in sorted(self.contacts.items())
            if owner == tenant
            and shard_of(contact_id) == shard
            and (after is None or contact_id > after)
        ]
        last = found[limit - 1].id if len(found) >= limit else None
        return ContactPage(tuple(each for each in found[:limit] if not each.erased), last)

    def create_many(self, contacts: Sequence[Contact]) -> None:
        for contact in contacts:
            self.contacts.setdefault((contact.tenant, contact.id), contact)

    def save(self, contact: Contact, before: Contact | None, written: Sequence[Written]) -> bool:
        key = contact.tenant, contact.id
        current = self.contacts.get(key)
        if (current.version if current else None) != (before.version if before else None):
            return False
        new = set(contact.addresses) - set(before.addresses if before else ())
        if any(len(self._having(contact.tenant, each)) >= SHARING for each in new):
            raise AddressShared
        if written and not self.ledger.append(contact.tenant, written[0].entry.chain, written):
            return False
        self.contacts[key] = contact
        return True

    def save_many(self, changes: Sequence[ContactChange]) -> list[bool]:
        return [self._saved(each) for each in changes]

    def _saved(self, change: ContactChange) -> bool:
        try:
            return self.save(change.contact, change.before, change.written)
        except AddressShared:
            return False

    def forget(self, contact: Contact) -> None:
        key = contact.tenant, contact.id
        if key in self.contacts and self.contacts[key].version == contact.version:
            del self.contacts[key]
            self.slots.pop(key, None)

    def take_slot(self, tenant: str, contact_id: str, slot: Slot, seen: Slots) -> bool:
        with self._lock:
            if self.slots.get((tenant, contact_id), Slots()) != seen:
                return False
            recent = tuple(each for each in seen.taken if each.at > slot.at - KEPT)
            self.slots[tenant, contact_id] = Slots(seen.version + 1, (*recent, slot))
            return True

    def give_back(self, tenant: str, contact_id: str, message_id: str) -> None:
        seen = self.slots.get((tenant, contact_id), Slots())
        left = tuple(each for each in seen.taken if each.message_id != message_id)
        if left != seen.taken:
            self.slots[tenant, contact_id] = replace(seen, version=seen.version + 1, taken=left)
