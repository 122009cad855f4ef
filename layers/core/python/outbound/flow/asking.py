"""Asking the gate: from what is stored to the facts of its rules, and a slot where a cap counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.ids import address_key
from outbound.domain.rules import caps_of
from outbound.domain.rules.facts import Facts, Slot
from outbound.domain.words import Purpose
from outbound.flow.gate import SEND, decide
from outbound.flow.links import QUESTIONS
from outbound.flow.recipient import sharing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from outbound.domain.contact import Contact
    from outbound.domain.message import Decision, Message
    from outbound.domain.rules.jurisdiction import Rulebook
    from outbound.domain.suppression import Suppression
    from outbound.ports import Contacts, Known, Slots

OURS = "outbound:"
"""Begins the topics of messages of our own; the API takes none such."""
TRIES = 20


class GateBusy(Exception):
    """Others take this contact's slots all the time; nothing was decided."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What the gate is asked with."""

    contacts: Contacts
    rulebook: Rulebook
    secret: bytes


def facts_of(
    message: Message,
    now: datetime,
    gate: Gate,
    *,
    contact: Contact | None,
    others: tuple[Contact, ...],
    suppressions: tuple[Suppression, ...],
    slots: Iterable[Slot] = (),
) -> Facts:
    """What the gate may look at, for a message as it would leave at `now`."""
    transactional = message.purpose is Purpose.TRANSACTIONAL
    return Facts(
        now=now,
        message_id=message.id,
        accepted_at=message.created_at,
        channel=message.channel,
        purpose=message.purpose,
        topic=message.topic,
        expires_at=message.expires_at,
        address=message.address,
        address_key=address_key(gate.secret, message.tenant, message.address.value),
        contact=contact,
        others=others,
        suppressions=suppressions,
        slots=tuple(slots),
        rulebook=gate.rulebook,
        answers=transactional and _is_answer(message.topic or ""),
        parts=message.sms[1] if message.sms else None,
        seconds=message.voice[1] if message.voice else None,
    )


def _is_answer(topic: str) -> bool:
    """Whether it answers what its recipient has just done. A form may be sent by anybody."""
    return topic.startswith(OURS) and not topic.startswith(tuple(QUESTIONS))


def ask(message: Message, now: datetime, gate: Gate) -> Decision:
    """Whether the message may leave now. Where a cap counts it, `send` has taken its slot.

    Raises:
        GateBusy: others were quicker each time.
    """
    capped = gate.rulebook.capped(message.channel, message.purpose)
    for _ in range(TRIES):
        known = gate.contacts.look_up(
            message.tenant,
            addresses=[message.address],
            contact_ids=[message.contact_id],
            slots=capped,
        )
        facts = _known_facts(message, now, gate, known)
        decision = decide(facts)
        if not capped or decision.verdict != "send" or not caps_of(facts):
            return decision
        seen = known.slots[message.contact_id]
        if any(slot.message_id == message.id for slot in seen.taken):
            return decision
        slot = Slot(message.id, now, message.channel, message.purpose, message.topic)
        if gate.contacts.take_slot(message.tenant, message.contact_id, slot, seen):
            return decision
    raise GateBusy


def judge(message: Message, at: datetime, gate: Gate, known: Known) -> Decision:
    """What the gate would say of the message at an instant, from what is known; takes no slot."""
    return decide(_known_facts(message, at, gate, known))


def take_slot(message: Message, facts: Facts, seen: Slots, gate: Gate) -> Decision:
    """As `ask`, for a message that the rules have let go, and what they were asked with.

    Raises:
        GateBusy: others were quicker each time.
    """
    if not caps_of(facts) or any(slot.message_id == message.id for slot in seen.taken):
        return SEND
    slot = Slot(message.id, facts.now, message.channel, message.purpose, message.topic)
    if gate.contacts.take_slot(message.tenant, message.contact_id, slot, seen):
        return SEND
    return ask(message, facts.now, gate)


def give_back(message: Message, gate: Gate) -> None:
    """Free the slot of a message that surely wasn't sent, where it may have one."""
    if gate.rulebook.capped(message.channel, message.purpose):
        gate.contacts.give_back(message.tenant, message.contact_id, message.id)


def _known_facts(message: Message, now: datetime, gate: Gate, known: Known) -> Facts:
    slots = known.slots.get(message.contact_id)
    return facts_of(
        message,
        now,
        gate,
        contact=known.contacts.get(message.contact_id),
        others=sharing(message.contact_id, message.address, known),
        suppressions=known.suppressed.get(message.address, ()),
        slots=slots.taken if slots else (),
    )
