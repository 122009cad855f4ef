"""Revoking: what a contact has said yes to ends, whoever tells us and however they do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.domain.consent import ConsentStatus, Level
from outbound.domain.stating import Statement, stated
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.ledger import Happening


@dataclass(frozen=True, slots=True)
class Revocation:
    """What is revoked; `topic` is None where it is all of them."""

    channels: frozenset[Channel]
    purposes: frozenset[Purpose]
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class How:
    """Who revoked (`recipient`, the id of a key), by what, and the proof of it."""

    by: str
    source: str
    proof: Mapping[str, str] = field(default_factory=dict)


def revoke(
    contact: Contact,
    revocation: Revocation,
    how: How,
    at: datetime,
    *,
    key_of: Callable[[Address], str],
) -> tuple[Contact, list[Happening]]:
    """The contact without these consents, and what the ledger is told; nothing if it is so already.

    Marketing is revoked also where nothing was granted, so that an older yes, imported later,
    doesn't stand against it.
    """
    happenings = []
    for channel, purpose in _concerned(contact, revocation, at):
        statement = Statement(
            channel=channel,
            purpose=purpose,
            topic=revocation.topic,
            status=ConsentStatus.REVOKED,
            level=Level.NONE,
            source=how.source,
            at=at,
            proof=how.proof,
        )
        contact, happening = stated(contact, statement, by=how.by, key_of=key_of)
        happenings.append(happening)
    return contact, happenings


def _concerned(
    contact: Contact, revocation: Revocation, at: datetime
) -> list[tuple[Channel, Purpose]]:
    matching = [
        consent
        for consent in contact.consents
        if consent.channel in revocation.channels
        and consent.purpose in revocation.purposes
        and (revocation.topic is None or consent.topic in (None, revocation.topic))
    ]
    standing = {
        (consent.channel, consent.purpose)
        for consent in matching
        if consent.status is not ConsentStatus.REVOKED and consent.at <= at
    }
    said = {
        (consent.channel, consent.purpose)
        for consent in matching
        if consent.topic in (None, revocation.topic)
        and (consent.status is ConsentStatus.REVOKED or consent.at > at)
    }
    marketing = {
        (channel, Purpose.MARKETING)
        for channel in revocation.channels
        if Purpose.MARKETING in revocation.purposes
    }
    return sorted(standing | (marketing - said))
