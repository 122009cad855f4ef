"""Deciding: what a contact gets of an alert on a channel, or why not. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from outbound.domain.address import Address
from outbound.domain.alert import message_of_wave, place, run_of
from outbound.domain.errors import Refusal
from outbound.domain.ids import MessageRef, contact_key
from outbound.domain.message import CampaignRef, Decision, Entry, Message, Status
from outbound.domain.words import Channel, Lane, Purpose, default_on_unconfirmed
from outbound.flow.asking import facts_of
from outbound.flow.gate import SEND, decide
from outbound.flow.measure import measure
from outbound.flow.pinning import localised
from outbound.flow.recipient import sharing
from outbound.flow.scope import scope_of
from outbound.flow.shortening import link_to_alert, rehearsed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outbound.domain.alert import Alert, Wave
    from outbound.domain.contact import Contact
    from outbound.domain.template import Template
    from outbound.flow.alerts.ports import DecidePorts
    from outbound.flow.pinning import Pinned
    from outbound.ports import Known

NO_ADDRESS = Decision("block", "contact.address", "the contact's profile", "no_address_for_channel")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a channel; `tester` is who they are in a drill."""

    contact: Contact
    channel: Channel
    address: Address | None
    tester: str = ""


class Deciding:
    """What the members of a wave have in common; what each content says is rendered once."""

    def __init__(self, alert: Alert, wave: Wave, ports: DecidePorts):
        self._alert, self._wave, self._ports = alert, wave, ports
        self._run = run_of(alert, wave)
        self._rendered: dict[tuple[Channel, str | None], tuple[Pinned, Mapping[str, str]]] = {}

    def decided(self, members: Sequence[Member]) -> list[Message]:
        """A message for each, which is blocked where something speaks against it."""
        known = self._look_up(members)
        return [self._decided(each, known) for each in members]

    def bodies(self, channel: Channel, locale: str | None) -> Mapping[str, str]:
        """What those read who were decided on; nothing where all were blocked."""
        said = self._rendered.get((channel, locale))
        return said[1] if said else {}

    def key(self, member: Member) -> str:
        """What stands for a member's contact."""
        return contact_key(self._ports.gate.secret, self._alert.tenant, member.contact.id)

    def ref(self, member: Member, wave: Wave) -> MessageRef:
        """The one message that a wave has for a member."""
        cause = (member.channel, member.tester) if member.tester else (member.channel,)
        message_id = message_of_wave(self.key(member), self._alert, wave, *cause)
        return MessageRef(self._alert.tenant, message_id)

    def _look_up(self, members: Sequence[Member]) -> Known:
        contacts = {each.contact.id: each.contact for each in members}
        return self._ports.gate.contacts.look_up(
            self._alert.tenant,
            addresses={each.address for each in members if each.address is not None},
            contact_ids=sorted(contacts),
            known=contacts,
        )

    def _decided(self, member: Member, known: Known) -> Message:
        message = self._message(member)
        if member.address is None:
            return self._kept_back(message, NO_ADDRESS)
        facts = facts_of(
            message,
            self._ports.clock.now(),
            self._ports.gate,
            contact=member.contact,
            others=sharing(member.contact.id, member.address, known),
            suppressions=known.suppressed.get(member.address, ()),
        )
        decision = decide(facts)
        if decision.verdict == "block":
            return self._kept_back(message, decision)
        return self._measured(message, member)

    def _measured(self, message: Message, member: Member) -> Message:
        try:
            pinned, bodies = self._said(message, member.contact)
            measured = measure(pinned, bodies, message.address, self._ports.terms, media=False)
        except Refusal as refusal:
            decision = Decision("block", "alert.content", "the alert", refusal.code)
            return self._kept_back(message, decision)
        changes: dict[str, Any] = {"template": pinned.template, "price": measured.price}
        if message.channel is Channel.EMAIL:
            changes["sender"] = self._ports.senders.choose(message.tenant, None, "")
        if message.channel is Channel.SMS and self._number is not None:
            changes["origination"] = self._number
        return replace(message, sms=measured.sms, voice=measured.voice, **changes)

    def _said(self, message: Message, contact: Contact) -> tuple[Pinned, Mapping[str, str]]:
        place = message.channel, contact.locale
        if place not in self._rendered:
            pinned = localised(
                self._template,
                message.channel,
                contact.locale,
                message.tenant,
                self._ports.organisations,
            )
            shortening = rehearsed(self._ports.pages_url, short_pages=True)
            scope = scope_of({}, contact={}, message={}, links=link_to_alert(message, shortening))
            self._rendered[place] = (
                pinned,
                self._ports.renderer.render(pinned.content, scope, None),
            )
        return self._rendered[place]

    @cached_property
    def _template(self) -> Template:
        alert = self._alert
        template = self._ports.templates.get(alert.tenant, alert.id, alert.says)
        if template is None:
            raise LookupError("what an alert says is gone")
        return template

    @cached_property
    def _number(self) -> str | None:
        """The number that alerts come from: a no to it, and to no other, silences them."""
        number = self._ports.numbers.of(self._alert.tenant, emergency=True)
        return number.value if number is not None else None

    def _message(self, member: Member) -> Message:
        alert, at = self._alert, self._run.at
        kind = "email" if member.channel is Channel.EMAIL else "phone"
        return Message(
            id=self.ref(member, self._wave).id,
            tenant=alert.tenant,
            contact_id=member.contact.id,
            address=member.address or Address(kind, ""),
            channel=member.channel,
            lane=Lane.CRITICAL,
            purpose=Purpose.EMERGENCY,
            topic=None,
            mode=alert.mode,
            template=None,
            status=Status.ACCEPTED,
            created_at=at,
            not_before=at,
            expires_at=alert.settings.expires_at,
            on_unconfirmed=default_on_unconfirmed(Purpose.EMERGENCY),
            decision=SEND,
            decision_at_intake=SEND,
            timeline=(Entry(Status.ACCEPTED, at),),
            price=None,
            campaign=CampaignRef(
                alert.id, self._run.id, place(member.contact.region, member.channel)
            ),
        )

    def _kept_back(self, message: Message, decision: Decision) -> Message:
        status = Status.EXPIRED if decision.rule == "expired" else Status.BLOCKED
        entry = Entry(status, self._ports.clock.now(), decision.reason, decision.rule)
        return replace(
            message,
            status=status,
            decision=decision,
            decision_at_intake=decision,
            timeline=(*message.timeline, entry),
        )
