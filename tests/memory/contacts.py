"""Contacts and suppressions in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.suppression import Suppression


@dataclass
class MemoryContacts:
    """Contacts by (tenant, id), suppressions by (tenant, address)."""

    contacts: dict[tuple[str, str], tuple[Address, ...]] = field(default_factory=dict)
    suppressions: dict[tuple[str, Address], Suppression] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.contacts)

    def __contains__(self, key: tuple[str, str]) -> bool:
        return key in self.contacts

    def add(self, tenant: str, contact_id: str, *addresses: Address) -> None:
        """A contact that someone made some other way."""
        self.contacts[tenant, contact_id] = addresses

    def by_address(self, tenant: str, address: Address) -> str | None:
        having = (
            contact_id
            for (owner, contact_id), addresses in self.contacts.items()
            if owner == tenant and address in addresses
        )
        return min(having, default=None)

    def addresses(self, tenant: str, contact_id: str) -> tuple[Address, ...] | None:
        return self.contacts.get((tenant, contact_id))

    def create(self, tenant: str, contact_id: str, address: Address, now: datetime) -> None:
        self.contacts.setdefault((tenant, contact_id), (address,))

    def suppression(self, tenant: str, address: Address) -> Suppression | None:
        return self.suppressions.get((tenant, address))

    def suppress(self, tenant: str, address: Address, suppression: Suppression) -> None:
        self.suppressions.setdefault((tenant, address), suppression)
