"""Who a message is for: a known contact, or an address that becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.contact import ChainHead, Contact
from outbound.domain.errors import refused_at
from outbound.domain.light import light
from outbound.domain.phone_details import phone_details
from outbound.domain.words import Channel
from outbound.ports import Known

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.suppression import Suppression
    from outbound.ports import Contacts


@light
@dataclass(frozen=True, slots=True)
class To:
    """What the caller named: a contact's id, or an address. One of the two is set."""

    contact_id: str | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A contact, the address to use, and who else has it.

    `new` says that the contact has still to be made; `before` is what is left of one with its id
    that was erased.
    """

    contact: Contact
    address: Address
    others: tuple[Contact, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    new: bool = False
    before: Contact | None = None


def look_up(
    recipients: Iterable[tuple[To, Channel]],
    tenant: str,
    contacts: Contacts,
    secret: bytes,
    *,
    slots: bool = False,
) -> Known:
    """What is known of all recipients: one look for all addresses, one more for contacts.

    With an address it also looks for the contact that messages to it make, whose id follows from
    it: so most often nothing else has to be read, and one that was erased isn't overlooked.
    """
    recipients = list(recipients)
    named = {to.address for to, _ in recipients if to.address is not None}
    contact_ids = {to.contact_id for to, _ in recipients if to.contact_id is not None}
    contact_ids |= {ids.contact_id_of(secret, tenant, address.value) for address in named}
    known = contacts.look_up(tenant, addresses=named, contact_ids=contact_ids, slots=slots)
    theirs = {
        address
        for to, channel in recipients
        for contact in (known.contacts.get(to.contact_id or ""),)
        if contact is not None and (address := contact.address_for(channel)) is not None
    }
    return _with(theirs - named, known, tenant, contacts)


def look_up_all(
    contact_ids: Iterable[str],
    channel: Channel,
    tenant: str,
    contacts: Contacts,
    *,
    slots: bool = False,
) -> Known:
    """The same of many contacts, who are all written to on one channel."""
    known = contacts.look_up(tenant, contact_ids=contact_ids, slots=slots)
    addresses = (each.address_for(channel) for each in known.contacts.values())
    return _with({each for each in addresses if each is not None}, known, tenant, contacts)


def _with(addresses: set[Address], known: Known, tenant: str, contacts: Contacts) -> Known:
    """What is known, with what is of more addresses."""
    if not addresses:
        return known
    more = contacts.look_up(tenant, addresses=addresses, known=known.contacts)
    return Known(
        having={**known.having, **more.having},
        contacts={**more.contacts, **known.contacts},
        suppressed={**known.suppressed, **more.suppressed},
        slots=known.slots,
    )


def resolve(
    to: To, tenant: str, channel: Channel, known: Known, secret: bytes, now: datetime
) -> Recipient:
    """Find the recipient among what is known.

    Raises:
        Refusal: there is no such contact, or it has no address for the channel.
    """
    if to.address is not None:
        if not to.address.serves(channel):
            raise refused_at("/to", "no_address_for_channel", _needed(channel))
        having = sharing("", to.address, known)
        if having:
            return _with_others(having[0], to.address, known)
        return _new(to.address, tenant, known, secret, now)
    assert to.contact_id is not None
    contact = known.contacts.get(to.contact_id)
    if contact is None or contact.erased:
        message = "There is no contact with this id."
        raise refused_at("/to/contact_id", "unknown_contact", message)
    address = contact.address_for(channel)
    if address is None:
        message = f"The contact has no address for {channel}."
        raise refused_at("/to/contact_id", "no_address_for_channel", message)
    return _with_others(contact, address, known)


def make_contacts(recipients: Iterable[Recipient], contacts: Contacts) -> None:
    """Make the contacts that are new; one that was erased is made again."""
    new = {each.contact.id: each for each in recipients if each.new}
    contacts.create_many([each.contact for each in new.values() if each.before is None])
    for each in new.values():
        if each.before is not None:
            contacts.save(each.contact, each.before, ())


def _with_others(contact: Contact, address: Address, known: Known) -> Recipient:
    others = sharing(contact.id, address, known)
    return Recipient(contact, address, others, known.suppressed.get(address, ()))


def sharing(contact_id: str, address: Address, known: Known) -> tuple[Contact, ...]:
    """The further contacts that have this address."""
    having = known.having.get(address, ())
    if having == (contact_id,):
        return ()
    return tuple(
        known.contacts[each] for each in having if each != contact_id and each in known.contacts
    )


def _new(address: Address, tenant: str, known: Known, secret: bytes, now: datetime) -> Recipient:
    contact_id = ids.contact_id_of(secret, tenant, address.value)
    before = known.contacts.get(contact_id)
    contact = Contact(
        id=contact_id,
        tenant=tenant,
        emails=(address.value,) if address.kind == "email" else (),
        phones=(phone_details(address),) if address.kind == "phone" else (),
        created_at=now,
        updated_at=now,
        erased_at=before.erased_at if before else None,
        version=before.version + 1 if before else 1,
        chain=before.chain if before else ChainHead(),
    )
    suppressions = known.suppressed.get(address, ())
    return Recipient(contact, address, (), suppressions, new=True, before=before)


def _needed(channel: Channel) -> str:
    needed = "email" if channel is Channel.EMAIL else "phone"
    return f"A message on the channel {channel} needs to.{needed} or to.contact_id."
