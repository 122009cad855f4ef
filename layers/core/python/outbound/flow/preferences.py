"""Preferences: what a contact chooses for themselves, by a link that only they were sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.consent import ConsentStatus, Level, revoked
from outbound.domain.ids import contact_key
from outbound.domain.ledger import Happening
from outbound.domain.stating import Statement, stated
from outbound.domain.suppression import BUT_ALERTS, Reason, Suppression, covers
from outbound.domain.words import Channel, Purpose
from outbound.flow.manage.contacts import write
from outbound.flow.revoking import How, Revocation, revoke
from outbound.flow.unsubscribing import BY_CENTRE, RECIPIENT, key_in, take_back

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from outbound.domain.contact import Contact
    from outbound.domain.link import Link
    from outbound.flow.unsubscribing import PagePorts

PAUSE = timedelta(days=30)
OFFERED = (Purpose.MARKETING, Purpose.INFORMATIONAL)
"""What one may choose; whether the rest is sent is for the contract or the law to say."""
About = tuple[Channel, Purpose, str | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that is sent or isn't, as it stands."""

    about: About
    on: bool


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a contact sees of itself."""

    contact: Contact
    choices: Sequence[Choice]
    paused: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What they want: `on` are the choices that are on, of those that `version` had.

    `pause` is None where it stays as it is. `labels` are the words that stood beside each choice.
    """

    version: int
    on: frozenset[About] = frozenset()
    nothing: bool = False
    pause: bool | None = None
    locale: str | None = None
    timezone: str | None = None
    labels: Mapping[About, str] = field(default_factory=dict)
    proof: Mapping[str, str] = field(default_factory=dict)


def preferences(link: Link, ports: PagePorts) -> Preferences | None:
    """What the contact of a link may choose; None where it no longer has the address."""
    contact = _contact(link, ports)
    if contact is None:
        return None
    now = ports.people.clock.now()
    abouts = {each.about: None for each in contact.consents if each.purpose in OFFERED}
    if link.purpose in OFFERED:
        abouts |= {(link.channel, link.purpose, link.topic): None}
    standing = _suppressions(contact, ports)
    choices = [
        Choice(about, on=_is_on(contact, about, standing, now))
        for about in sorted(abouts, key=lambda each: (each[0], each[1], each[2] or ""))
        if contact.address_for(about[0]) is not None
    ]
    paused = contact.paused_until is not None and now < contact.paused_until
    return Preferences(contact, choices, paused)


def choose(link: Link, wish: Wish, ports: PagePorts) -> bool:
    """Do as the contact wishes; False where it isn't as they have seen it."""
    seen = preferences(link, ports)
    if seen is None or seen.contact.version != wish.version:
        return False
    now = ports.people.clock.now()
    contact, happenings = _profile(seen.contact, wish, now)
    if wish.nothing:
        contact, more = _nothing(contact, wish, now, ports)
    else:
        contact, more = _chosen(contact, seen.choices, wish, now, ports)
    if contact == seen.contact:
        return True
    contact = replace(contact, version=wish.version + 1, updated_at=now)
    return write(contact, seen.contact, [*happenings, *more], ports.people)


def _contact(link: Link, ports: PagePorts) -> Contact | None:
    for contact in ports.people.contacts.having(link.tenant, link.address_key):
        if contact_key(ports.people.secret, link.tenant, contact.id) == link.contact_key:
            return contact
    return None


def _suppressions(contact: Contact, ports: PagePorts) -> Mapping[str, Sequence[Suppression]]:
    return {each.value: ports.suppressions.of(contact.tenant, each) for each in contact.addresses}


def _is_on(
    contact: Contact,
    about: About,
    standing: Mapping[str, Sequence[Suppression]],
    now: datetime,
) -> bool:
    channel, purpose, topic = about
    address = contact.address_for(channel)
    assert address is not None
    if any(covers(each, purpose, now) for each in standing[address.value]):
        return False
    if revoked(contact.consents, channel, purpose, topic) is not None:
        return False
    if purpose is not Purpose.MARKETING:
        return True
    return any(
        each.status is ConsentStatus.GRANTED
        and each.channel is channel
        and each.purpose is purpose
        and each.topic in (None, topic)
        for each in contact.consents
    )


def _profile(contact: Contact, wish: Wish, now: datetime) -> tuple[Contact, list[Happening]]:
    until = contact.paused_until
    if wish.pause is not None:
        until = now + PAUSE if wish.pause else None
    changed = replace(
        contact,
        locale=wish.locale or contact.locale,
        timezone=wish.timezone or contact.timezone,
        paused_until=until,
    )
    if changed == contact:
        return contact, []
    return changed, [
        Happening("contact.preferences", now, RECIPIENT, {"by": BY_CENTRE}, wish.proof)
    ]


def _nothing(
    contact: Contact, wish: Wish, now: datetime, ports: PagePorts
) -> tuple[Contact, list[Happening]]:
    for address in contact.addresses:
        no = Suppression(Reason.OPTED_OUT, now, BY_CENTRE)
        ports.suppressions.suppress(contact.tenant, address, no)
    how = How(RECIPIENT, BY_CENTRE, wish.proof)
    revocation = Revocation(frozenset(Channel), BUT_ALERTS)
    return revoke(contact, revocation, how, now, key_of=key_in(contact.tenant, ports))


def _chosen(
    contact: Contact, choices: Sequence[Choice], wish: Wish, now: datetime, ports: PagePorts
) -> tuple[Contact, list[Happening]]:
    happenings: list[Happening] = []
    for choice in choices:
        wanted = choice.about in wish.on
        if wanted == choice.on:
            continue
        channel, purpose, topic = choice.about
        if wanted:
            address = contact.address_for(channel)
            assert address is not None
            take_back(contact.tenant, address, purpose, ports.suppressions)
        statement = Statement(
            channel=channel,
            purpose=purpose,
            topic=topic,
            status=ConsentStatus.GRANTED if wanted else ConsentStatus.REVOKED,
            level=Level.EXPRESS_WRITTEN if wanted else Level.NONE,
            source=BY_CENTRE,
            at=now,
            proof={**wish.proof, "wording": wish.labels.get(choice.about, "")},
        )
        key_of = key_in(contact.tenant, ports)
        contact, happening = stated(contact, statement, by=RECIPIENT, key_of=key_of)
        happenings.append(happening)
    return contact, happenings
