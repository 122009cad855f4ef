"""Pending consent: asked for, and not given before whoever has the address says so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.consent import ConsentStatus
from outbound.domain.ids import address_key
from outbound.domain.stating import Statement, outdated, stated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.consent import Consent
    from outbound.domain.contact import Contact
    from outbound.domain.ledger import Happening
    from outbound.domain.programme import Programme
    from outbound.domain.words import Channel

ASKED_FOR = timedelta(days=3)
"""How long a yes is waited for."""
RECIPIENT = "recipient"


def standing(
    contact: Contact, programme: Programme, channel: Channel, status: ConsentStatus
) -> Consent | None:
    """What the contact has said for a programme on a channel, if it has this status."""
    about = (channel, programme.purpose, programme.topic)
    for each in contact.consents:
        if each.status is status and each.about == about and each.source == programme.source:
            return each
    return None


def asked(
    contact: Contact,
    programme: Programme,
    channel: Channel,
    address: Address,
    at: datetime,
    proof: Mapping[str, str],
    *,
    secret: bytes,
) -> tuple[Contact, Sequence[Happening]]:
    """The contact, asked for a yes to a programme; as it is where it has said anything since."""
    statement = Statement(
        channel=channel,
        purpose=programme.purpose,
        topic=programme.topic,
        status=ConsentStatus.PENDING,
        level=programme.level,
        source=programme.source,
        at=at,
        expires_at=at + ASKED_FOR,
        proof=proof,
    )
    about = (channel, programme.purpose, programme.topic)
    newer = any(each.about == about and each.at >= at for each in contact.consents)
    if newer or outdated(contact, statement):
        return contact, ()
    contact, happening = stated(
        contact,
        statement,
        by=RECIPIENT,
        key_of=lambda each: address_key(secret, contact.tenant, each.value),
        addresses=[address],
    )
    return contact, [happening]
