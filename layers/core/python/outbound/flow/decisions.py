"""Decisions without messages: may these contacts be written to at a time, and why?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal
from outbound.domain.ids import address_key
from outbound.domain.rules.facts import Facts
from outbound.flow.gate import decide
from outbound.flow.recipient import To, look_up, sharing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound.domain.message import Decision
    from outbound.domain.words import Channel, Purpose
    from outbound.flow.asking import Gate
    from outbound.ports import Known

LIFE = timedelta(days=8)
"""A message that waits for its hour is taken to be good until then, however long it has to wait."""


@dataclass(frozen=True, slots=True)
class Question:
    """What would be sent, when, and to whom."""

    at: datetime
    channel: Channel
    purpose: Purpose
    topic: str | None
    contact_ids: Sequence[str]


def decisions(question: Question, tenant: str, gate: Gate) -> list[Decision | Refusal]:
    """The gate's answer for each contact, in the order they were named."""
    named = [(To(contact_id=each), question.channel) for each in question.contact_ids]
    known = look_up(named, tenant, gate.contacts, gate.secret, slots=True)
    return [decision_on(question, each, tenant, known, gate) for each in question.contact_ids]


def decision_on(
    question: Question, contact_id: str, tenant: str, known: Known, gate: Gate
) -> Decision | Refusal:
    """The gate's answer for one contact, from what is known of it."""
    contact = known.contacts.get(contact_id)
    if contact is None or contact.erased:
        return Refusal("unknown_contact", "There is no contact with this id.")
    address = contact.address_for(question.channel)
    if address is None:
        detail = f"The contact has no address for {question.channel}."
        return Refusal("no_address_for_channel", detail)
    slots = known.slots.get(contact_id)
    return decide(
        Facts(
            now=question.at,
            message_id="",
            accepted_at=question.at,
            channel=question.channel,
            purpose=question.purpose,
            topic=question.topic,
            expires_at=question.at + LIFE,
            address=address,
            address_key=address_key(gate.secret, tenant, address.value),
            contact=contact,
            others=sharing(contact_id, address, known),
            suppressions=known.suppressed.get(address, ()),
            slots=slots.taken if slots else (),
            rulebook=gate.rulebook,
        )
    )
