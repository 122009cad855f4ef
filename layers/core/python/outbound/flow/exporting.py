"""Export: all that is held of a contact, in a form that machines read (GDPR, art. 15 and 20)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.ids import MessageRef, contact_key, split_message_id
from outbound.domain.short_link import token_of
from outbound.domain.suppression import ANY_TENANT
from outbound.domain.words import Purpose
from outbound.flow import traces
from outbound.flow.manage.contacts import find

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.content import Body
    from outbound.domain.inbound import LastWord
    from outbound.domain.key import ApiKey
    from outbound.domain.ledger import Written
    from outbound.domain.media import Media
    from outbound.domain.message import Message
    from outbound.domain.reminder import Reminder
    from outbound.domain.rules.facts import Slot
    from outbound.domain.suppression import Suppression
    from outbound.domain.tester import Tester
    from outbound.flow.erasing import ErasurePorts
    from outbound.ports import Acknowledgement, CouponPools, LastWords

PAGE = 25
"""Messages in a part: each may say 320 KB, and Lambda answers with 6 MB at most."""


@dataclass(frozen=True, slots=True)
class ExportPorts:
    """What an export looks into: all that an erasure does, and what ends by itself."""

    held: ErasurePorts
    last_words: LastWords
    coupons: CouponPools


@dataclass(frozen=True, slots=True)
class Told:
    """A message with all it says; the code of a coupon, where it was given one; where it leads,
    and how it was acknowledged, where it is an alert's.
    """

    message: Message
    body: Body
    coupon: str | None
    links: Sequence[str]
    acknowledged: Acknowledgement | None


@dataclass(frozen=True, slots=True)
class Export:
    """A part of what is held; all but messages is in each of them.

    `slots` are what caps have counted, `said` the last word texted from each number, `done_to` the
    entries about each address itself.
    """

    contact: Contact
    ledger: Sequence[Written]
    suppressed: Mapping[Address, Sequence[Suppression]]
    media: Sequence[Media]
    slots: Sequence[Slot]
    said: Sequence[tuple[Address, LastWord]]
    done_to: Sequence[tuple[Address, Sequence[Written]]]
    testers: Sequence[Tester]
    reminders: Sequence[Reminder]
    messages: Sequence[Told]
    after: str | None


def export(contact_id: str, after: str | None, key: ApiKey, ports: ExportPorts) -> Export:
    """All that is held of a contact, its messages from behind `after`.

    Raises:
        Refusal: there is no such contact.
    """
    held = ports.held
    contact = find(contact_id, key.tenant, held.people)
    chain = contact_key(held.people.secret, key.tenant, contact_id)
    known = held.people.contacts.look_up(
        key.tenant, addresses=contact.addresses, contact_ids=[contact_id], slots=True
    )
    page = held.messages.of_contact(key.tenant, chain, limit=PAGE, after=after)
    return Export(
        contact=contact,
        ledger=held.ledger.entries(key.tenant, chain),
        suppressed=known.suppressed,
        media=held.media.of_contact(key.tenant, chain),
        slots=known.slots[contact_id].taken,
        said=_said(contact, ports),
        done_to=_done_to(contact, held),
        testers=traces.testers_of(contact, held.traces),
        reminders=_reminders(key.tenant, chain, held),
        messages=[told for each in page.messages if (told := _told(each, ports)) is not None],
        after=page.after,
    )


def _said(contact: Contact, ports: ExportPorts) -> list[tuple[Address, LastWord]]:
    """What each number said last, to the tenant or to a number that several share."""
    return [
        (address, word)
        for address in contact.addresses
        if address.kind == "phone"
        for tenant in (contact.tenant, ANY_TENANT)
        if (word := ports.last_words.last(tenant, address)) is not None
    ]


def _done_to(contact: Contact, held: ErasurePorts) -> Sequence[tuple[Address, Sequence[Written]]]:
    """What the ledger has of each address that it has something of, also of those from before."""
    return [
        (address, found)
        for address in contact.addresses
        if (found := traces.done_to(address, contact.tenant, held.traces))
    ] + [
        (address, found)
        for tenure in contact.tenures
        if tenure.until is not None
        and (found := traces.done_before(tenure, contact.tenant, held.traces))
        and (address := traces.address_of(found)) is not None
    ]


def _reminders(tenant: str, contact_key: str, held: ErasurePorts) -> list[Reminder]:
    found: list[Reminder] = []
    after: str | None = None
    while True:
        page = held.reminders.of_contact(tenant, contact_key, limit=PAGE, after=after)
        found += page.reminders
        if page.after is None:
            return found
        after = page.after


def _told(message: Message, ports: ExportPorts) -> Told | None:
    """None where an erasure has taken away what it said."""
    if message.redacted:
        return None
    body = ports.held.messages.body(MessageRef(message.tenant, message.id))
    if body is None:
        return None
    coupon = None
    if body.coupon_pool is not None:
        coupon = ports.coupons.given(message.tenant, body.coupon_pool, message.id)
    return Told(message, body, coupon, _links(message, ports), _acknowledged(message, ports))


def _links(message: Message, ports: ExportPorts) -> Sequence[str]:
    """Where its short links lead, as long as they do."""
    held = ports.held
    ref = MessageRef(message.tenant, message.id)
    linked = held.short_links.get(token_of(held.people.secret, ref))
    return linked.targets if linked is not None else ()


def _acknowledged(message: Message, ports: ExportPorts) -> Acknowledgement | None:
    if message.purpose is not Purpose.EMERGENCY or message.campaign is None:
        return None
    parts = split_message_id(message.id)
    assert parts is not None
    return ports.held.alerts.acknowledgement(message.tenant, message.campaign.id, parts[0])
