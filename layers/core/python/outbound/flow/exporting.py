"""Export: all that is held of a contact, in a form that machines read (GDPR, art. 15 and 20)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.ids import MessageRef, contact_key
from outbound.flow.manage.contacts import find

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.content import Body
    from outbound.domain.key import ApiKey
    from outbound.domain.ledger import Written
    from outbound.domain.media import Media
    from outbound.domain.message import Message
    from outbound.domain.suppression import Suppression
    from outbound.flow.erasing import ErasurePorts

PAGE = 25
"""Messages in a part: each may say 320 KB, and Lambda answers with 6 MB at most."""


@dataclass(frozen=True, slots=True)
class Export:
    """A part of what is held; all but messages is in each of them."""

    contact: Contact
    ledger: Sequence[Written]
    suppressed: Mapping[Address, Sequence[Suppression]]
    media: Sequence[Media]
    messages: Sequence[tuple[Message, Body]]
    after: str | None


def export(contact_id: str, after: str | None, key: ApiKey, ports: ErasurePorts) -> Export:
    """All that is held of a contact, its messages from behind `after`.

    Raises:
        Refusal: there is no such contact.
    """
    contact = find(contact_id, key.tenant, ports.people)
    chain = contact_key(ports.people.secret, key.tenant, contact_id)
    known = ports.people.contacts.look_up(key.tenant, addresses=contact.addresses)
    page = ports.messages.of_contact(key.tenant, chain, limit=PAGE, after=after)
    return Export(
        contact=contact,
        ledger=ports.ledger.entries(key.tenant, chain),
        suppressed=known.suppressed,
        media=ports.media.of_contact(key.tenant, chain),
        messages=[
            (message, body)
            for message in page.messages
            if not message.redacted
            and (body := ports.messages.body(MessageRef(message.tenant, message.id))) is not None
        ],
        after=page.after,
    )
