"""Unsubscribing by a link: at once, for whoever has the address, without asking who they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from outbound.domain.consent import ConsentStatus, Level
from outbound.domain.ids import address_key
from outbound.domain.stating import Statement, stated
from outbound.domain.suppression import BUT_ALERTS, Reason, Suppression
from outbound.flow.manage.contacts import TRIES, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.ledger import Happening
    from outbound.domain.link import Link
    from outbound.domain.words import Purpose
    from outbound.flow.manage.contacts import ContactPorts
    from outbound.ports import Links, Suppressions

    Change = Callable[[Contact], tuple[Contact, Sequence[Happening]]]

BY_LINK, BY_CENTRE = "unsubscribe link", "preference centre"
RECIPIENT = "recipient"


class ContactBusy(Exception):
    """Others keep changing a contact."""


@dataclass(frozen=True, slots=True)
class PagePorts:
    """What the public pages work with."""

    people: ContactPorts
    suppressions: Suppressions
    links: Links


def unsubscribe(link: Link, proof: Mapping[str, str], ports: PagePorts) -> None:
    """Take back what the message was sent for: its topic, or its purpose where it had none.

    The address's own no comes first, so that it holds whatever becomes of the contacts; doing it
    again changes nothing.
    """
    now = ports.people.clock.now()
    contacts = ports.people.contacts.having(link.tenant, link.address_key)
    if link.topic is None or not contacts:
        no = Suppression(Reason.OPTED_OUT, now, BY_LINK, frozenset({link.purpose}))
        ports.suppressions.suppress_key(link.tenant, link.address_key, no)
    for contact in contacts:
        refused = partial(_refused, link=link, proof=proof, now=now, ports=ports)
        change(contact, refused, ports.people)


def change(contact: Contact, changed: Change, people: ContactPorts) -> bool:
    """Write what `changed` makes of a contact; whether it made anything of it.

    Raises:
        ContactBusy: others were quicker each time.
    """
    current: Contact | None = contact
    for _ in range(TRIES):
        if current is None or current.erased:
            return False
        new, happenings = changed(current)
        if new == current:
            return False
        new = replace(new, version=current.version + 1, updated_at=people.clock.now())
        if write(new, current, happenings, people):
            return True
        known = people.contacts.look_up(contact.tenant, contact_ids=[contact.id])
        current = known.contacts.get(contact.id)
    raise ContactBusy


def take_back(tenant: str, address: Address, purpose: Purpose, suppressions: Suppressions) -> None:
    """Of a no to several purposes, take back the one: whoever is here owns the address."""
    for each in suppressions.of(tenant, address):
        if each.reason is not Reason.OPTED_OUT:
            continue
        left = (BUT_ALERTS if each.purposes is None else each.purposes) - {purpose}
        suppressions.lift(tenant, address, each.reason)
        if left:
            suppressions.suppress(tenant, address, replace(each, purposes=left))


def key_in(tenant: str, ports: PagePorts) -> Callable[[Address], str]:
    """What stands for an address in a tenant's consents."""
    return lambda address: address_key(ports.people.secret, tenant, address.value)


def _refused(
    contact: Contact, link: Link, proof: Mapping[str, str], now: datetime, ports: PagePorts
) -> tuple[Contact, Sequence[Happening]]:
    about = (link.channel, link.purpose, link.topic)
    for consent in contact.consents:
        if consent.status is ConsentStatus.REVOKED and consent.about in (about, (*about[:2], None)):
            return contact, ()
    no = Statement(
        channel=link.channel,
        purpose=link.purpose,
        topic=link.topic,
        status=ConsentStatus.REVOKED,
        level=Level.NONE,
        source=BY_LINK,
        at=now,
        proof=proof,
    )
    contact, happening = stated(contact, no, by=RECIPIENT, key_of=key_in(link.tenant, ports))
    return contact, [happening]
