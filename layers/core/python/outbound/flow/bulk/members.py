"""Members of a chunk: what the gate says of each, and the message that each has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from outbound.domain.changing import changed
from outbound.domain.errors import Refusal
from outbound.domain.light import light
from outbound.domain.message import Decision, Entry, Message, Status
from outbound.domain.run import ERASED, key_of
from outbound.domain.variants import variant_for
from outbound.domain.words import (
    Channel,
)
from outbound.flow.asking import facts_of, take_slot
from outbound.flow.bulk.blanks import Blanks
from outbound.flow.bulk.data import Sayings
from outbound.flow.bulk.member import Member, kept_back
from outbound.flow.gate import decide
from outbound.flow.holding import patient
from outbound.flow.measure import measure, measure_email
from outbound.flow.outgoing import Unsendable, outgoing_of
from outbound.flow.recipient import look_up_all, sharing
from outbound.ports import TemplateFault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.domain.contact import Contact
    from outbound.domain.run import Chunk
    from outbound.domain.variants import Variant
    from outbound.flow.bulk.data import Said
    from outbound.flow.bulk.ports import Bulk
    from outbound.flow.measure import Measured
    from outbound.ports import Known, Outgoing

HELD_OUT = Decision("block", "campaign.hold-out", "the campaign", "held_out")
GONE = Decision("block", "contact.erased", "GDPR art. 17", "erased")
NO_ADDRESS = Decision("block", "contact.address", "the contact's profile", "no_address_for_channel")


def members_of(chunk: Chunk, count: int, campaign: Campaign, ports: Bulk) -> list[Member]:
    """The next members of a chunk with what is decided of them now; one look for all.

    Of those that nobody asks the gate about again, whoever a cap counts has their slot.
    """
    some = _some(chunk, chunk.next, count, campaign, ports)
    places = enumerate(chunk.members[chunk.next : chunk.next + count], start=chunk.next)
    return [some.member(place, contact_id) for place, contact_id in places]


def members_as_said(
    chunk: Chunk, said: Mapping[int, Decision], campaign: Campaign, ports: Bulk
) -> list[Member]:
    """The members of a chunk's claimed call, whose gate was asked when it was claimed.

    Those who were in the call may have been handed over: nobody knows.
    """
    call = chunk.call
    assert call is not None
    some = _some(chunk, call.first, call.count, campaign, ports)
    places = enumerate(chunk.members[call.first : call.first + call.count], start=call.first)
    return [some.as_said(place, contact_id, said.get(place)) for place, contact_id in places]


def _some(chunk: Chunk, first: int, count: int, campaign: Campaign, ports: Bulk) -> _Some:
    gate, settings = ports.deliver.gate, campaign.settings
    members = chunk.members[first : first + count]
    known = look_up_all(
        [each for each in members if not each.startswith(ERASED)],
        settings.channel,
        campaign.tenant,
        gate.contacts,
        slots=gate.rulebook.capped(settings.channel, settings.purpose),
    )
    return _Some(chunk, campaign, known, ports.deliver.clock.now(), ports)


@light
@dataclass(frozen=True, slots=True)
class _Made:
    """A message that can be sent, what it says, and how it is handed over."""

    message: Message
    said: Said
    outgoing: Outgoing


@dataclass(frozen=True)
class _Some:
    """What the members of a chunk have in common."""

    chunk: Chunk
    campaign: Campaign
    known: Known
    now: datetime
    ports: Bulk

    @cached_property
    def blanks(self) -> Blanks:
        """Their messages, without content."""
        return Blanks(self.chunk, self.campaign)

    @cached_property
    def sayings(self) -> Sayings:
        """What the campaign says to them."""
        return Sayings(self.campaign.tenant, self.campaign.settings, self.ports)

    def member(self, place: int, contact_id: str) -> Member:
        contact, variant, message = self._of(contact_id)
        if variant is None:
            return self._kept_back(place, message, HELD_OUT)
        if contact is None or contact.erased:
            return self._kept_back(place, message, GONE)
        if not message.address.value:
            return self._kept_back(place, message, NO_ADDRESS)
        return self._decided(place, message, contact)

    def as_said(self, place: int, contact_id: str, decision: Decision | None) -> Member:
        contact, variant, message = self._of(contact_id)
        if decision is not None and decision.verdict != "defer":
            return self._kept_back(place, message, decision)
        said = None
        if contact is not None and variant is not None and message.address.value:
            made = self._made(message, contact)
            if not isinstance(made, Unsendable):
                message, said = made.message, made.said
        if decision is not None:
            return self._kept_back(place, message, decision, said)
        entry = Entry(Status.UNCONFIRMED, self.now, "lease_expired")
        doubted = changed(
            message,
            status=Status.UNCONFIRMED,
            timeline=(*message.timeline, entry),
            lease_until=self.now,
        )
        return Member(place, doubted, said)

    def _of(self, contact_id: str) -> tuple[Contact | None, Variant | None, Message]:
        contact = self.known.contacts.get(contact_id)
        secret, settings = self.ports.deliver.gate.secret, self.campaign.settings
        key = key_of(contact_id, self.campaign.tenant, secret)
        variant = variant_for(self.campaign.id, key, settings.variants, settings.hold_out)
        return contact, variant, self.blanks.message(key, contact, variant)

    def _decided(self, place: int, message: Message, contact: Contact) -> Member:
        gate = self.ports.deliver.gate
        slots = self.known.slots.get(contact.id)
        facts = facts_of(
            message,
            self.now,
            gate,
            contact=contact,
            others=sharing(contact.id, message.address, self.known),
            suppressions=self.known.suppressed.get(message.address, ()),
            slots=slots.taken if slots else (),
        )
        decision = patient(decide(facts), self.campaign)
        if decision.verdict == "block":
            return self._kept_back(place, message, decision)
        made = self._made(message, contact)
        if isinstance(made, Unsendable):
            return self._kept_back(place, message, _unsendable(made))
        message = made.message
        if decision.verdict == "send" and self.ports.carrier is not None and slots is not None:
            decision = patient(take_slot(message, facts, slots, gate), self.campaign)
        if decision.verdict != "send":
            return self._kept_back(place, message, decision, made.said)
        return Member(place, message, made.said, made.outgoing)

    def _made(self, message: Message, contact: Contact) -> _Made | Unsendable:
        assert message.template is not None
        try:
            said, sender = self.sayings.to(contact, message.template)
            pinned = said.pinned
            told = changed(
                message,
                sender=sender,
                template=pinned.template,
                smart_encoding=pinned.content.smart_encoding,
                price=self._email.price if message.channel is Channel.EMAIL else None,
            )
            outgoing = outgoing_of(told, said.body, self.now, self.ports.deliver)
            if isinstance(outgoing, Unsendable):
                return outgoing
            if message.channel is Channel.EMAIL:
                return _Made(told, said, outgoing)
            return self._measured(told, said, outgoing)
        except (Refusal, TemplateFault) as refused:
            return Unsendable(refused.code)

    def _measured(self, message: Message, said: Said, outgoing: Outgoing) -> _Made:
        measured = measure(
            said.pinned,
            outgoing.bodies,
            message.address,
            self.ports.terms,
            media=outgoing.enclosed.media_id is not None,
        )
        voice = measured.voice
        message = changed(message, sms=measured.sms, voice=voice, price=measured.price)
        return _Made(message, said, replace(outgoing, voice=voice[0]) if voice else outgoing)

    @cached_property
    def _email(self) -> Measured:
        return measure_email(self.ports.terms)

    def _kept_back(
        self, place: int, message: Message, decision: Decision, said: Said | None = None
    ) -> Member:
        return Member(place, kept_back(message, decision, self.now), said)


def _unsendable(why: Unsendable) -> Decision:
    return Decision("fail", "campaign.content", "the campaign", why.reason)
