"""Reading all that is known of addresses and contacts, in as few requests as it takes.

What is asked for is read first. Only contacts that nobody asked for, and who have one of the
addresses, take another request.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.contact_item import contact_of
from outbound.adapters.dynamodb.contact_keys import address_place, contact_place
from outbound.adapters.dynamodb.slots import slots_key, slots_of
from outbound.adapters.dynamodb.suppressions import key_of, suppressions_of
from outbound.domain.ids import contact_key
from outbound.domain.suppression import ANY_TENANT
from outbound.ports import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outbound.adapters.dynamodb.table import Table
    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.suppression import Suppression

Key = tuple[str, str]


@dataclass
class Reading:
    """Items that are there, by key. `contacts` are read already."""

    table: Table
    secret: bytes
    tenant: str
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    items: dict[Key, dict[str, Any]] = field(default_factory=dict)

    def known(
        self, addresses: tuple[Address, ...], contact_ids: tuple[str, ...], *, slots: bool
    ) -> Known:
        """What is known of them."""
        places = {each: self._places(each) for each in addresses}
        slot_places = {each: self._slots(each) for each in contact_ids if slots}
        named = self._unread(contact_ids)
        self._read(
            *(key for keys in places.values() for key in keys),
            *named.values(),
            *slot_places.values(),
        )
        having = {each: self._having(place) for each, (place, *_) in places.items()}
        theirs = [contact_id for ids in having.values() for contact_id in ids]
        further = self._unread(each for each in theirs if each not in named)
        self._read(*further.values())
        contacts = {
            contact_id: contact_of(item, self.tenant)
            for contact_id, place in (*named.items(), *further.items())
            if (item := self.items.get(place))
        }
        asked = (*contact_ids, *theirs)
        before = {each: self.contacts[each] for each in asked if each in self.contacts}
        suppressed = {each: self._suppressed(some) for each, (_, *some) in places.items()}
        return Known(
            having={address: ids for address, ids in having.items() if ids},
            contacts={**before, **contacts},
            suppressed={each: found for each, found in suppressed.items() if found},
            slots={each: slots_of(self.items.get(place)) for each, place in slot_places.items()},
        )

    def _read(self, *keys: Key) -> None:
        wanted = dict.fromkeys(keys)
        for item in self.table.get_many([{"pk": pk, "sk": sk} for pk, sk in wanted]):
            self.items[item["pk"], item["sk"]] = item

    def _unread(self, contact_ids: Iterable[str]) -> dict[str, Key]:
        """Where those of contacts are that aren't read."""
        return {
            each: contact_place(self.tenant, each)
            for each in contact_ids
            if each not in self.contacts
        }

    def _having(self, place: Key) -> tuple[str, ...]:
        item = self.items.get(place)
        return tuple(sorted(item.get("contacts", ()))) if item else ()

    def _suppressed(self, places: Iterable[Key]) -> tuple[Suppression, ...]:
        found = [item for place in places if (item := self.items.get(place))]
        return tuple(each for item in found for each in suppressions_of(item))

    def _places(self, address: Address) -> tuple[Key, ...]:
        """Where its contacts are named, and where its suppressions are."""
        own = (_pair(key_of(self.secret, each, address)) for each in (self.tenant, ANY_TENANT))
        return address_place(self.secret, self.tenant, address), *own

    def _slots(self, contact_id: str) -> Key:
        return _pair(slots_key(self.tenant, contact_key(self.secret, self.tenant, contact_id)))


def _pair(key: Mapping[str, str]) -> Key:
    return key["pk"], key["sk"]
