"""Who a message is for: a known contact, or an address that becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.errors import refused_at
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from outbound.domain.address import Address
    from outbound.ports import Contacts


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


def resolve(to: To, tenant: str, channel: Channel, contacts: Contacts, secret: bytes) -> Recipient:
    """Find the recipient; only reads.

    Raises:
        Refusal: there is no such contact, or it has no address for the channel.
    """
    if to.address is not None:
        if not to.address.serves(channel):
            raise refused_at("/to", "no_address_for_channel", _needed(channel))
        known = contacts.by_address(tenant, to.address)
        derived = ids.contact_id_of(secret, tenant, to.address.value)
        return Recipient(known or derived, to.address, new=known is None)
    assert to.contact_id is not None
    addresses = contacts.addresses(tenant, to.contact_id)
    if addresses is None:
        message = "There is no contact with this id."
        raise refused_at("/to/contact_id", "unknown_contact", message)
    for address in addresses:
        if address.serves(channel):
            return Recipient(to.contact_id, address, new=False)
    message = f"The contact has no address for {channel}."
    raise refused_at("/to/contact_id", "no_address_for_channel", message)


def _needed(channel: Channel) -> str:
    needed = "email" if channel is Channel.EMAIL else "phone"
    return f"A message on the channel {channel} needs to.{needed} or to.contact_id."
