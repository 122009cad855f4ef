"""Record: write down what a provider answered, and what follows from it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.due import retry_delay
from outbound.domain.ids import MessageRef
from outbound.domain.message import Change, Entry, Provider, Status, before
from outbound.domain.outcome import Kind
from outbound.domain.suppression import Suppression
from outbound.domain.words import OnUnconfirmed
from outbound.flow.asking import give_back
from outbound.flow.next_channel import follow
from outbound.flow.stopping import REASON

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.message import Message
    from outbound.domain.outcome import Outcome
    from outbound.flow.deliver import Deliver
    from outbound.ports import Carrier

RECEIPTS = timedelta(days=4)
"""Carriers may report for 72 hours; End User Messaging then sends UNKNOWN."""

UNSENT = (Status.FAILED, Status.EXPIRED)


def record(message: Message, carrier: Carrier, outcome: Outcome, ports: Deliver) -> None:
    """Make the step that the answer stands for.

    A receipt may have been quicker than we are; then it knows more, and its word stands.
    """
    ref = MessageRef(message.tenant, message.id)
    now = ports.clock.now()
    if outcome.kind is Kind.SENT and outcome.provider_id and not carrier.tags_come_back:
        until = now + RECEIPTS
        ports.correlation.link(carrier.name, outcome.provider_id, ref, until=until)
    if outcome.kind is Kind.UNKNOWN and not carrier.tags_come_back and message.lease_until:
        ports.correlation.lose(message.address, message.lease_until - ports.lease, ref)
    if outcome.suppress is not None:
        source = f"{carrier.name} {outcome.code or ''}".rstrip()
        suppression = Suppression(outcome.suppress, now, source)
        ports.suppressions.suppress(message.tenant, message.address, suppression)
    change = step_of(message, carrier.name, outcome, now)
    changed = ports.messages.apply(ref, change)
    if changed is not None:
        ports.signals.count(change.to.capitalize(), channel=message.channel)
        follow(changed, ports.messages, now)
    if change.to in UNSENT:
        give_back(message, ports.gate)
    if outcome.receipt is not None:
        entry = Entry(outcome.receipt, now, "rehearsed")
        step = Change(outcome.receipt, entry, before(outcome.receipt))
        if (rehearsed := ports.messages.apply(ref, step)) is not None:
            follow(rehearsed, ports.messages, now)


def step_of(message: Message, carrier: str, outcome: Outcome, now: datetime) -> Change:
    """The step of a claimed message that an answer of the provider with this name stands for."""
    expected = frozenset({Status.SENDING})
    attempt = message.attempt
    if outcome.kind is Kind.SENT:
        entry = Entry(Status.SENT, now)
        provider = Provider(carrier, outcome.provider_id)
        return Change(Status.SENT, entry, expected, attempt=attempt, provider=provider)
    if outcome.kind is Kind.UNKNOWN:
        resend = message.on_unconfirmed is OnUnconfirmed.RESEND
        entry = Entry(Status.UNCONFIRMED, now, "no_answer", code=outcome.code)
        due = message.lease_until if resend else None
        return Change(Status.UNCONFIRMED, entry, expected, attempt=attempt, due=due)
    if outcome.kind is Kind.PERMANENT:
        entry = Entry(Status.FAILED, now, outcome.reason or "provider_refused", code=outcome.code)
        return Change(Status.FAILED, entry, expected, attempt=attempt)
    if outcome.kind is Kind.STOPPED:
        entry = Entry(Status.DEFERRED, now, REASON, code=outcome.code)
        return Change(Status.DEFERRED, entry, expected, attempt=attempt, parked=message.channel)
    again = now + retry_delay(message.id, message.attempt)
    if again >= message.expires_at:
        entry = Entry(Status.EXPIRED, now, "provider_busy", "expired", outcome.code)
        return Change(Status.EXPIRED, entry, expected, attempt=attempt)
    entry = Entry(Status.DEFERRED, now, "provider_busy", code=outcome.code)
    return Change(Status.DEFERRED, entry, expected, attempt=attempt, due=again, not_before=again)
