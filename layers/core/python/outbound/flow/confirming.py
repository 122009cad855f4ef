"""Confirming by a link: what waits for a yes is granted to whoever has the address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from outbound.domain.consent import ConsentStatus
from outbound.domain.ids import contact_key
from outbound.domain.stating import Statement, stated
from outbound.flow.links import SIGN_UP
from outbound.flow.pending import RECIPIENT, standing
from outbound.flow.unsubscribing import change, key_in, take_back

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.consent import Consent
    from outbound.domain.contact import Contact
    from outbound.domain.ledger import Happening
    from outbound.domain.link import Link
    from outbound.domain.programme import Programme
    from outbound.flow.unsubscribing import PagePorts
    from outbound.ports import Programmes


@dataclass(frozen=True, slots=True)
class Question:
    """What a link asks of whom; `confirmed` where the yes has been given already."""

    contact: Contact
    address: Address
    programme: Programme
    confirmed: bool


def question(link: Link, ports: PagePorts, programmes: Programmes) -> Question | None:
    """What a link asks; None where nothing waits any more for this very answer."""
    found = _contact(link, ports)
    programme = programmes.get(link.tenant, (link.topic or "").removeprefix(SIGN_UP))
    if found is None or programme is None:
        return None
    contact, address = found
    if _waits(contact, programme, link, ports.people.clock.now()) is not None:
        return Question(contact, address, programme, confirmed=False)
    yes = standing(contact, programme, link.channel, ConsentStatus.GRANTED)
    if yes is None or link.address_key not in yes.covers:
        return None
    return Question(contact, address, programme, confirmed=True)


def confirm(link: Link, proof: Mapping[str, str], ports: PagePorts, programmes: Programmes) -> bool:
    """Grant what a link asks, once; False where nothing waits for it any more.

    The newest word of the address's owner counts, so it takes back a no to the same purpose.

    Raises:
        ContactBusy: others keep changing the contact.
    """
    asked = question(link, ports, programmes)
    if asked is None or asked.confirmed:
        return asked is not None
    take_back(link.tenant, asked.address, asked.programme.purpose, ports.suppressions)
    granted = partial(_granted, asked=asked, link=link, proof=proof, ports=ports)
    if change(asked.contact, granted, ports.people):
        return True
    now_asked = question(link, ports, programmes)
    return now_asked is not None and now_asked.confirmed


def _contact(link: Link, ports: PagePorts) -> tuple[Contact, Address] | None:
    for contact in ports.people.contacts.having(link.tenant, link.address_key):
        if contact_key(ports.people.secret, link.tenant, contact.id) != link.contact_key:
            continue
        for address in contact.addresses:
            if key_in(link.tenant, ports)(address) == link.address_key:
                return contact, address
    return None


def _waits(contact: Contact, programme: Programme, link: Link, now: datetime) -> Consent | None:
    waits = standing(contact, programme, link.channel, ConsentStatus.PENDING)
    if waits is None or waits.at != link.asked_at or link.address_key not in waits.covers:
        return None
    return None if waits.expires_at is None or waits.expires_at <= now else waits


def _granted(
    contact: Contact, asked: Question, link: Link, proof: Mapping[str, str], ports: PagePorts
) -> tuple[Contact, Sequence[Happening]]:
    now = ports.people.clock.now()
    waits = _waits(contact, asked.programme, link, now)
    if waits is None:
        return contact, ()
    yes = Statement(
        channel=waits.channel,
        purpose=waits.purpose,
        topic=waits.topic,
        status=ConsentStatus.GRANTED,
        level=waits.level,
        source=waits.source,
        at=now,
        proof=proof,
    )
    new, happening = stated(
        contact,
        yes,
        by=RECIPIENT,
        key_of=key_in(contact.tenant, ports),
        addresses=[asked.address],
    )
    return new, [happening]
