"""Whose an address is: the contact that has it; where several do nobody knows, so it is new."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.ids import contact_id_of
from outbound.domain.words import Channel
from outbound.flow.recipient import To, make_contacts, resolve
from outbound.ports import Known

if TYPE_CHECKING:
    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.flow.manage.contacts import ContactPorts


def find_owner(address: Address, tenant: str, people: ContactPorts) -> Contact | None:
    """The contact that an address is of; None where one has still to be made."""
    own_id = contact_id_of(people.secret, tenant, address.value)
    known = people.contacts.look_up(tenant, addresses=[address], contact_ids=[own_id])
    having = known.having.get(address, ())
    if own_id in having:
        return known.contacts[own_id]
    return known.contacts[having[0]] if len(having) == 1 else None


def make_owner(
    address: Address, tenant: str, people: ContactPorts, *, locale: str | None = None
) -> Contact:
    """Make the contact of an address that has none of its own."""
    own_id = contact_id_of(people.secret, tenant, address.value)
    before = people.contacts.look_up(tenant, contact_ids=[own_id]).contacts
    channel = Channel.EMAIL if address.kind == "email" else Channel.SMS
    new = resolve(
        To(address=address),
        tenant,
        channel,
        Known(contacts=before),
        people.secret,
        people.clock.now(),
    )
    if new.before is None:
        new = replace(new, contact=replace(new.contact, locale=locale))
    make_contacts([new], people.contacts)
    return people.contacts.look_up(tenant, contact_ids=[own_id]).contacts[own_id]
