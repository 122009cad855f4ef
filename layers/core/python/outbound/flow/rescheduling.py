"""Rescheduling: a message that has not left leaves at another time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal
from outbound.domain.ids import MessageRef
from outbound.domain.message import WAITING, Change, Entry, Status
from outbound.flow.asking import judge
from outbound.flow.messages import find
from outbound.flow.times import check_times, instant_of

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.key import ApiKey
    from outbound.domain.message import Message
    from outbound.flow.asking import Gate
    from outbound.ports import Clock, Messages

REASON = "rescheduled"
MOST = 50
"""Each change of its time is a line of a message's timeline, and a message is one item."""


@dataclass(frozen=True, slots=True)
class Moved:
    """When a message shall leave instead: an instant, or a time on its contact's clock.

    Without `expires_at` it is tried for as long as it would have been.
    """

    send_at: datetime
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReschedulePorts:
    """What rescheduling works with."""

    clock: Clock
    messages: Messages
    gate: Gate


def reschedule(message_id: str, moved: Moved, key: ApiKey, ports: ReschedulePorts) -> Message:
    """Let a message leave at another time; what is queued of it dies at the claim.

    Raises:
        Refusal: there is no such message, it is on its way or at its end, or the time is wrong.
    """
    message, now = find(message_id, key, ports.messages), ports.clock.now()
    _check(message)
    known = ports.gate.contacts.look_up(
        key.tenant, addresses=[message.address], contact_ids=[message.contact_id]
    )
    send_at = instant_of(moved.send_at, known.contacts.get(message.contact_id))
    times = check_times(send_at, moved.expires_at, now, message.purpose)
    assert times.not_before is not None
    expires_at = times.expires_at
    if moved.expires_at is None and message.not_before < message.expires_at:
        expires_at = times.not_before + (message.expires_at - message.not_before)
    if (times.not_before, expires_at) == (message.not_before, message.expires_at):
        return message
    then = replace(message, expires_at=expires_at)
    decision = judge(then, times.not_before, ports.gate, known)
    entry = Entry(Status.SCHEDULED, now, REASON)
    change = Change(
        Status.SCHEDULED,
        entry,
        WAITING,
        due=times.not_before,
        not_before=times.not_before,
        decision=decision,
    )
    ref = MessageRef(key.tenant, message_id)
    if not ports.messages.reschedule(ref, change, expires_at=expires_at):
        _check(find(message_id, key, ports.messages))
    return find(message_id, key, ports.messages)


def _check(message: Message) -> None:
    """Raises Refusal unless the message may leave at another time."""
    if message.status not in WAITING:
        detail = (
            f"The message is {message.status}; only one that is accepted, scheduled or deferred "
            "can leave at another time."
        )
        raise Refusal("not_reschedulable", detail)
    if message.redacted:
        raise Refusal("not_reschedulable", "The message's contact was erased.")
    if message.campaign is not None:
        raise Refusal("not_reschedulable", "The message belongs to a campaign, which has its time.")
    if sum(entry.reason == REASON for entry in message.timeline) >= MOST:
        raise Refusal("not_reschedulable", f"The message was rescheduled {MOST} times already.")
