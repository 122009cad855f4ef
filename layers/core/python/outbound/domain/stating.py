"""Statements about consent, and what they make of a contact.

The newest statement about a matter counts. A yes that is older than a no changes nothing: an
import of last year's list must not undo what a person has said since.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from outbound.domain.consent import Consent, ConsentStatus, Level
from outbound.domain.instant import rfc3339
from outbound.domain.ledger import Happening

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.words import Channel, Purpose

ALL_TOPICS = "*"


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said about consent. `proof` holds what is personal: wording, reference, network."""

    channel: Channel
    purpose: Purpose
    topic: str | None
    status: ConsentStatus
    level: Level
    source: str
    at: datetime
    expires_at: datetime | None = None
    proof: Mapping[str, str] = field(default_factory=dict)


def outdated(contact: Contact, statement: Statement) -> bool:
    """Whether the contact has said no since: to this, to all topics of it, or to being known."""
    if statement.status is ConsentStatus.REVOKED:
        return False
    if contact.erased_at is not None and statement.at <= contact.erased_at:
        return True
    return any(
        consent.status is ConsentStatus.REVOKED
        and consent.channel is statement.channel
        and consent.purpose is statement.purpose
        and consent.topic in (None, statement.topic)
        and consent.at >= statement.at
        for consent in contact.consents
    )


def stated(
    contact: Contact,
    statement: Statement,
    *,
    by: str,
    key_of: Callable[[Address], str],
    addresses: Sequence[Address] | None = None,
) -> tuple[Contact, Happening]:
    """The contact with one more statement, and what the ledger is told of it.

    A yes covers the addresses that the contact has on the channel, or those of them that it came
    from; one to all topics takes back the no to each, for it is the newer word. A question takes
    nothing back: what was said before stands until it is answered.
    """
    if addresses is None:
        addresses = [each for each in contact.addresses if each.serves(statement.channel)]
    consent = Consent(
        channel=statement.channel,
        purpose=statement.purpose,
        topic=statement.topic,
        status=statement.status,
        level=statement.level,
        source=statement.source,
        at=statement.at,
        expires_at=statement.expires_at,
        covers=frozenset(key_of(each) for each in addresses),
    )
    others = tuple(each for each in contact.consents if not _replaced(each, consent))
    proof = {
        f"address_{number}": each.value for number, each in enumerate(addresses, start=1)
    } | dict(statement.proof)
    return replace(contact, consents=(*others, consent)), Happening(
        f"consent.{statement.status}", statement.at, by, _facts(statement), proof
    )


def _replaced(earlier: Consent, newer: Consent) -> bool:
    if newer.status is ConsentStatus.PENDING and earlier.status is not ConsentStatus.PENDING:
        return False
    if (earlier.channel, earlier.purpose) != (newer.channel, newer.purpose):
        return False
    return newer.topic is None or earlier.topic == newer.topic


def _facts(statement: Statement) -> dict[str, str]:
    facts = {
        "channel": statement.channel,
        "purpose": statement.purpose,
        "topic": statement.topic or ALL_TOPICS,
        "level": statement.level.name.lower(),
        "source": statement.source,
    }
    if statement.expires_at is not None:
        facts["expires_at"] = rfc3339(statement.expires_at)
    return {name: str(value) for name, value in facts.items()}
