"""Intake: accept one message. Everything is checked before the first write; ids come first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outbound.domain import ids
from outbound.domain.errors import Refusal
from outbound.domain.key import check_purpose
from outbound.domain.message import Status
from outbound.flow.once import check_left_by_crash, repeats, reserve
from outbound.flow.preparing import due_of, id_for, message_of, prepare
from outbound.flow.recipient import look_up, make_contacts
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.content import Body, Content
    from outbound.domain.key import ApiKey
    from outbound.domain.message import Message
    from outbound.domain.sender import Senders
    from outbound.domain.words import Channel, OnUnconfirmed, Purpose
    from outbound.flow.asking import Gate
    from outbound.flow.enclosures import MediaIntake
    from outbound.flow.measure import Terms
    from outbound.flow.preparing import Ready
    from outbound.flow.recipient import To
    from outbound.ports import (
        Clock,
        CouponPools,
        Idempotency,
        Messages,
        Organisations,
        Queue,
        Renderer,
        Tokens,
        Versions,
    )


DECIDED = {"block": Status.BLOCKED, "defer": Status.DEFERRED}


@dataclass(frozen=True, slots=True)
class Intake:
    """What intake works with; `pages_url` is as long as where the pages are."""

    clock: Clock
    tokens: Tokens
    gate: Gate
    messages: Messages
    templates: Versions
    idempotency: Idempotency
    renderer: Renderer
    terms: Terms
    queue: Queue
    media: MediaIntake
    senders: Senders
    coupons: CouponPools
    organisations: Organisations
    pages_url: str

    @property
    def secret(self) -> bytes:
        """The key of all keyed digests."""
        return self.gate.secret


@dataclass(frozen=True, slots=True)
class TemplateChoice:
    """A stored template: the published version, and the contact's locale, if not said."""

    id: str
    version: int | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A message as asked for, its form already checked.

    Exactly one of `content` and `template` is set. `coupon_pool` is where its code comes from, if
    it has one. `content_at` is where the content stands in what was asked. A `send_at` without an
    offset is on the contact's own clock.
    """

    to: To
    channel: Channel
    purpose: Purpose
    topic: str | None
    content: Content | None
    template: TemplateChoice | None
    data: Mapping[str, Any]
    send_at: datetime | None
    expires_at: datetime | None
    on_unconfirmed: OnUnconfirmed | None
    idempotency_key: str | None
    fingerprint: str
    coupon_pool: str | None = None
    content_at: str = "/content"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The message, and whether an earlier request with the same key had made it."""

    message: Message
    replayed: bool


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What would become of a request: the message, and what it would say."""

    message: Message
    bodies: Mapping[str, str]


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

    claim, earlier = claim_for(ready, key, now, ports)
    if earlier:
        message = ports.messages.get(ids.MessageRef(key.tenant, claim.resource))
        if message is not None:
            return Accepted(message, replayed=True)
        check_left_by_crash(claim, now)

    message = message_of(ready, key, claim, now, ports)
    make_contacts([ready.recipient], ports.gate.contacts)
    return store(message, ready.body, now, ports)


def rehearse(request: Request, key: ApiKey, ports: Intake) -> Rehearsed:
    """Check a request as `accept` does, and write nothing.

    Raises:
        Refusal: as `accept` does.
    """
    now = ports.clock.now()
    ready = _prepare(request, key, now, ports)
    claim = Claim(request.fingerprint, id_for(ready.recipient, now, "", key, ports), now)
    return Rehearsed(message_of(ready, key, claim, now, ports), ready.bodies)


def claim_for(ready: Ready, key: ApiKey, now: datetime, ports: Intake) -> tuple[Claim, bool]:
    """The claim of a request's idempotency key, and whether an earlier request made it.

    Raises:
        Refusal: the key was used with another request.
    """
    request = ready.request
    cause = request.idempotency_key or ports.tokens.token()
    mine = Claim(request.fingerprint, id_for(ready.recipient, now, cause, key, ports), now)
    return reserve(ports.idempotency, key.tenant, key.mode, request.idempotency_key, mine)


def _prepare(request: Request, key: ApiKey, now: datetime, ports: Intake) -> Ready:
    known = look_up([(request.to, request.channel)], key.tenant, ports.gate.contacts, ports.secret)
    return prepare(request, key, known, now, ports)


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


def store(message: Message, body: Body, now: datetime, ports: Intake) -> Accepted:
    """Write a message once, and queue it if it may leave now."""
    ref = ids.MessageRef(message.tenant, message.id)
    if not ports.messages.insert(message, body, due=due_of(message, now)):
        return Accepted(ports.messages.get(ref) or message, replayed=True)
    if message.status is Status.ACCEPTED:
        ports.queue.send(message.channel, message.lane, [ref])
    return Accepted(message, replayed=False)


def initial(message: Message) -> dict[str, Any]:
    """Status and decision as they were answered when the message was accepted."""
    first, decision = message.timeline[0].status, message.decision_at_intake
    if first is Status.ACCEPTED:
        first = DECIDED.get(decision.verdict, first)
    return {"status": first, "decision": decision}
