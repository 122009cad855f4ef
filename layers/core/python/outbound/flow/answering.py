"""Answering: one text back to a person, as any message goes, derived from what it answers.

Its id comes from its cause, so whoever answers a second time collides with the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain import due, ids, sms_text
from outbound.domain.content import Body, Content
from outbound.domain.instant import to_milliseconds
from outbound.domain.message import Entry, Message, Status
from outbound.domain.words import Channel, Lane, Mode, OnUnconfirmed, Purpose
from outbound.flow.gate import SEND

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.inbound import InboundText
    from outbound.ports import Clock, Messages, Queue

ANSWERED_WITHIN = timedelta(minutes=5)
"""47 CFR 64.1200(a)(12): a confirmation within five minutes counts as what was consented to."""
OPT_OUT, OPT_IN, HELP = "outbound:opt-out", "outbound:opt-in", "outbound:help"
CONTENT = Content(Channel.SMS, {"text": "{{ text }}"})


@dataclass(frozen=True, slots=True)
class Answers:
    """What an answer is sent with."""

    clock: Clock
    secret: bytes
    messages: Messages
    queue: Queue


@dataclass(frozen=True, slots=True)
class Answer:
    """What to tell whom: `contact_id` is who is answered, among those of `tenant`.

    `origination` is the number that was texted, if it is known to be ours.
    """

    tenant: str
    contact_id: str
    topic: str
    text: str
    origination: str | None = None


def answer(to: InboundText, what: Answer, ports: Answers, *, once_an_hour: bool = False) -> bool:
    """Write the answer and queue it; False when there is one already, or it would be too late."""
    now = ports.clock.now()
    expires_at = to.at + ANSWERED_WITHIN
    if now >= expires_at:
        return False
    cause = (_hour(to.at), to.sender.value) if once_an_hour else (to.at, to.id)
    message = _message(to, what, now, expires_at, cause, ports.secret)
    ref = ids.MessageRef(message.tenant, message.id)
    body = Body(CONTENT, None, {"text": what.text})
    if not ports.messages.insert(message, body, due=now + due.GRACE):
        return False
    ports.queue.send(message.channel, message.lane, [ref])
    return True


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _message(
    to: InboundText,
    what: Answer,
    now: datetime,
    expires_at: datetime,
    cause: tuple[datetime, str],
    secret: bytes,
) -> Message:
    contact = ids.contact_key(secret, what.tenant, what.contact_id)
    text = sms_text.split(what.text)
    return Message(
        id=ids.message_id(contact, to_milliseconds(cause[0]), what.tenant, what.topic, cause[1]),
        tenant=what.tenant,
        contact_id=what.contact_id,
        address=to.sender,
        channel=Channel.SMS,
        lane=Lane.EXPRESS,
        purpose=Purpose.TRANSACTIONAL,
        topic=what.topic,
        mode=Mode.LIVE,
        template=None,
        status=Status.ACCEPTED,
        created_at=now,
        not_before=now,
        expires_at=expires_at,
        on_unconfirmed=OnUnconfirmed.NEVER,
        decision=SEND,
        decision_at_intake=SEND,
        timeline=(Entry(Status.ACCEPTED, now),),
        price=None,
        sms=(text.encoding, len(text.parts)),
        origination=what.origination,
    )
