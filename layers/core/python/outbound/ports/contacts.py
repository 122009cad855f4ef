"""Contacts and suppressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.suppression import Suppression


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of addresses and contacts; what isn't, is absent.

    `contact_of` gives the contact with an address, of several the first by id.
    """

    contact_of: Mapping[Address, str]
    addresses_of: Mapping[str, tuple[Address, ...]]
    suppressed: Mapping[Address, Suppression]


class Contacts(Protocol):
    """Contacts and the addresses that must not be used, by tenant."""

    def look_up(
        self, tenant: str, *, addresses: Iterable[Address] = (), contact_ids: Iterable[str] = ()
    ) -> Known:
        """What is known of these addresses, suppressions too, and of these contacts, at once."""
        ...

    def suppressions(
        self, tenant: str, addresses: Iterable[Address]
    ) -> Mapping[Address, Suppression]:
        """Those of the addresses that must not be used, and why."""
        ...

    def create(self, tenant: str, contact_id: str, address: Address, now: datetime) -> None:
        """Make a contact and its address in one step; nothing happens if it exists."""
        ...

    def create_many(self, tenant: str, contacts: Mapping[str, Address], now: datetime) -> None:
        """Make contacts, by id, each with an address; those that exist stay as they are."""
        ...

    def suppression(self, tenant: str, address: Address) -> Suppression | None:
        """Why this address must not be used, if it must not."""
        ...

    def suppress(self, tenant: str, address: Address, suppression: Suppression) -> None:
        """Stop the use of an address; what already stands for it is kept."""
        ...
