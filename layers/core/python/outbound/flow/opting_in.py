"""Opting in by text: a pending consent is confirmed by YES, and START takes back a STOP.

START gives back what a STOP took, and no more: a consent to marketing only where it was given for
a programme, whose wording the ledger has.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from outbound.domain.consent import Consent, ConsentStatus, Level
from outbound.domain.ids import contact_key
from outbound.domain.keywords import Kind
from outbound.domain.ledger import Happening
from outbound.domain.programme import SOURCE
from outbound.domain.replies import Reply
from outbound.domain.stating import ALL_TOPICS, Statement, outdated, stated
from outbound.domain.suppression import ANY_TENANT, Reason
from outbound.domain.words import Channel, Purpose
from outbound.flow.answering import OPT_IN
from outbound.flow.auditing import AuditPorts, audit
from outbound.flow.talking import BY_TEXT, change, contacts_of, key_in, tell, tenants_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.ledger import Entry
    from outbound.flow.talking import Heard, Talking


def start(heard: Heard, ports: Talking) -> None:
    """Take back a STOP that was said before, unless another was said since; it is a YES too."""
    text, party = heard.text, heard.number.party
    last = ports.last_words.hear(party, Kind.START, text)
    if last.kind is not Kind.START:
        return
    lifted = lift(party, text.sender, text.at, ports)
    known = False
    for tenant in tenants_of(heard.number, ports):
        if _opted_out((tenant, ANY_TENANT), text.sender, ports):
            continue  # of a no to this tenant and one to all, the other stands
        for contact in contacts_of(tenant, text.sender, ports):
            known |= change(contact, partial(_started, heard=heard, ports=ports), ports)
    if lifted and not known:
        _write_down(heard, ports)
    if last.id == text.id:
        tell(heard, Reply.STARTED, OPT_IN, ports)


def confirm(heard: Heard, ports: Talking) -> None:
    """Grant what waits for this YES; where nothing does, it is a START to who can be sent nothing.

    With a narrower `stop_scope` it isn't: the YES may answer a question of another kind.
    """
    text = heard.text
    granted = [
        contact
        for tenant in tenants_of(heard.number, ports)
        for contact in contacts_of(tenant, text.sender, ports)
        if change(contact, partial(_confirmed, heard=heard, ports=ports), ports)
    ]
    if granted:
        if heard.number.tenant or len(ports.tenants.tenants()) == 1:
            last = ports.last_words.hear(heard.number.party, Kind.START, text)
            if last.kind is Kind.START:
                lift(heard.number.party, text.sender, text.at, ports)
        _tell_joined(granted[0], heard, ports)
    elif ports.stop_scope is None and _opted_out((heard.number.party,), text.sender, ports):
        start(heard, ports)


def _tell_joined(contact: Contact, heard: Heard, ports: Talking) -> None:
    known = ports.people.contacts.look_up(contact.tenant, contact_ids=[contact.id]).contacts
    sources = [
        each.source.removeprefix(SOURCE)
        for each in known.get(contact.id, contact).consents
        if each.status is ConsentStatus.GRANTED
        and each.at == heard.text.at
        and each.source.startswith(SOURCE)
    ]
    programme = None
    if sources and ports.programmes:
        programme = ports.programmes.get(contact.tenant, sources[0])
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


def _confirmed(
    contact: Contact, heard: Heard, ports: Talking
) -> tuple[Contact, Sequence[Happening]]:
    key = key_in(contact.tenant, ports)(heard.text.sender)
    pending = [
        consent
        for consent in contact.consents
        if consent.status is ConsentStatus.PENDING
        and consent.channel is Channel.SMS
        and key in consent.covers
        and consent.at <= heard.text.at
        and (consent.expires_at is None or heard.text.at < consent.expires_at)
    ]
    return _granted(contact, pending, heard, ports)


def _resumed(contact: Contact, heard: Heard, ports: Talking) -> tuple[Contact, Sequence[Happening]]:
    taken = [
        consent
        for consent in contact.consents
        if consent.status is ConsentStatus.REVOKED
        and consent.source.startswith(BY_TEXT)
        and consent.at <= heard.text.at
    ]
    if not taken:
        return contact, ()
    chain = contact_key(ports.people.secret, contact.tenant, contact.id)
    entries = [each.entry for each in ports.people.ledger.entries(contact.tenant, chain)]
    before = [each for consent in taken for each in _given_before(consent, entries)]
    left = tuple(each for each in contact.consents if each not in taken)
    resumed, happenings = _granted(replace(contact, consents=left), before, heard, ports)
    return resumed, [_lifted(heard), *happenings]


def _started(contact: Contact, heard: Heard, ports: Talking) -> tuple[Contact, Sequence[Happening]]:
    resumed, taken_back = _resumed(contact, heard, ports)
    confirmed, granted = _confirmed(resumed, heard, ports)
    return confirmed, [*taken_back, *granted]


def _given_before(no: Consent, entries: Iterable[Entry]) -> list[Consent]:
    """What was granted of what this no took; of marketing only what was a programme's."""
    standing: dict[str, Entry] = {}
    for entry in entries:
        facts = entry.facts
        about = (facts.get("channel"), facts.get("purpose"))
        if about != (no.channel, no.purpose) or entry.at > no.at:
            continue
        if entry.kind == "consent.granted":
            standing[facts["topic"]] = entry
        elif entry.kind == "consent.revoked" and entry.at < no.at:
            standing = {} if facts["topic"] == ALL_TOPICS else _without(standing, facts["topic"])
    return [
        Consent(
            channel=no.channel,
            purpose=no.purpose,
            topic=None if topic == ALL_TOPICS else topic,
            status=ConsentStatus.GRANTED,
            level=Level[entry.facts["level"].upper()],
            source=entry.facts["source"],
            at=entry.at,
        )
        for topic, entry in standing.items()
        if no.purpose is not Purpose.MARKETING or entry.facts["source"].startswith(SOURCE)
    ]


def _without(standing: dict[str, Entry], topic: str) -> dict[str, Entry]:
    return {name: entry for name, entry in standing.items() if name != topic}


def _granted(
    contact: Contact, consents: Iterable[Consent], heard: Heard, ports: Talking
) -> tuple[Contact, list[Happening]]:
    """The contact with a yes to each of these, for the number that the text came from alone."""
    happenings = []
    for consent in consents:
        statement = Statement(
            channel=consent.channel,
            purpose=consent.purpose,
            topic=consent.topic,
            status=ConsentStatus.GRANTED,
            level=consent.level,
            source=consent.source,
            at=heard.text.at,
            proof=heard.proof,
        )
        if outdated(contact, statement):
            continue
        contact, happening = stated(
            contact,
            statement,
            by="recipient",
            key_of=key_in(contact.tenant, ports),
            addresses=[heard.text.sender],
        )
        happenings.append(happening)
    return contact, happenings


def _write_down(heard: Heard, ports: Talking) -> None:
    """Nobody is known under the number: the audit keeps that its no was taken back."""
    people = ports.people
    trail = AuditPorts(people.clock, people.tokens, people.secret, people.ledger)
    audit(heard.number.party, _lifted(heard), trail)


def _lifted(heard: Heard) -> Happening:
    return Happening(
        "opt_out.lifted", heard.text.at, "recipient", {"source": heard.source}, heard.proof
    )
