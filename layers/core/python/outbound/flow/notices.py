"""Notices: messages of our own, as any message goes, derived from what brings them about.

Their ids come from their causes, so whoever writes one a second time collides with the first; they
are never resent when in doubt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain import due, ids
from outbound.domain.content import Body
from outbound.domain.instant import to_milliseconds
from outbound.domain.message import Entry, Message, Status
from outbound.domain.words import Lane, Mode, OnUnconfirmed, Purpose
from outbound.flow.gate import SEND

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.content import Content
    from outbound.domain.sender import Sender
    from outbound.domain.sms_text import SmsText
    from outbound.ports import Clock, Messages, Queue


@dataclass(frozen=True, slots=True)
class NoticePorts:
    """What a notice is sent with."""

    clock: Clock
    secret: bytes
    messages: Messages
    queue: Queue


@dataclass(frozen=True, slots=True)
class Notice:
    """What to tell whom: `contact_id` is who is told, among those of `tenant`.

    `cause` is when and by what it was brought about. `origination` is the number that a text is
    to come from, `sender` who an email is from, where it isn't the usual.
    """

    tenant: str
    contact_id: str
    address: Address
    topic: str
    content: Content
    data: Mapping[str, str]
    cause: tuple[datetime, str]
    expires_at: datetime
    sms: SmsText | None = None
    origination: str | None = None
    sender: Sender | None = None


def send_notice(notice: Notice, ports: NoticePorts) -> bool:
    """Write the message and queue it; False when there is one already."""
    now = ports.clock.now()
    message = _message(notice, now, ports.secret)
    ref = ids.MessageRef(message.tenant, message.id)
    body = Body(notice.content, None, notice.data)
    if not ports.messages.insert(message, body, due=now + due.GRACE):
        return False
    ports.queue.send(message.channel, message.lane, [ref])
    return True


def _message(notice: Notice, now: datetime, secret: bytes) -> Message:
    contact = ids.contact_key(secret, notice.tenant, notice.contact_id)
    at, what = to_milliseconds(notice.cause[0]), notice.cause[1]
    sms = notice.sms
    return Message(
        id=ids.message_id(contact, at, notice.tenant, notice.topic, what),
        tenant=notice.tenant,
        contact_id=notice.contact_id,
        address=notice.address,
        channel=notice.content.channel,
        lane=Lane.EXPRESS,
        purpose=Purpose.TRANSACTIONAL,
        topic=notice.topic,
        mode=Mode.LIVE,
        template=None,
        status=Status.ACCEPTED,
        created_at=now,
        not_before=now,
        expires_at=notice.expires_at,
        on_unconfirmed=OnUnconfirmed.NEVER,
        decision=SEND,
        decision_at_intake=SEND,
        timeline=(Entry(Status.ACCEPTED, now),),
        price=None,
        sms=(sms.encoding, len(sms.parts)) if sms else None,
        origination=notice.origination,
        sender=notice.sender,
    )
