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
    heard: bool = True,
) -> tuple[Contact, list[Happening]]:
    """The contact as it is wanted, and what the ledger is told of that.

    `heard` is False where it is known that the ledger has nothing of the contact.

    Raises:
        Refusal: it can't be.
    """
    now = ports.clock.now()
    base = before or Contact(contact_id, key.tenant)
    if heard and (before is None or wanted.statements or wanted.look_ups):
        base = going_on(base, ports)
    contact = _with_profile(base, wanted.profile, now)
    happenings: list[Happening] = []
    for index, statement in enumerate(wanted.statements):
        if outdated(contact, statement):
            message = (
                "The contact has said no, or was erased, since. "
                "A newer yes has a time and proof of its own."
            )
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


def going_on(contact: Contact, ports: ContactPorts) -> Contact:
    """A contact that goes on in the ledger where it was, before it says its first word.

    A message makes a contact without looking into the ledger, also one that was erased before.
    """
    if contact.chain.number:
        return contact
    last = ports.ledger.last(contact.tenant, contact_key(ports.secret, contact.tenant, contact.id))
    if last is None:
        return contact
    chain = ChainHead(last.number, last.digest)
    return replace(contact, chain=chain, erased_at=contact.erased_at or last.at)


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
