"""Contacts and suppressions in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.ports import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.suppression import Suppression


@dataclass
class MemoryContacts:
    """Contacts by (tenant, id), suppressions by (tenant, address)."""

    contacts: dict[tuple[str, str], tuple[Address, ...]] = field(default_factory=dict)
    suppressed: dict[tuple[str, Address], Suppression] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.contacts)

    def __contains__(self, key: tuple[str, str]) -> bool:
        return key in self.contacts

    def add(self, tenant: str, contact_id: str, *addresses: Address) -> None:
        """A contact that someone made some other way."""
        self.contacts[tenant, contact_id] = addresses

    def look_up(
        self, tenant: str, *, addresses: Iterable[Address] = (), contact_ids: Iterable[str] = ()
    ) -> Known:
        addresses = list(addresses)
        having = {address: self._by_address(tenant, address) for address in addresses}
        return Known(
            contact_of={address: found for address, found in having.items() if found is not None},
            addresses_of={
                each: self.contacts[tenant, each]
                for each in contact_ids
                if (tenant, each) in self.contacts
            },
            suppressed=self.suppressions(tenant, addresses),
        )

    def suppressions(
        self, tenant: str, addresses: Iterable[Address]
    ) -> Mapping[Address, Suppression]:
        return {
            address: self.suppressed[tenant, address]
            for address in addresses
            if (tenant, address) in self.suppressed
        }

    def _by_address(self, tenant: str, address: Address) -> str | None:
        having = (
            contact_id
            for (owner, contact_id), addresses in self.contacts.items()
            if owner == tenant and address in addresses
        )
        return min(having, default=None)

    def create(self, tenant: str, contact_id: str, address: Address, now: datetime) -> None:
        self.contacts.setdefault((tenant, contact_id), (address,))

    def create_many(self, tenant: str, contacts: Mapping[str, Address], now: datetime) -> None:
        for contact_id, address in contacts.items():
            self.create(tenant, contact_id, address, now)

    def suppression(self, tenant: str, address: Address) -> Suppression | None:
        return self.suppressed.get((tenant, address))

    def suppress(self, tenant: str, address: Address, suppression: Suppression) -> None:
        self.suppressed.setdefault((tenant, address), suppression)
