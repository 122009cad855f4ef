"""Look-ups of numbers, as whoever asks the registers hands them in: many at once, by number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.address import Address
from outbound.domain.check import looked_up
from outbound.domain.errors import Refusal
from outbound.flow.manage.contacts import TRIES, change_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from outbound.domain.check import LookUp
    from outbound.domain.contact import Contact
    from outbound.domain.key import ApiKey
    from outbound.domain.ledger import Happening
    from outbound.flow.manage.contacts import ContactPorts
    from outbound.ports import ContactChange


def record(
    look_ups: Sequence[LookUp | Refusal], key: ApiKey, ports: ContactPorts
) -> list[int | Refusal]:
    """Keep each look-up with all who have its number; how many these are, or why there are none.

    What was refused stays so. What they know already isn't written again, so the whole may be
    repeated.
    """
    told: dict[str, list[LookUp]] = {}
    for each in look_ups:
        if not isinstance(each, Refusal):
            told.setdefault(each.phone, []).append(each)
    waiting = set(told)
    having: dict[str, int] = {}
    for _ in range(TRIES):
        contacts = _having(waiting, key.tenant, ports)
        having |= {phone: len(found) for phone, found in contacts.items()}
        waiting = _write(told, contacts, key, ports)
        if not waiting:
            break
    return [
        each if isinstance(each, Refusal) else _result(each.phone, having[each.phone], waiting)
        for each in look_ups
    ]


def _having(
    phones: Iterable[str], tenant: str, ports: ContactPorts
) -> dict[str, tuple[Contact, ...]]:
    addresses = [Address("phone", each) for each in phones]
    known = ports.contacts.look_up(tenant, addresses=addresses)
    return {
        address.value: tuple(known.contacts[each] for each in known.having.get(address, ()))
        for address in addresses
    }


def _write(
    told: Mapping[str, Sequence[LookUp]],
    contacts: Mapping[str, tuple[Contact, ...]],
    key: ApiKey,
    ports: ContactPorts,
) -> set[str]:
    """Write what is new; the numbers of those that others have changed meanwhile."""
    found = {each.id: each for some in contacts.values() for each in some}
    changes = [
        change
        for contact in found.values()
        if (change := _change(contact, told, key, ports)) is not None
    ]
    late = {
        change.contact.id
        for change, saved in zip(changes, ports.contacts.save_many(changes), strict=True)
        if not saved
    }
    return {phone for phone, some in contacts.items() if any(each.id in late for each in some)}


def _change(
    contact: Contact, told: Mapping[str, Sequence[LookUp]], key: ApiKey, ports: ContactPorts
) -> ContactChange | None:
    changed = replace(contact, version=contact.version + 1, updated_at=ports.clock.now())
    happenings: list[Happening] = []
    for look_up in (each for phone in contact.phones for each in told.get(phone.value, ())):
        changed, noted = looked_up(changed, look_up, key.id)
        happenings += [noted] if noted else []
    return change_of(changed, contact, happenings, ports) if happenings else None


def _result(phone: str, having: int, waiting: set[str]) -> int | Refusal:
    if phone in waiting:
        return Refusal("contact_busy", "Others keep changing this contact. Try again.")
    if not having:
        return Refusal("unknown_contact", "No contact has this number.")
    return having
