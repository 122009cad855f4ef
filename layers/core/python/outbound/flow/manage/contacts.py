"""Contacts: made, changed and looked up; each statement about consent goes into the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal
from outbound.domain.ids import contact_key
from outbound.domain.ledger import Written, chained
from outbound.domain.tenure import followed
from outbound.flow.manage.changing import changed, going_on
from outbound.ports import AddressShared, ContactChange

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.ledger import Happening
    from outbound.domain.wanted import Author, Wanted
    from outbound.ports import Clock, Contacts, Ledger, Tokens

TRIES = 5


@dataclass(frozen=True, slots=True)
class ContactPorts:
    """What the keeping of contacts works with."""

    clock: Clock
    tokens: Tokens
    secret: bytes
    contacts: Contacts
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Condition:
    """What the caller has seen: one of the versions, any (an empty set) or none at all."""

    versions: frozenset[int] | None = None
    absent: bool = False


ANYHOW = Condition()


@dataclass(frozen=True, slots=True)
class Saved:
    """The contact as it is now; whether it was made just now."""

    contact: Contact
    created: bool


def find(contact_id: str, tenant: str, ports: ContactPorts) -> Contact:
    """A contact.

    Raises:
        Refusal: there is none.
    """
    contact = ports.contacts.look_up(tenant, contact_ids=[contact_id]).contacts.get(contact_id)
    if contact is None or contact.erased:
        raise unknown()
    return contact


def find_by_address(address: Address, tenant: str, ports: ContactPorts) -> tuple[Contact, ...]:
    """All contacts that have an address, by id."""
    known = ports.contacts.look_up(tenant, addresses=[address])
    return tuple(
        known.contacts[each] for each in known.having.get(address, ()) if each in known.contacts
    )


def history(contact_id: str, tenant: str, ports: ContactPorts) -> Sequence[Written]:
    """All that the ledger has of a contact, oldest first.

    Raises:
        Refusal: there is no such contact.
    """
    find(contact_id, tenant, ports)
    return ports.ledger.entries(tenant, contact_key(ports.secret, tenant, contact_id))


def save(
    contact_id: str,
    want: Callable[[Contact | None], Wanted],
    condition: Condition,
    key: Author,
    ports: ContactPorts,
) -> Saved:
    """Write what `want` makes of the contact as it is; None stands for one that isn't there.

    Raises:
        Refusal: the condition doesn't hold, or what is wanted can't be.
    """
    for _ in range(TRIES):
        known = ports.contacts.look_up(key.tenant, contact_ids=[contact_id])
        before = known.contacts.get(contact_id)
        current = before if before is not None and not before.erased else None
        _check(current, condition)
        contact, happenings = changed(contact_id, before, want(current), key, ports)
        if _write(contact, before, happenings, ports):
            return Saved(contact, created=current is None)
    raise Refusal("contact_busy", "Others keep changing this contact. Try again.", retry_after=1)


def write(
    contact: Contact,
    before: Contact | None,
    happenings: Sequence[Happening],
    ports: ContactPorts,
) -> bool:
    """Write a contact with what happened; False when it is no longer as it was before.

    Raises:
        Refusal: too many contacts have one of its addresses.
    """
    if before is not None and happenings:
        contact = going_on(contact, ports)
    return _write(contact, before, happenings, ports)


def _write(
    contact: Contact,
    before: Contact | None,
    happenings: Sequence[Happening],
    ports: ContactPorts,
) -> bool:
    change = change_of(contact, before, happenings, ports)
    try:
        return ports.contacts.save(change.contact, change.before, change.written)
    except AddressShared:
        message = "One of the addresses has as many contacts as it may have."
        raise Refusal("address_shared", message) from None


def change_of(
    contact: Contact,
    before: Contact | None,
    happenings: Sequence[Happening],
    ports: ContactPorts,
) -> ContactChange:
    """A contact as it is to be written, its chain with what happened."""
    now = ports.clock.now()
    contact = followed(contact, before, now, ports.secret)
    entries, head = chained(
        happenings,
        contact.chain,
        tenant=contact.tenant,
        chain=contact_key(ports.secret, contact.tenant, contact.id),
        secret=ports.secret,
        salts=[ports.tokens.token() for _ in happenings],
        now=now,
    )
    written = [
        Written(entry, happening.proof)
        for entry, happening in zip(entries, happenings, strict=True)
    ]
    return ContactChange(replace(contact, chain=head), before, written)


def unknown() -> Refusal:
    """What is said of a contact that isn't there."""
    return Refusal("unknown_contact_id", "There is no contact with this id.")


def _check(current: Contact | None, condition: Condition) -> None:
    if condition.absent and current is not None:
        raise Refusal("contact_changed", "There is a contact with this id already.")
    if condition.versions is None:
        return
    if current is None or (condition.versions and current.version not in condition.versions):
        detail = "The contact is no longer as you have seen it. Read it again."
        raise Refusal("contact_changed", detail)
