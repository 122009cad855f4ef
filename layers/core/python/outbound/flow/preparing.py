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
from outbound.flow.content_check import check_length, compiled, render_checked
from outbound.flow.coupons import expected
from outbound.flow.enclosures import Envelope, check_enclosed, check_pages
from outbound.flow.falling_back import with_link
from outbound.flow.gate import SEND, decide
from outbound.flow.links import placeholders
from outbound.flow.measure import measure
from outbound.flow.organisation import ORGANISATION, Details
from outbound.flow.pinning import formatting_for, pin
from outbound.flow.recipient import resolve
from outbound.flow.scope import (
    SOME_ID,
    check_data,
    contact_view,
    message_view,
    scope_of,
    used_of,
)
from outbound.flow.shortening import rehearsed
from outbound.flow.times import check_times, instant_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.content import Content
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
    """A request that nothing speaks against; `bodies` are rendered, `body` is what is kept."""

    request: Request
    times: Times
    pinned: Pinned
    bodies: Mapping[str, str]
    body: Body
    recipient: Recipient
    measured: Measured
    sender: Sender | None


def prepare(request: Request, key: ApiKey, known: Known, now: datetime, ports: Intake) -> Ready:
    """Check one request.

    Raises:
        Refusal: something speaks against it.
    """
    check_purpose(key, request.purpose)
    recipient = resolve(request.to, key.tenant, request.channel, known, ports.secret, now)
    send_at = instant_of(request.send_at, recipient.contact) if request.send_at else None
    times = check_times(send_at, request.expires_at, now, request.purpose)
    pinned = pin(request, recipient.contact, ports.templates, ports.organisations)
    sender = None
    if request.channel is Channel.EMAIL:
        sender = ports.senders.choose(key.tenant, pinned.content.sender, pinned.pointer)
    check_data(request.data)
    uses = compiled(ports.renderer, pinned.content, pinned.pointer)
    formatting = None
    if uses.localised:
        formatting = formatting_for(pinned, recipient.contact, ports.organisations)
    organisation = Details(key.tenant, ports.organisations)
    shortening = rehearsed(ports.pages_url, short_pages=request.channel is Channel.SMS)
    coupon = expected(request, key.tenant, times, now, ports.coupons)
    scope = scope_of(
        {**pinned.values(request.data), **coupon},
        contact=contact_view(recipient.contact),
        message=message_view(SOME_ID, request.channel, request.purpose),
        links=placeholders() if request.channel is Channel.EMAIL else {},
        organisation=organisation,
        shortening=shortening if request.channel is not Channel.VOICE else None,
    )
    bodies = render_checked(
        ports.renderer, pinned.content, scope, formatting, pointer=pinned.pointer
    )
    envelope = Envelope(key.tenant, recipient.address, times.expires_at, pinned.pointer)
    check_pages(shortening.media_ids, envelope, now, ports.media)
    media_id = pinned.content.enclosed.media_id
    if check_enclosed(pinned.content, bodies, envelope, now, ports.media) and media_id:
        bodies = with_link(bodies, shortening.media_page(media_id))
        check_length(pinned.content.channel, bodies, pinned.pointer)
        media_id = None
    measured = measure(pinned, bodies, recipient.address, ports.terms, media=media_id is not None)
    body = Body(
        _without_sender(request.content),
        pinned.template,
        {**request.data, **({ORGANISATION: dict(organisation)} if organisation.used else {})},
        request.coupon_pool,
        used_of(contact_view(recipient.contact), uses.paths.values()),
        formatting,
    )
    return Ready(request, times, pinned, bodies, body, recipient, measured, sender)


def _without_sender(content: Content | None) -> Content | None:
    """The message itself has its sender."""
    if content is not None and content.sender is not None:
        return replace(content, sender=None)
    return content


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
