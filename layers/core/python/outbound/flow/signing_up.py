"""Signing up by a form: whoever has the address is asked, and in only with their yes.

Anybody can type any address. So nobody is told whether it is known, nothing that was said before
is touched, each address stands for itself, and each is asked a few times a day at most.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from outbound.domain.consent import ConsentStatus, level_of, revoked
from outbound.domain.ids import address_key, keyed
from outbound.domain.instant import to_milliseconds
from outbound.domain.words import Channel
from outbound.flow.manage.changing import MOST_CONSENTS
from outbound.flow.notices import send_notice
from outbound.flow.owner import find_owner, make_owner
from outbound.flow.pending import asked, standing
from outbound.flow.sign_up_notice import Question, question_notice
from outbound.flow.unsubscribing import change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.ledger import Happening
    from outbound.domain.programme import Programme
    from outbound.domain.sender import Senders
    from outbound.domain.two_way import TwoWayNumbers
    from outbound.flow.manage.contacts import ContactPorts
    from outbound.flow.notices import NoticePorts
    from outbound.ports import Attempts, Corrections, Programmes, Speakers

MOST_A_DAY, DAY = 3, timedelta(days=1)
"""Questions to an address, of one tenant."""
MOST_FROM_A_NETWORK, HOUR = 30, timedelta(hours=1)
"""Forms that are taken from one network, of one tenant."""
AGAIN = timedelta(minutes=10)
"""A form that is sent again within this time is the same once more."""


@dataclass(frozen=True, slots=True)
class SignUpPorts:
    """What signing up works with."""

    people: ContactPorts
    programmes: Programmes
    attempts: Attempts
    notices: NoticePorts
    speakers: Speakers
    senders: Senders
    numbers: TwoWayNumbers
    corrections: Corrections


@dataclass(frozen=True, slots=True)
class SignUp:
    """What was sent: `proof` is all that the ledger keeps of it, beside the wording."""

    programme: Programme
    addresses: Sequence[Address]
    language: str
    network: str
    proof: Mapping[str, str]


def offered(programme: Programme, numbers: TwoWayNumbers) -> tuple[Channel, ...]:
    """The channels that a form can offer: texts only where there is a number to answer to."""
    texts = numbers.of(programme.tenant) is not None
    return tuple(
        channel
        for channel in (Channel.EMAIL, Channel.SMS)
        if channel in programme.channels and (texts or channel is Channel.EMAIL)
    )


def sign_up(form: SignUp, ports: SignUpPorts) -> bool:
    """Ask whoever has the addresses; False where too much came from this network.

    Raises:
        ContactBusy: others keep changing a contact.
    """
    tenant, now = form.programme.tenant, ports.people.clock.now()
    network = keyed(ports.people.secret, 26, "network", tenant, _network(form.network))
    if not ports.attempts.take(tenant, network, most=MOST_FROM_A_NETWORK, within=HOUR, now=now):
        return False
    for address in form.addresses:
        _ask(address, form, to_milliseconds(now), ports)
    return True


def _ask(address: Address, form: SignUp, now: datetime, ports: SignUpPorts) -> None:
    programme, people = form.programme, ports.people
    key = address_key(people.secret, programme.tenant, address.value)
    channel = Channel.EMAIL if address.kind == "email" else Channel.SMS
    contact = find_owner(address, programme.tenant, people)
    if contact is not None and _has(contact, programme, channel, key, now):
        return
    if contact is None or _waits_since(contact, programme, channel, key, now) is None:
        if not ports.attempts.take(programme.tenant, key, most=MOST_A_DAY, within=DAY, now=now):
            return
        if contact is None:
            contact = make_owner(address, programme.tenant, people, locale=form.language)
        ask = partial(_asked, form=form, address=address, now=now, ports=ports)
        change(contact, ask, people)
        contact = find_owner(address, programme.tenant, people)
    if contact is not None:
        since = _waits_since(contact, programme, channel, key, now)
        if since is not None:
            question = Question(programme, contact.id, address, form.language, since)
            send_notice(question_notice(question, ports), ports.notices)


def _has(contact: Contact, programme: Programme, channel: Channel, key: str, now: datetime) -> bool:
    about = (channel, programme.purpose, programme.topic)
    if revoked(contact.consents, *about) is not None:
        return False
    level = level_of(contact.consents, *about, address_key=key, now=now)
    return level >= programme.level


def _waits_since(
    contact: Contact, programme: Programme, channel: Channel, key: str, now: datetime
) -> datetime | None:
    """When it was asked at this address, if that was just now."""
    waits = standing(contact, programme, channel, ConsentStatus.PENDING)
    if waits is None or key not in waits.covers:
        return None
    return waits.at if now - waits.at < AGAIN else None


def _asked(
    contact: Contact, form: SignUp, address: Address, now: datetime, ports: SignUpPorts
) -> tuple[Contact, Sequence[Happening]]:
    programme = form.programme
    channel = Channel.EMAIL if address.kind == "email" else Channel.SMS
    key = address_key(ports.people.secret, programme.tenant, address.value)
    if _waits_since(contact, programme, channel, key, now) is not None:
        return contact, ()
    proof = {**form.proof, "wording": programme.wording[form.language]}
    new, happenings = asked(
        contact, programme, channel, address, now, proof, secret=ports.people.secret
    )
    return (contact, ()) if len(new.consents) > MOST_CONSENTS else (new, happenings)


def _network(text: str) -> str:
    """An IPv4 address; of IPv6 the part that a home or an office has."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(address, ipaddress.IPv4Address):
        return text
    return str(ipaddress.ip_network((address, 64), strict=False))
