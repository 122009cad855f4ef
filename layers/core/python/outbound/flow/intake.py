"""Intake: accept one message. Everything is checked before the first write; ids come first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outbound.domain import due, ids, sms_text
from outbound.domain.address_rules import country
from outbound.domain.content import Body
from outbound.domain.errors import Refusal
from outbound.domain.key import check_purpose
from outbound.domain.message import Entry, Message, Status
from outbound.domain.price import estimate
from outbound.domain.rules import Facts
from outbound.domain.words import Channel, Lane, default_on_unconfirmed
from outbound.flow.content_check import render_checked
from outbound.flow.gate import decide
from outbound.flow.once import check_left_by_crash, repeats, reserve
from outbound.flow.pinning import pin
from outbound.flow.recipient import resolve
from outbound.flow.times import check_times
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.content import Content
    from outbound.domain.key import ApiKey
    from outbound.domain.price import PriceList
    from outbound.domain.words import OnUnconfirmed, Purpose
    from outbound.flow.pinning import Pinned
    from outbound.flow.recipient import Recipient, To
    from outbound.flow.times import Times
    from outbound.ports import (
        Clock,
        Contacts,
        Idempotency,
        Messages,
        Queue,
        Renderer,
        Templates,
        Tokens,
    )


@dataclass(frozen=True, slots=True)
class Intake:
    """What intake works with."""

    clock: Clock
    tokens: Tokens
    secret: bytes
    contacts: Contacts
    messages: Messages
    templates: Templates
    idempotency: Idempotency
    renderer: Renderer
    prices: PriceList
    queue: Queue


@dataclass(frozen=True, slots=True)
class Request:
    """A message as asked for, its form already checked.

    Exactly one of `content` and `template` is set; `template` is (id, version or None).
    """

    to: To
    channel: Channel
    purpose: Purpose
    topic: str | None
    content: Content | None
    template: tuple[str, int | None] | None
    data: Mapping[str, Any]
    send_at: datetime | None
    expires_at: datetime | None
    on_unconfirmed: OnUnconfirmed | None
    idempotency_key: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The message, and whether an earlier request with the same key had made it."""

    message: Message
    replayed: bool


@dataclass(frozen=True, slots=True)
class _Ready:
    """A request that nothing speaks against."""

    times: Times
    pinned: Pinned
    bodies: Mapping[str, str]
    recipient: Recipient


def accept(request: Request, key: ApiKey, ports: Intake) -> Accepted:
    """Write the message and queue it, once for each idempotency key.

    Raises:
        Refusal: nothing was written, or the same request is being worked on right now.
    """
    now = ports.clock.now()
    check_purpose(key, request.purpose)
    try:
        ready = _prepare(request, key, now, ports)
    except Refusal:
        message = _made_before(request, key, now, ports)
        if message is None:
            raise
        return Accepted(message, replayed=True)

    claim, earlier = _reserve(request, key, ready.recipient, now, ports)
    if earlier:
        message = ports.messages.get(ids.MessageRef(key.tenant, claim.resource))
        if message is not None:
            return Accepted(message, replayed=True)
        check_left_by_crash(claim, now)

    message = _message(request, key, claim, ready, now, ports)
    if ready.recipient.new:
        recipient = ready.recipient
        ports.contacts.create(key.tenant, recipient.contact_id, recipient.address, now)
    body = Body(request.content, ready.pinned.template, request.data)
    return _store(message, body, now, ports)


def _prepare(request: Request, key: ApiKey, now: datetime, ports: Intake) -> _Ready:
    times = check_times(request.send_at, request.expires_at, now)
    pinned = pin(request, key.tenant, ports.templates)
    bodies = render_checked(ports.renderer, pinned.content, request.data, pointer=pinned.pointer)
    recipient = resolve(request.to, key.tenant, request.channel, ports.contacts, ports.secret)
    return _Ready(times, pinned, bodies, recipient)


def _made_before(request: Request, key: ApiKey, now: datetime, ports: Intake) -> Message | None:
    claim = repeats(
        ports.idempotency,
        key.tenant,
        key.mode,
        request.idempotency_key,
        request.fingerprint,
        now,
    )
    return ports.messages.get(ids.MessageRef(key.tenant, claim.resource)) if claim else None


def _reserve(
    request: Request, key: ApiKey, recipient: Recipient, now: datetime, ports: Intake
) -> tuple[Claim, bool]:
    cause = request.idempotency_key or ports.tokens.token()
    contact = ids.contact_key(ports.secret, key.tenant, recipient.contact_id)
    resource = ids.message_id(contact, now, key.tenant, key.mode, cause)
    mine = Claim(request.fingerprint, resource, now)
    return reserve(ports.idempotency, key.tenant, key.mode, request.idempotency_key, mine)


def _message(
    request: Request,
    key: ApiKey,
    claim: Claim,
    ready: _Ready,
    now: datetime,
    ports: Intake,
) -> Message:
    times, recipient, bodies = ready.times, ready.recipient, ready.bodies
    suppression = ports.contacts.suppression(key.tenant, recipient.address)
    decision = decide(Facts(now, request.purpose, times.expires_at, suppression))
    first = Entry(Status.ACCEPTED if times.not_before is None else Status.SCHEDULED, claim.at)
    timeline: tuple[Entry, ...] = (first,)
    if decision.verdict == "block" and first.status is Status.ACCEPTED:
        timeline += (Entry(Status.BLOCKED, now, decision.reason, decision.rule),)
    text = sms_text.split(bodies["text"]) if request.channel is Channel.SMS else None
    return Message(
        id=claim.resource,
        tenant=key.tenant,
        contact_id=recipient.contact_id,
        address=recipient.address,
        channel=request.channel,
        lane=Lane.EXPRESS,
        purpose=request.purpose,
        topic=request.topic,
        mode=key.mode,
        template=ready.pinned.template,
        status=timeline[-1].status,
        created_at=claim.at,
        not_before=times.not_before or claim.at,
        expires_at=times.expires_at,
        on_unconfirmed=request.on_unconfirmed or default_on_unconfirmed(request.purpose),
        decision=decision,
        decision_at_intake=decision,
        timeline=timeline,
        sms=(text.encoding, len(text.parts)) if text else None,
        price=estimate(
            ports.prices,
            request.channel,
            country(recipient.address),
            parts=len(text.parts) if text else 0,
            words=sum(len(body.split()) for body in bodies.values()),
        ),
    )


def _store(message: Message, body: Body, now: datetime, ports: Intake) -> Accepted:
    ref = ids.MessageRef(message.tenant, message.id)
    looks = {Status.ACCEPTED: now + due.GRACE, Status.SCHEDULED: message.not_before}
    if not ports.messages.insert(message, body, due=looks.get(message.status)):
        return Accepted(ports.messages.get(ref) or message, replayed=True)
    if message.status is Status.ACCEPTED:
        ports.queue.send(message.channel, message.lane, [ref])
    return Accepted(message, replayed=False)


def initial(message: Message) -> dict[str, Any]:
    """Status and decision as they were answered when the message was accepted."""
    first = message.timeline[0].status
    blocked = first is Status.ACCEPTED and message.decision_at_intake.verdict == "block"
    return {
        "status": Status.BLOCKED if blocked else first,
        "decision": message.decision_at_intake,
    }
