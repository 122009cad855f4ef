"""Facts with sensible defaults; a test names only what it is about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from outbound.adapters.jurisdictions import rulebook
from outbound.domain.address import Address
from outbound.domain.consent import Consent, ConsentStatus, Level
from outbound.domain.contact import Contact
from outbound.domain.phone_details import phone_details
from outbound.domain.rules.facts import Facts
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from outbound.domain.contact import Phone

RULEBOOK = rulebook()
KEY = "key of the address"
WEEK = timedelta(days=8)
LEVELS = {level.name.lower(): level for level in Level}


def consent(
    channel: Channel, purpose: Purpose, said: str, at: datetime, **changes: Any
) -> tuple[Consent, ...]:
    """What was said: the name of a level, `revoked`, or `none` for nothing."""
    if said == "none":
        return ()
    no = said == "revoked"
    values: dict[str, Any] = {
        "channel": channel,
        "purpose": purpose,
        "topic": None,
        "status": ConsentStatus.REVOKED if no else ConsentStatus.GRANTED,
        "level": Level.NONE if no else LEVELS[said],
        "source": "test",
        "at": at,
        "covers": frozenset({KEY}),
    }
    return (Consent(**values | changes),)


def contact(
    *phones: Phone,
    contact_id: str = "ada",
    at: datetime,
    emails: tuple[str, ...] = (),
    **changes: Any,
) -> Contact:
    return Contact(
        contact_id, "acme", emails=emails, phones=phones, created_at=at, updated_at=at, **changes
    )


def make_facts(
    now: datetime,
    *,
    number: str = "+14155550123",
    said: str = "express_written",
    channel: Channel = Channel.SMS,
    purpose: Purpose = Purpose.MARKETING,
    region: str | None = None,
    zone: str | None = None,
    **changes: Any,
) -> Facts:
    """What the gate is asked of an offer by text to somebody in San Francisco."""
    email = channel is Channel.EMAIL
    address = Address("email", "ada@example.com") if email else Address("phone", number)
    who = contact(
        *(() if email else (phone_details(address),)),
        emails=(address.value,) if email else (),
        at=now - WEEK,
        region=region,
        timezone=zone,
        consents=consent(channel, purpose, said, now - WEEK),
    )
    values: dict[str, Any] = {
        "now": now,
        "message_id": "msg_1",
        "accepted_at": now,
        "channel": channel,
        "purpose": purpose,
        "topic": None,
        "expires_at": now + WEEK + WEEK,
        "address": address,
        "address_key": KEY,
        "contact": who,
        "others": (),
        "suppressions": (),
        "slots": (),
        "rulebook": RULEBOOK,
    }
    return Facts(**values | changes)
