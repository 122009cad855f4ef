"""Correcting an address: the new one counts once whoever has it says so; until then the old one.

Consents go along, for it is the same person who gave them: what needs a signed agreement for each
number does not (47 CFR 64.1200(f)(9)), so on the phone they are express, and written no more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from outbound.domain.consent import ConsentStatus, Level
from outbound.domain.contact import Correction
from outbound.domain.errors import Refusal
from outbound.domain.ids import address_key, contact_key
from outbound.domain.instant import to_milliseconds
from outbound.domain.ledger import Happening
from outbound.domain.phone_details import phone_details
from outbound.flow.correction_notice import correction_notice
from outbound.flow.manage.contacts import write
from outbound.flow.notices import send_notice
from outbound.flow.pending import ASKED_FOR, RECIPIENT
from outbound.flow.signing_up import DAY, MOST_A_DAY
from outbound.flow.unsubscribing import BY_CENTRE, change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.consent import Consent
    from outbound.domain.contact import Contact
    from outbound.domain.link import Link
    from outbound.flow.manage.contacts import ContactPorts
    from outbound.flow.signing_up import SignUpPorts
    from outbound.ports import Corrections


@dataclass(frozen=True, slots=True)
class Found:
    """A contact, the address that it waits for, and whether it has it by now."""

    contact: Contact
    address: Address
    confirmed: bool


def correct(
    contact: Contact,
    address: Address,
    proof: Mapping[str, str],
    language: str,
    ports: SignUpPorts,
) -> bool:
    """Ask at the new address whether it is theirs; False where the contact was changed meanwhile.

    It is asked as seldom as by a form: whoever is here may have typed a stranger's address.
    """
    people, now = ports.people, to_milliseconds(ports.people.clock.now())
    if address in contact.addresses:
        return True
    key = address_key(people.secret, contact.tenant, address.value)
    if not ports.attempts.take(contact.tenant, key, most=MOST_A_DAY, within=DAY, now=now):
        return True
    ports.corrections.put(contact.tenant, key, contact.id, until=now + ASKED_FOR)
    others = (each for each in contact.corrections if each.address.kind != address.kind)
    asked = replace(
        contact,
        corrections=(*others, Correction(address, now)),
        version=contact.version + 1,
        updated_at=now,
    )
    facts = {"by": BY_CENTRE, "kind": address.kind}
    happening = Happening(
        "address.asked", now, RECIPIENT, facts, {**proof, "address": address.value}
    )
    if not write(asked, contact, [happening], people):
        return False
    send_notice(correction_notice(contact, address, now, language, ports), ports.notices)
    return True


def waiting(
    tenant: str, key: str, now: datetime, people: ContactPorts, corrections: Corrections
) -> Found | None:
    """Whose address the one with this key would be, or is since it was asked for."""
    contact_id = corrections.get(tenant, key, now)
    if contact_id is None:
        return None
    contact = people.contacts.look_up(tenant, contact_ids=[contact_id]).contacts.get(contact_id)
    if contact is None or contact.erased:
        return None
    for address in contact.addresses:
        if address_key(people.secret, tenant, address.value) == key:
            return Found(contact, address, confirmed=True)
    waits = _waits(contact, key, now, people)
    return Found(contact, waits.address, confirmed=False) if waits else None


def asked_by(link: Link, people: ContactPorts, corrections: Corrections) -> Found | None:
    """What a link asks; None where nothing waits any more for this very answer."""
    now = people.clock.now()
    found = waiting(link.tenant, link.address_key, now, people, corrections)
    if found is None:
        return None
    if contact_key(people.secret, link.tenant, found.contact.id) != link.contact_key:
        return None
    waits = _waits(found.contact, link.address_key, now, people)
    return found if found.confirmed or (waits and waits.at == link.asked_at) else None


def confirm_address(found: Found, proof: Mapping[str, str], people: ContactPorts) -> bool:
    """Reach the contact at the new address from now on; whether that changed anything.

    It doesn't where as many contacts as may be have the address already.

    Raises:
        ContactBusy: others keep changing the contact.
    """
    changed = partial(_corrected, address=found.address, proof=proof, people=people)
    try:
        return change(found.contact, changed, people)
    except Refusal:
        return False


def _waits(contact: Contact, key: str, now: datetime, people: ContactPorts) -> Correction | None:
    for each in contact.corrections:
        if address_key(people.secret, contact.tenant, each.address.value) == key:
            return each if each.at <= now < each.at + ASKED_FOR else None
    return None


def _corrected(
    contact: Contact, address: Address, proof: Mapping[str, str], people: ContactPorts
) -> tuple[Contact, Sequence[Happening]]:
    if address not in (each.address for each in contact.corrections):
        return contact, ()
    mine = [each for each in contact.addresses if each.kind == address.kind]
    old = mine[0] if mine else None
    new = replace(
        contact,
        corrections=tuple(each for each in contact.corrections if each.address != address),
    )
    if address.kind == "email":
        new = replace(new, emails=(address.value, *contact.emails[1:]))
    else:
        new = replace(new, phones=(phone_details(address), *contact.phones[1:]))
    if old is not None:
        before, after = (
            address_key(people.secret, contact.tenant, each.value) for each in (old, address)
        )
        consents = tuple(_moved(each, before, after, address.kind) for each in contact.consents)
        new = replace(new, consents=consents)
    was = {"address_before": old.value} if old else {}
    happening = Happening(
        "address.corrected",
        people.clock.now(),
        RECIPIENT,
        {"by": BY_CENTRE, "kind": address.kind},
        {**proof, **was, "address": address.value},
    )
    return new, [happening]


def _moved(consent: Consent, old: str, new: str, kind: str) -> Consent:
    if consent.status is not ConsentStatus.GRANTED or old not in consent.covers:
        return consent
    level = consent.level if kind == "email" else min(consent.level, Level.EXPRESS)
    return replace(consent, covers=consent.covers - {old} | {new}, level=level)
