"""Consent: what a person has allowed, for which channel, purpose and topic, and how firmly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from outbound.domain.words import Channel, Purpose


TRACKING = "click-tracking"
"""The topic of a yes to having one's clicks noted; it is about no message."""


class ConsentStatus(StrEnum):
    """What the person has said. `pending`: asked to confirm, and hasn't yet."""

    GRANTED = "granted"
    PENDING = "pending"
    REVOKED = "revoked"


class Level(IntEnum):
    """How firm a yes is; a rule asks for at least one of these.

    IMPLIED follows from a relation and ends with it (CASL, S.C. 2010 c. 23, s. 10(9)-(13); the
    "soft opt-in" of Directive 2002/58/EC, art. 13(2)). EXPRESS was said. EXPRESS_WRITTEN was
    signed, with the disclosures of 47 CFR 64.1200(f)(9).
    """

    NONE = 0
    IMPLIED = 1
    EXPRESS = 2
    EXPRESS_WRITTEN = 3


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer of a person. `topic` is None where it is meant for all topics.

    `covers` are the keys of the addresses that it was given for (`ids.address_key`): a yes for one
    number is none for the next. A no counts whatever the address. The wording that was shown and
    the proof lie with the ledger's entry, not here.
    """

    channel: Channel
    purpose: Purpose
    topic: str | None
    status: ConsentStatus
    level: Level
    source: str
    at: datetime
    expires_at: datetime | None = None
    covers: frozenset[str] = frozenset()

    @property
    def about(self) -> tuple[Channel, Purpose, str | None]:
        """What it is about: a contact has one consent for each."""
        return self.channel, self.purpose, self.topic


def revoked(
    consents: Iterable[Consent], channel: Channel, purpose: Purpose, topic: str | None
) -> Consent | None:
    """The no that stands against a message, if there is one.

    A no to all topics stands against each, but for those that were said yes to since; a no to one
    topic stands against that one alone, and against a message that doesn't say what it is about.
    """
    consents = tuple(consents)
    for consent in consents:
        if consent.status is not ConsentStatus.REVOKED:
            continue
        if consent.channel is not channel or consent.purpose is not purpose:
            continue
        if topic is not None and _said_yes_since(consents, consent, topic):
            continue
        if consent.topic == TRACKING and topic != TRACKING:
            continue
        if topic is None or consent.topic in (None, topic):
            return consent
    return None


def _said_yes_since(consents: Iterable[Consent], no: Consent, topic: str) -> bool:
    return no.topic is None and any(
        each.status is ConsentStatus.GRANTED
        and each.about == (no.channel, no.purpose, topic)
        and each.at > no.at
        for each in consents
    )


def level_of(
    consents: Iterable[Consent],
    channel: Channel,
    purpose: Purpose,
    topic: str | None,
    *,
    address_key: str,
    now: datetime,
) -> Level:
    """The firmest yes that stands for a message to the address with this key."""
    said = standing(consents, channel, purpose, topic, address_key=address_key, now=now)
    return max((consent.level for consent in said), default=Level.NONE)


def standing(
    consents: Iterable[Consent],
    channel: Channel,
    purpose: Purpose,
    topic: str | None,
    *,
    address_key: str,
    now: datetime,
) -> Iterator[Consent]:
    """Each yes that stands for a message to the address with this key.

    A yes to all topics stands for each; a yes to one topic stands for that one alone.
    """
    return (
        consent
        for consent in consents
        if consent.status is ConsentStatus.GRANTED
        and consent.channel is channel
        and consent.purpose is purpose
        and consent.topic in (None, topic)
        and address_key in consent.covers
        and (consent.expires_at is None or now < consent.expires_at)
    )
