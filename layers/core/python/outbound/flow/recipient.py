"""Who a message is for: a known contact, or an address that becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.errors import refused_at
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outbound.domain.address import Address
    from outbound.domain.suppression import Suppression
    from outbound.ports import Contacts, Known


@dataclass(frozen=True, slots=True)
class To:
    """What the caller named: a contact's id, or an address. One of the two is set."""

    contact_id: str | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A contact and the address to use. `new` says that the contact has still to be made."""

    contact_id: str
    address: Address
    new: bool
    suppression: Suppression | None = None


def look_up(recipients: Iterable[tuple[To, Channel]], tenant: str, contacts: Contacts) -> Known:
    """What is known of all recipients: one look for all addresses, one more for contacts."""
    recipients = list(recipients)
    named = {to.address for to, _ in recipients if to.address is not None}
    contact_ids = {to.contact_id for to, _ in recipients if to.contact_id is not None}
    known = contacts.look_up(tenant, addresses=named, contact_ids=contact_ids)
    theirs = {
        address
        for to, channel in recipients
        for address in known.addresses_of.get(to.contact_id or "", ())
        if address.serves(channel)
    }
    if not theirs:
        return known
    suppressed = {**known.suppressed, **contacts.suppressions(tenant, theirs)}
    return type(known)(known.contact_of, known.addresses_of, suppressed)


def resolve(to: To, tenant: str, channel: Channel, known: Known, secret: bytes) -> Recipient:
    """Find the recipient among what is known.

    Raises:
        Refusal: there is no such contact, or it has no address for the channel.
    """
    if to.address is not None:
        if not to.address.serves(channel):
            raise refused_at("/to", "no_address_for_channel", _needed(channel))
        contact_id = known.contact_of.get(to.address)
        derived = ids.contact_id_of(secret, tenant, to.address.value)
        suppression = known.suppressed.get(to.address)
        return Recipient(contact_id or derived, to.address, contact_id is None, suppression)
    assert to.contact_id is not None
    addresses = known.addresses_of.get(to.contact_id)
    if addresses is None:
        message = "There is no contact with this id."
        raise refused_at("/to/contact_id", "unknown_contact", message)
    for address in addresses:
        if address.serves(channel):
            return Recipient(to.contact_id, address, False, known.suppressed.get(address))
    message = f"The contact has no address for {channel}."
    raise refused_at("/to/contact_id", "no_address_for_channel", message)


def _needed(channel: Channel) -> str:
    needed = "email" if channel is Channel.EMAIL else "phone"
    return f"A message on the channel {channel} needs to.{needed} or to.contact_id."
