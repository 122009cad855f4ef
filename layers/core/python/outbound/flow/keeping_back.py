"""Keeping back: what is written of a claimed message that isn't handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.due import retry_delay
from outbound.domain.ids import MessageRef
from outbound.domain.message import Change, Entry, Status
from outbound.flow.asking import give_back
from outbound.flow.next_channel import SENDING, follow

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.message import Decision, Message
    from outbound.flow.deliver import Deliver


def fail(message: Message, reason: str, ports: Deliver) -> None:
    """Write down that it can't be sent."""
    entry = Entry(Status.FAILED, ports.clock.now(), reason)
    change = Change(Status.FAILED, entry, SENDING, attempt=message.attempt)
    failed = ports.messages.apply(MessageRef(message.tenant, message.id), change)
    if failed is not None:
        follow(failed, ports.messages, entry.at)
    give_back(message, ports.gate)


def hold(message: Message, decision: Decision, now: datetime, ports: Deliver) -> None:
    """Write down that the gate didn't let it leave: for good, or until an instant."""
    status = Status.DEFERRED if decision.verdict == "defer" else _ended(decision)
    change = Change(
        status,
        Entry(status, now, decision.reason, decision.rule),
        SENDING,
        attempt=message.attempt,
        due=decision.until,
        not_before=decision.until,
        decision=decision,
    )
    changed = ports.messages.apply(MessageRef(message.tenant, message.id), change)
    if changed is not None:
        ports.signals.count(status.capitalize(), channel=message.channel)
        follow(changed, ports.messages, now)
    if decision.verdict == "block" and message.attempt > 1:
        give_back(message, ports.gate)


def _ended(decision: Decision) -> Status:
    return Status.EXPIRED if decision.rule == "expired" else Status.BLOCKED


def release(message: Message, ports: Deliver) -> None:
    """Let a claimed message wait again after a fault of ours: it surely wasn't handed over."""
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
