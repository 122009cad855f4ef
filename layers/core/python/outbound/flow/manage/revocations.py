"""Revocations that came by phone, by letter or in person: as good as any other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from outbound.domain.consent import ConsentStatus, Level
from outbound.domain.errors import Refusal
from outbound.domain.ids import address_key
from outbound.domain.stating import Statement, stated
from outbound.domain.suppression import BUT_ALERTS, Reason, Suppression
from outbound.flow.manage.contacts import TRIES, find, write
from outbound.flow.revoking import How, Revocation, revoke

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.key import ApiKey
    from outbound.domain.ledger import Happening
    from outbound.domain.words import Channel, Purpose
    from outbound.flow.manage.contacts import ContactPorts
    from outbound.ports import Suppressions


@dataclass(frozen=True, slots=True)
class RevocationPorts:
    """What a revocation works with; `scope` is what a no means that says no more (None: all)."""

    people: ContactPorts
    suppressions: Suppressions
    scope: frozenset[Purpose] | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a person has revoked: all channels, purposes and topics where none are named."""

    channels: frozenset[Channel]
    purposes: frozenset[Purpose] | None
    topic: str | None
    source: str
    at: datetime
    proof: Mapping[str, str] = field(default_factory=dict)


def revoke_for(contact_id: str, said: Said, key: ApiKey, ports: RevocationPorts) -> Contact:
    """Revoke, at once for whatever waits; doing it again changes nothing.

    The addresses are suppressed first, unless it is about one topic: so it holds for what was
    never granted too, and outlives the contact.

    Raises:
        Refusal: there is no such contact.
    """
    purposes = said.purposes if said.purposes is not None else ports.scope
    for _ in range(TRIES):
        contact = find(contact_id, key.tenant, ports.people)
        if said.topic is None:
            _suppress(contact, said, purposes, ports)
        changed, happenings = _changed(contact, said, purposes or BUT_ALERTS, key, ports)
        if not happenings:
            return contact
        if write(changed, contact, happenings, ports.people):
            return changed
    raise Refusal("contact_busy", "Others keep changing this contact. Try again.", retry_after=1)


def _suppress(
    contact: Contact, said: Said, purposes: frozenset[Purpose] | None, ports: RevocationPorts
) -> None:
    for address in contact.addresses:
        if any(address.serves(channel) for channel in said.channels):
            suppression = Suppression(Reason.OPTED_OUT, said.at, said.source, purposes)
            ports.suppressions.suppress(contact.tenant, address, suppression)


def _changed(
    contact: Contact,
    said: Said,
    purposes: frozenset[Purpose],
    key: ApiKey,
    ports: RevocationPorts,
) -> tuple[Contact, list[Happening]]:
    def key_of(address: Address) -> str:
        return address_key(ports.people.secret, contact.tenant, address.value)

    how = How(key.id, said.source, said.proof)
    if said.topic is None:
        revocation = Revocation(said.channels, purposes)
        changed, happenings = revoke(contact, revocation, how, said.at, key_of=key_of)
    else:
        changed, happenings = _of_topic(contact, said, purposes, key.id, key_of)
    now = ports.people.clock.now()
    return replace(changed, version=contact.version + 1, updated_at=now), happenings


def _of_topic(
    contact: Contact,
    said: Said,
    purposes: frozenset[Purpose],
    by: str,
    key_of: Callable[[Address], str],
) -> tuple[Contact, list[Happening]]:
    happenings = []
    for channel in sorted(said.channels):
        for purpose in sorted(purposes):
            statement = Statement(
                channel=channel,
                purpose=purpose,
                topic=said.topic,
                status=ConsentStatus.REVOKED,
                level=Level.NONE,
                source=said.source,
                at=said.at,
                proof=said.proof,
            )
            if not _stands(contact, statement):
                contact, happening = stated(contact, statement, by=by, key_of=key_of)
                happenings.append(happening)
    return contact, happenings


def _stands(contact: Contact, statement: Statement) -> bool:
    """Whether the contact has said so already, or has said something else since."""
    return any(
        consent.about == (statement.channel, statement.purpose, statement.topic)
        and (consent.status is ConsentStatus.REVOKED or consent.at > statement.at)
        for consent in contact.consents
    )
