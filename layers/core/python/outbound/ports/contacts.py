"""Contacts, the addresses that must not be used, and what was sent lately."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.ledger import Written
    from outbound.domain.rules.facts import Slot
    from outbound.domain.suppression import Suppression


@dataclass(frozen=True, slots=True)
class Slots:
    """What a contact was sent lately, as of a version that a change must name."""

    version: int = 0
    taken: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of addresses and contacts; what isn't, is absent.

    `having` gives the ids of all contacts with an address, sorted; `contacts` holds each contact
    that was asked for or has an address that was asked for, erased ones too; `suppressed` what
    stands against an address, for this tenant or for all; `slots` are those of the contacts that
    were asked for.
    """

    having: Mapping[Address, tuple[str, ...]] = field(default_factory=dict)
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    suppressed: Mapping[Address, tuple[Suppression, ...]] = field(default_factory=dict)
    slots: Mapping[str, Slots] = field(default_factory=dict)


NOBODY: Mapping[str, Contact] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ContactChange:
    """A contact to be written over what it was before (None: nothing), and the ledger's entries."""

    contact: Contact
    before: Contact | None
    written: Sequence[Written]


@dataclass(frozen=True, slots=True)
class ContactPage:
    """Some contacts of a shard, by id; `after` is the place behind them, None at the end."""

    contacts: tuple[Contact, ...]
    after: str | None


class AddressShared(Exception):
    """An address has as many contacts as it may have."""


class Contacts(Protocol):
    """Contacts, by tenant. Whatever is read is as it is now."""

    def look_up(
        self,
        tenant: str,
        *,
        addresses: Iterable[Address] = (),
        contact_ids: Iterable[str] = (),
        slots: bool = False,
        known: Mapping[str, Contact] = NOBODY,
    ) -> Known:
        """What is known of these addresses and who has them, and of these contacts.

        With `slots`, also what the contacts in `contact_ids` were sent lately. Contacts that are
        `known` from a moment ago need not be read again.
        """
        ...

    def having(self, tenant: str, address_key: str) -> tuple[Contact, ...]:
        """All contacts that have the address with this key."""
        ...

    def page(self, tenant: str, shard: int, *, limit: int, after: str | None) -> ContactPage:
        """Contacts of one of the shards (`domain.shards`), by id, erased ones left out.

        A page may be short, or empty, while there are more behind it.
        """
        ...

    def create_many(self, contacts: Sequence[Contact]) -> None:
        """Make contacts; those whose id exists stay as they are, even erased ones."""
        ...

    def save(self, contact: Contact, before: Contact | None, written: Sequence[Written]) -> bool:
        """Write a contact and the ledger's entries in one step.

        False, and nothing is done, when it is no longer as `before` (None: there is none).

        Raises:
            AddressShared: one of its new addresses has too many contacts.
        """
        ...

    def save_many(self, changes: Sequence[ContactChange]) -> list[bool]:
        """The same of many, each for itself; False also where an address has too many contacts."""
        ...

    def forget(self, contact: Contact) -> None:
        """Remove what is left of an erased contact; nothing happens if it was made again."""
        ...

    def take_slot(self, tenant: str, contact_id: str, slot: Slot, seen: Slots) -> bool:
        """Add a slot, and forget those that no cap looks at; False if others changed `seen`."""
        ...

    def give_back(self, tenant: str, contact_id: str, message_id: str) -> None:
        """Free the slot of a message that surely wasn't sent; nothing happens if it has none."""
        ...
