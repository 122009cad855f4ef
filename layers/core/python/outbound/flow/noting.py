"""Noting that somebody has opened a message, or followed a link of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.ids import address_key
from outbound.domain.machines import in_haste
from outbound.domain.tracking import tracked

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.ids import MessageRef
    from outbound.ports import Contacts, Messages


def note(
    ref: MessageRef, mark: str, at: datetime, messages: Messages, contacts: Contacts, secret: bytes
) -> bool:
    """Mark a message, if its recipient has consented to that, and can have been who did it.

    False where there is no such message.
    """
    message = messages.get(ref)
    if message is None:
        return False
    if message.redacted or mark in message.marks or in_haste(message, at):
        return True
    known = contacts.look_up(ref.tenant, contact_ids=[message.contact_id])
    contact = known.contacts.get(message.contact_id)
    if contact is None or contact.erased:
        return True
    key = address_key(secret, ref.tenant, message.address.value)
    if tracked(contact.consents, message.channel, message.purpose, address_key=key, now=at):
        messages.mark(ref, mark)
    return True
