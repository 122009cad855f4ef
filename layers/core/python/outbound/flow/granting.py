"""What a yes by text makes of a contact: what waits is granted, what a STOP took is given back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.consent import Consent, ConsentStatus, Level
from outbound.domain.ids import contact_key
from outbound.domain.instant import parse_rfc3339
from outbound.domain.ledger import Happening
from outbound.domain.programme import SOURCE
from outbound.domain.stating import ALL_TOPICS, Statement, outdated, stated
from outbound.domain.words import Channel, Purpose
from outbound.flow.talking import BY_TEXT, key_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outbound.domain.contact import Contact
    from outbound.domain.ledger import Entry
    from outbound.flow.talking import Heard, Talking

Changed = tuple["Contact", "Sequence[Happening]"]


def confirmed(contact: Contact, heard: Heard, ports: Talking) -> Changed:
    """The contact with a yes to all that waits for one from this number."""
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


def started(contact: Contact, heard: Heard, ports: Talking) -> Changed:
    """The contact as it was before its STOP, with a yes to what waits for one."""
    resumed, taken_back = _resumed(contact, heard, ports)
    new, granted = confirmed(resumed, heard, ports)
    return new, [*taken_back, *granted]


def _resumed(contact: Contact, heard: Heard, ports: Talking) -> Changed:
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
    return resumed, [lifted(heard), *happenings]


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
        _consent(no, topic, entry)
        for topic, entry in standing.items()
        if no.purpose is not Purpose.MARKETING or entry.facts["source"].startswith(SOURCE)
    ]


def _consent(no: Consent, topic: str, entry: Entry) -> Consent:
    expires_at = entry.facts.get("expires_at")
    return Consent(
        channel=no.channel,
        purpose=no.purpose,
        topic=None if topic == ALL_TOPICS else topic,
        status=ConsentStatus.GRANTED,
        level=Level[entry.facts["level"].upper()],
        source=entry.facts["source"],
        at=entry.at,
        expires_at=parse_rfc3339(expires_at) if expires_at else None,
    )


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
            # Of what waits it says how long it waits; of what was given, how long it was given for.
            expires_at=consent.expires_at if consent.status is ConsentStatus.GRANTED else None,
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


def lifted(heard: Heard) -> Happening:
    """That a no was taken back by its owner."""
    return Happening(
        "opt_out.lifted", heard.text.at, "recipient", {"source": heard.source}, heard.proof
    )
