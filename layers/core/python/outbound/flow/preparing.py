"""Preparing: all that is checked of a message before anything of it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain import due, ids
from outbound.domain.content import Body
from outbound.domain.key import check_purpose
from outbound.domain.message import WAITING, Entry, Message, Status
from outbound.domain.words import Channel, Lane, default_on_unconfirmed
from outbound.flow.asking import facts_of
from outbound.flow.content_check import render_checked
from outbound.flow.coupons import expected
from outbound.flow.enclosures import Envelope, check_enclosed
from outbound.flow.gate import SEND, decide
from outbound.flow.links import check_data, placeholders, scope
from outbound.flow.measure import measure
from outbound.flow.organisation import ORGANISATION, Details
from outbound.flow.pinning import pin
from outbound.flow.recipient import resolve
from outbound.flow.times import check_times

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from outbound.domain.key import ApiKey
    from outbound.domain.sender import Sender
    from outbound.flow.intake import Intake, Request
    from outbound.flow.measure import Measured
    from outbound.flow.pinning import Pinned
    from outbound.flow.recipient import Recipient
    from outbound.flow.times import Times
    from outbound.ports import Claim, Known


@dataclass(frozen=True, slots=True)
class Ready:
    """A request that nothing speaks against; `data` is the request's, and what is kept with it."""

    request: Request
    times: Times
    pinned: Pinned
    bodies: Mapping[str, str]
    data: Mapping[str, Any]
    recipient: Recipient
    measured: Measured
    sender: Sender | None

    @property
    def body(self) -> Body:
        """What the message will say, before it is rendered; the message itself has its sender."""
        content = self.request.content
        if content is not None and content.sender is not None:
            content = replace(content, sender=None)
        return Body(content, self.pinned.template, self.data, self.request.coupon_pool)


def prepare(request: Request, key: ApiKey, known: Known, now: datetime, ports: Intake) -> Ready:
    """Check one request.

    Raises:
        Refusal: something speaks against it.
    """
    check_purpose(key, request.purpose)
    times = check_times(request.send_at, request.expires_at, now, request.purpose)
    pinned = pin(request, key.tenant, ports.templates)
    sender = None
    if request.channel is Channel.EMAIL:
        sender = ports.senders.choose(key.tenant, pinned.content.sender, pinned.pointer)
    check_data(request.data)
    organisation = Details(key.tenant, ports.organisations)
    links = placeholders() if request.channel is Channel.EMAIL else {}
    coupon = expected(request, key.tenant, times, now, ports.coupons)
    values = scope({**request.data, ORGANISATION: organisation, **coupon}, links)
    bodies = render_checked(ports.renderer, pinned.content, values, pointer=pinned.pointer)
    recipient = resolve(request.to, key.tenant, request.channel, known, ports.secret, now)
    envelope = Envelope(key.tenant, recipient.address, times.expires_at, pinned.pointer)
    check_enclosed(pinned.content, bodies, envelope, now, ports.media)
    measured = measure(pinned, bodies, recipient.address, ports.terms)
    own = {ORGANISATION: dict(organisation)} if organisation.used else {}
    data = {**request.data, **own}
    return Ready(request, times, pinned, bodies, data, recipient, measured, sender)


def id_for(recipient: Recipient, at: datetime, cause: str, key: ApiKey, ports: Intake) -> str:
    """The id of the message that `cause`, at this time, brings about."""
    contact = ids.contact_key(ports.secret, key.tenant, recipient.contact.id)
    return ids.message_id(contact, at, key.tenant, key.mode, cause)


def message_of(ready: Ready, key: ApiKey, claim: Claim, now: datetime, ports: Intake) -> Message:
    """The message as it is written: its id and time those of its claim, decided upon now.

    One that is to be sent later is judged as of then. What has to wait for a lawful hour waits
    from the beginning; the gate is asked again when it leaves.
    """
    message = _message(ready, key, claim, ports)
    at = max(now, message.not_before)
    recipient = ready.recipient
    facts = facts_of(
        message,
        at,
        ports.gate,
        contact=recipient.contact,
        others=recipient.others,
        suppressions=recipient.suppressions,
    )
    decision = decide(facts)
    message = replace(message, decision=decision, decision_at_intake=decision)
    if message.status is not Status.ACCEPTED or decision.verdict == "send":
        return message
    status = Status.BLOCKED if decision.verdict == "block" else Status.DEFERRED
    entry = Entry(status, now, decision.reason, decision.rule)
    return replace(
        message,
        status=status,
        timeline=(*message.timeline, entry),
        not_before=decision.until or message.not_before,
    )


def _message(ready: Ready, key: ApiKey, claim: Claim, ports: Intake) -> Message:
    request, times, recipient = ready.request, ready.times, ready.recipient
    measured = ready.measured
    first = Entry(Status.ACCEPTED if times.not_before is None else Status.SCHEDULED, claim.at)
    return Message(
        id=claim.resource,
        tenant=key.tenant,
        contact_id=recipient.contact.id,
        address=recipient.address,
        channel=request.channel,
        lane=Lane.EXPRESS,
        purpose=request.purpose,
        topic=request.topic,
        mode=key.mode,
        template=ready.pinned.template,
        status=first.status,
        created_at=claim.at,
        not_before=times.not_before or claim.at,
        expires_at=times.expires_at,
        on_unconfirmed=request.on_unconfirmed or default_on_unconfirmed(request.purpose),
        decision=SEND,
        decision_at_intake=SEND,
        timeline=(first,),
        sms=measured.sms,
        smart_encoding=ready.pinned.content.smart_encoding,
        voice=measured.voice,
        sender=ready.sender,
        price=measured.price,
    )


def due_of(message: Message, now: datetime) -> datetime | None:
    """When the sweep shall look at a message that is written now."""
    if message.status is Status.ACCEPTED:
        return now + due.GRACE
    return message.not_before if message.status in WAITING else None
