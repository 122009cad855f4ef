"""Whom campaigns are for, and what became of their messages."""

from __future__ import annotations

from collections import Counter

from outbound.domain.address import Address
from outbound.domain.campaign import Audience
from outbound.domain.consent import Consent, ConsentStatus, Level
from outbound.domain.ids import address_key
from outbound.domain.words import Channel, Purpose
from tests.builders import TENANT, make_contact
from tests.memory.clock import START
from tests.memory.world import SECRET

ZONES = ("Europe/Paris", "Europe/London", "Europe/Helsinki")


def fill(world, count, *, channel=Channel.EMAIL, **changes):
    """So many contacts who want offers, from France; their ids."""
    ids = [f"con_{number:05d}" for number in range(count)]
    for number, contact_id in enumerate(ids):
        email = channel is Channel.EMAIL
        address = (
            Address("email", f"p{number}@example.com")
            if email
            else Address("phone", f"+3361{number:07d}")
        )
        wanted = Consent(
            channel=channel,
            purpose=Purpose.MARKETING,
            topic=None,
            status=ConsentStatus.GRANTED,
            level=Level.EXPRESS_WRITTEN,
            source="form",
            at=START,
            covers=frozenset({address_key(SECRET, TENANT, address.value)}),
        )
        values = {
            "region": "FR",
            "timezone": ZONES[number % 3],
            "attributes": {"name": f"Person {number}"},
            "consents": (wanted,),
        }
        contact = make_contact(contact_id, address, **values | changes)
        world.contacts.contacts[TENANT, contact_id] = contact
    return Audience(contact_ids=tuple(ids))


def statuses(world):
    return Counter(message.status for message in world.messages)


def sent_once(world):
    """Whether nobody was handed over twice."""
    handed = Counter(outgoing.ref for outgoing in world.carrier.sent)
    return not handed or max(handed.values()) == 1
