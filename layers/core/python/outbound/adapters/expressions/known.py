"""What expressions can look at: the contact, its attributes, and what it has said yes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.domain.address_marks import marks_of
from outbound.domain.consent import ConsentStatus, revoked
from outbound.domain.instant import rfc3339
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from outbound.domain.contact import Contact


def language(contact: Contact) -> str | None:
    """The language of the locale."""
    return contact.locale.partition("-")[0] if contact.locale else None


def country(contact: Contact) -> str | None:
    """The country of the region; where there is none, that of the first number."""
    if contact.region:
        return contact.region[:2]
    return next((phone.country for phone in contact.phones), None)


def channels(contact: Contact) -> list[str]:
    """The channels that the contact has an address for and doesn't forbid."""
    return [
        channel.value
        for channel in Channel
        if channel not in contact.forbidden and contact.address_for(channel) is not None
    ]


def marks(contact: Contact) -> tuple[str, ...]:
    """What is to be said of the email address that is written to; nothing where there is none."""
    return tuple(mark.value for mark in marks_of(contact.emails[0])) if contact.emails else ()


FIELDS: dict[str, Callable[[Contact], Any]] = {
    "id": lambda contact: contact.id,
    "email": lambda contact: contact.emails[0] if contact.emails else None,
    "emails": lambda contact: contact.emails,
    "marks": marks,
    "phone": lambda contact: contact.phones[0].value if contact.phones else None,
    "phones": lambda contact: tuple(phone.value for phone in contact.phones),
    "channels": channels,
    "locale": lambda contact: contact.locale,
    "language": language,
    "timezone": lambda contact: contact.timezone,
    "region": lambda contact: contact.region,
    "country": country,
    "preferred": lambda contact: tuple(channel.value for channel in contact.preferred),
    "forbidden": lambda contact: tuple(channel.value for channel in contact.forbidden),
    "created_at": lambda contact: rfc3339(contact.created_at) if contact.created_at else None,
    "updated_at": lambda contact: rfc3339(contact.updated_at) if contact.updated_at else None,
}


def said_yes(
    contact: Contact, now: datetime, channel: Channel, purpose: Purpose, topic: str | None
) -> bool:
    """Whether a yes stands, to this topic or, where none is named, to any.

    For which address it was given the gate looks at, when a message is to leave.
    """
    return any(
        consent.status is ConsentStatus.GRANTED
        and consent.channel is channel
        and consent.purpose is purpose
        and (topic is None or consent.topic in (None, topic))
        and (consent.expires_at is None or now < consent.expires_at)
        and not _taken_back(contact, channel, purpose, topic or consent.topic)
        for consent in contact.consents
    )


def _taken_back(contact: Contact, channel: Channel, purpose: Purpose, topic: str | None) -> bool:
    return topic is not None and revoked(contact.consents, channel, purpose, topic) is not None
