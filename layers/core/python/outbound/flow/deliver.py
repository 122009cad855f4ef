"""Deliver: claim, gate, render, hand over, record.

The claim comes before the call and each call is made once, so a crash or a timeout leaves the
message in doubt (`unconfirmed`), never in two places. The sweep brings it back when its lease is
over, and `on_unconfirmed` says what then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.due import retry_delay
from outbound.domain.ids import MessageRef
from outbound.domain.message import Change, Entry, Status
from outbound.domain.rules import Facts
from outbound.domain.words import Mode, OnUnconfirmed
from outbound.flow.gate import decide
from outbound.flow.pinning import pinned_content
from outbound.flow.record import record
from outbound.ports import MissingVariable, Outgoing, TemplateFault

if TYPE_CHECKING:
    from datetime import timedelta

    from outbound.domain.content import Body
    from outbound.domain.message import Decision, Message
    from outbound.ports import (
        Carrier,
        Claimed,
        Clock,
        Contacts,
        Correlation,
        Messages,
        Renderer,
        Signals,
        Templates,
    )

SENDING = frozenset({Status.SENDING})


@dataclass(frozen=True, slots=True)
class Deliver:
    """What deliver works with. `rehearsal` stands in for the provider under test keys."""

    clock: Clock
    messages: Messages
    contacts: Contacts
    correlation: Correlation
    templates: Templates
    renderer: Renderer
    carrier: Carrier
    rehearsal: Carrier
    signals: Signals
    lease: timedelta


def deliver(ref: MessageRef, ports: Deliver) -> None:
    """Bring one message on its way, if it is to be had; a duplicate ends here without effect.

    Raises:
        Exception: something of ours failed before the hand-over; the message waits again.
    """
    claimed = _claim(ref, ports)
    if claimed is None:
        return
    message = claimed.message
    try:
        outgoing = _prepare(message, claimed.body, ports)
    except Exception:
        # It surely wasn't handed over: without this it would count as in doubt.
        _release(message, ports)
        raise
    if outgoing is None:
        return
    carrier = _carrier(message, ports)
    record(message, carrier, carrier.hand_over(outgoing), ports)


def _carrier(message: Message, ports: Deliver) -> Carrier:
    return ports.rehearsal if message.mode is Mode.TEST else ports.carrier


def _claim(ref: MessageRef, ports: Deliver) -> Claimed | None:
    now = ports.clock.now()
    claimed = ports.messages.claim(ref, now=now, lease=ports.lease)
    if claimed is not None:
        return claimed
    current = ports.messages.get(ref)
    if current is None or current.status is not Status.SENDING:
        return None
    if current.lease_until is None or current.lease_until > now:
        return None
    _give_up(current, ports)
    if current.on_unconfirmed is OnUnconfirmed.NEVER:
        return None
    return ports.messages.claim(ref, now=now, lease=ports.lease)


def _give_up(message: Message, ports: Deliver) -> None:
    """Whoever claimed this message has died; nobody knows whether it was handed over."""
    now = ports.clock.now()
    resend = message.on_unconfirmed is OnUnconfirmed.RESEND
    ref = MessageRef(message.tenant, message.id)
    if not _carrier(message, ports).tags_come_back and message.lease_until is not None:
        ports.correlation.lose(message.address, message.lease_until - ports.lease, ref)
    entry = Entry(Status.UNCONFIRMED, now, "lease_expired")
    change = Change(
        Status.UNCONFIRMED,
        entry,
        SENDING,
        attempt=message.attempt,
        due=now if resend else None,
    )
    if ports.messages.apply(ref, change):
        ports.signals.count("Unconfirmed", channel=message.channel)


def _prepare(message: Message, body: Body, ports: Deliver) -> Outgoing | None:
    now = ports.clock.now()
    ref = MessageRef(message.tenant, message.id)
    suppression = ports.contacts.suppression(message.tenant, message.address)
    decision = decide(Facts(now, message.purpose, message.expires_at, suppression))
    if decision.verdict == "block":
        ports.messages.apply(ref, _blocked(message, decision, ports))
        ports.signals.count("Blocked", channel=message.channel)
        return None
    try:
        content = body.content or pinned_content(body, message, ports.templates)
        bodies = ports.renderer.render(content, body.data)
    except (MissingVariable, TemplateFault) as fault:
        # Intake rendered the same content with the same data, so this is a message from before
        # a change of the language.
        reason = "missing_variable" if isinstance(fault, MissingVariable) else fault.code
        entry = Entry(Status.FAILED, now, reason)
        ports.messages.apply(ref, Change(Status.FAILED, entry, SENDING, attempt=message.attempt))
        return None
    return Outgoing(ref, message.attempt, message.address, message.purpose, bodies)


def _blocked(message: Message, decision: Decision, ports: Deliver) -> Change:
    status = Status.EXPIRED if decision.rule == "expired" else Status.BLOCKED
    entry = Entry(status, ports.clock.now(), decision.reason, decision.rule)
    return Change(status, entry, SENDING, attempt=message.attempt, decision=decision)


def _release(message: Message, ports: Deliver) -> None:
    now = ports.clock.now()
    again = now + retry_delay(message.id, message.attempt)
    entry = Entry(Status.DEFERRED, now, "internal_error")
    ports.messages.apply(
        MessageRef(message.tenant, message.id),
        Change(
            Status.DEFERRED,
            entry,
            SENDING,
            attempt=message.attempt,
            due=again,
            not_before=again,
        ),
    )
