"""Opting in by text: a pending consent is confirmed by YES, and START takes back a STOP.

START gives back what a STOP took, and no more: a consent to marketing only where it was given for
a programme, whose wording the ledger has.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from outbound.domain.consent import ConsentStatus
from outbound.domain.keywords import Kind
from outbound.domain.programme import SOURCE
from outbound.domain.replies import Reply
from outbound.domain.suppression import ANY_TENANT, Reason
from outbound.flow.answering import OPT_IN
from outbound.flow.auditing import AuditPorts, audit
from outbound.flow.correcting import confirm_address, waiting
from outbound.flow.granting import confirmed, lifted, started
from outbound.flow.talking import BY_TEXT, change, contacts_of, key_in, tell, tenants_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.flow.talking import Heard, Talking


def start(heard: Heard, ports: Talking) -> None:
    """Take back a STOP that was said before, unless another was said since; it is a YES too."""
    text, party = heard.text, heard.number.party
    last = ports.last_words.hear(party, Kind.START, text)
    if last.kind is not Kind.START:
        return
    was_out = lift(party, text.sender, text.at, ports)
    known = False
    for tenant in tenants_of(heard.number, ports):
        if _opted_out((tenant, ANY_TENANT), text.sender, ports):
            continue  # of a no to this tenant and one to all, the other stands
        for contact in contacts_of(tenant, text.sender, ports):
            known |= change(contact, partial(started, heard=heard, ports=ports), ports)
    if was_out and not known:
        _write_down(heard, ports)
    if last.id == text.id:
        tell(heard, Reply.STARTED, OPT_IN, ports)


def confirm(heard: Heard, ports: Talking) -> None:
    """Grant what waits for this YES; where nothing does, it is a START to who can be sent nothing.

    With a narrower `stop_scope` it isn't: the YES may answer a question of another kind.
    """
    text = heard.text
    corrected = [_correct(tenant, heard, ports) for tenant in tenants_of(heard.number, ports)]
    granted = [
        contact
        for tenant in tenants_of(heard.number, ports)
        for contact in contacts_of(tenant, text.sender, ports)
        if change(contact, partial(confirmed, heard=heard, ports=ports), ports)
        or _granted_by(heard, contact)
    ]
    if granted:
        if heard.number.tenant or len(ports.tenants.tenants()) == 1:
            last = ports.last_words.hear(heard.number.party, Kind.START, text)
            if last.kind is Kind.START:
                lift(heard.number.party, text.sender, text.at, ports)
        _tell_joined(granted[0], heard, ports)
    elif any(corrected):
        return
    elif ports.stop_scope is None and _opted_out((heard.number.party,), text.sender, ports):
        start(heard, ports)


def _correct(tenant: str, heard: Heard, ports: Talking) -> bool:
    """Reach whoever waits for a yes of this number at it."""
    people, sender = ports.people, heard.text.sender
    key = key_in(tenant, ports)(sender)
    found = waiting(tenant, key, heard.text.at, people, ports.corrections)
    if found is None or found.confirmed:
        return False
    done = confirm_address(found, heard.proof, people)
    if done:
        tell(heard, Reply.NUMBER_SET, OPT_IN, ports, tenant=tenant)
    return done


def _granted_by(heard: Heard, contact: Contact) -> list[str]:
    """The sources of what this very text has granted."""
    return [
        each.source
        for each in contact.consents
        if each.status is ConsentStatus.GRANTED and each.at == heard.text.at
    ]


def _tell_joined(contact: Contact, heard: Heard, ports: Talking) -> None:
    known = ports.people.contacts.look_up(contact.tenant, contact_ids=[contact.id]).contacts
    sources = _granted_by(heard, known.get(contact.id, contact))
    joined = [each.removeprefix(SOURCE) for each in sources if each.startswith(SOURCE)]
    programme = ports.programmes.get(contact.tenant, joined[0]) if joined else None
    reply = Reply.JOINED if programme else Reply.STARTED
    tell(heard, reply, OPT_IN, ports, tenant=contact.tenant, programme=programme)


def lift(party: str, address: Address, until: datetime, ports: Talking) -> bool:
    """Take an opt-out away that is no newer than `until`."""
    return any(
        ports.suppressions.lift(party, address, Reason.OPTED_OUT)
        for each in ports.suppressions.of(party, address)
        if each.reason is Reason.OPTED_OUT and each.at <= until
    )


def _opted_out(parties: Iterable[str], address: Address, ports: Talking) -> bool:
    return any(
        each.reason is Reason.OPTED_OUT and each.source.startswith(BY_TEXT)
        for party in parties
        for each in ports.suppressions.of(party, address)
    )


def _write_down(heard: Heard, ports: Talking) -> None:
    """Nobody is known under the number: the audit keeps that its no was taken back."""
    people = ports.people
    trail = AuditPorts(people.clock, people.tokens, people.secret, people.ledger)
    audit(heard.number.party, lifted(heard), trail, heard.text.sender)
