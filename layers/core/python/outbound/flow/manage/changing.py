"""What becomes of a contact when something is said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.check import keeping, looked_up
from outbound.domain.contact import ChainHead, Contact
from outbound.domain.errors import refused_at
from outbound.domain.ids import address_key, contact_key
from outbound.domain.stating import outdated, stated

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.ledger import Happening
    from outbound.domain.wanted import Author, Profile, Wanted
    from outbound.flow.manage.contacts import ContactPorts

MOST_CONSENTS = 60
"""Each message of the contact reads them."""


def changed(
    contact_id: str,
    before: Contact | None,
    wanted: Wanted,
    key: Author,
    ports: ContactPorts,
    *,
    chain: ChainHead | None = None,
) -> tuple[Contact, list[Happening]]:
    """The contact as it is wanted, and what the ledger is told of that.

    `chain` is where the ledger is for a contact that isn't there yet, if that is known.

    Raises:
        Refusal: it can't be.
    """
    now = ports.clock.now()
    if before is None and chain is None:
        chain = _left_behind(contact_id, key.tenant, ports)
    base = before or Contact(contact_id, key.tenant, chain=chain or ChainHead())
    contact = _with_profile(base, wanted.profile, now)
    happenings: list[Happening] = []
    for index, statement in enumerate(wanted.statements):
        if outdated(contact, statement):
            message = "The contact has said no since. A newer yes has a time and proof of its own."
            raise refused_at(f"/consents/{index}", "newer_revocation", message)
        contact, happening = stated(
            contact,
            statement,
            by=key.id,
            key_of=lambda each: address_key(ports.secret, key.tenant, each.value),
        )
        happenings.append(happening)
    for index, look_up in enumerate(wanted.look_ups):
        if contact.phone(look_up.phone) is None:
            message = "The contact does not have this number."
            raise refused_at(f"/checks/{index}/phone", "unknown_number", message)
        contact, noted = looked_up(contact, look_up, key.id)
        happenings += [noted] if noted else []
    if len(contact.consents) > MOST_CONSENTS:
        message = f"A contact may have {MOST_CONSENTS} statements about consent; use fewer topics."
        raise refused_at("/consents", "invalid_request", message)
    return contact, happenings


def _left_behind(contact_id: str, tenant: str, ports: ContactPorts) -> ChainHead:
    """Where the chain of a contact ended that was erased and forgotten; the new one goes on."""
    chain = contact_key(ports.secret, tenant, contact_id)
    return ports.ledger.head(tenant, chain)


def _with_profile(base: Contact, profile: Profile | None, now: datetime) -> Contact:
    base = replace(
        base, version=base.version + 1, created_at=base.created_at or now, updated_at=now
    )
    if profile is None:
        return base
    return replace(
        base,
        emails=profile.emails,
        phones=keeping(profile.phones, base.phones),
        locale=profile.locale,
        timezone=profile.timezone,
        region=profile.region,
        attributes=profile.attributes,
        preferred=profile.preferred,
        forbidden=profile.forbidden,
    )
