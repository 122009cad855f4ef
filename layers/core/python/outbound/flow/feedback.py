"""Feedback: apply receipts. Duplicates, late and early ones all end in the same state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.address import Address
from outbound.domain.message import Change, Entry, Provider, Status, before
from outbound.domain.soft_bounce import worn_out
from outbound.domain.suppression import Suppression
from outbound.domain.tracking import TRACKED
from outbound.flow.asking import give_back
from outbound.flow.next_channel import follow
from outbound.flow.noting import note

if TYPE_CHECKING:
    from outbound.domain.ids import MessageRef
    from outbound.domain.receipt import Receipt
    from outbound.flow.asking import Gate
    from outbound.ports import (
        Clock,
        Correlation,
        HeldReceipts,
        Messages,
        Signals,
        SoftBounces,
        Suppressions,
    )

TRIES = 6
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=15)
"""SQS delays a message by at most 15 minutes; six tries span about half an hour."""
HANDING_OVER = timedelta(seconds=60)
"""How long after its claim a message may have reached its provider: no longer than a lease."""
SKEW = timedelta(seconds=5)
AHEAD = timedelta(minutes=5)
"""A receipt of a later time has a clock that is wrong."""
UNREACHED = (Status.FAILED, Status.UNDELIVERED, Status.BOUNCED)
"""Nobody got such a message, so no cap counts it."""


class Unmatched(Exception):
    """A receipt that names a message of ours which isn't there: a person has to look at it."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What feedback works with."""

    clock: Clock
    messages: Messages
    suppressions: Suppressions
    soft_bounces: SoftBounces
    gate: Gate
    correlation: Correlation
    held: HeldReceipts
    signals: Signals


def receive(receipt: Receipt, ports: Feedback, *, tries: int = 0) -> None:
    """Apply a receipt, or keep it for a while when nothing is known yet that it belongs to.

    A receipt never creates a message. What names none and can't be matched in half an hour belongs
    to another sender in the same AWS account, is counted, and let go.

    Raises:
        Unmatched: it names a message that isn't there after half an hour; its queue keeps it.
    """
    receipt = _until_now(receipt, ports)
    ref = receipt.message or _match(receipt, ports)
    if ref is None or not _apply(receipt, ref, ports):
        if tries < TRIES:
            delay = min(FIRST_DELAY * 2**tries, LONGEST_DELAY)
            ports.held.hold(receipt, tries=tries + 1, delay=delay)
        elif receipt.message is not None:
            raise Unmatched
        else:
            ports.signals.count("UnmatchedReceipts")


def _until_now(receipt: Receipt, ports: Feedback) -> Receipt:
    """A receipt of a clock that is ahead counts as of now: its rest from sending must end."""
    now = ports.clock.now()
    if receipt.at <= now + AHEAD:
        return receipt
    ports.signals.count("ReceiptsAhead")
    return replace(receipt, at=now)


def _apply(receipt: Receipt, ref: MessageRef, ports: Feedback) -> bool:
    """Apply a receipt; False where its message isn't written yet, as that of a chunk may be."""
    if receipt.suppress is not None and not _suppress(ref, receipt, ports):
        return False
    if receipt.soft and not _note_soft(ref, receipt, ports):
        return False
    if receipt.mark is not None and not _mark(ref, receipt.mark, receipt, ports):
        return False
    if receipt.status is None:
        return True
    entry = Entry(receipt.status, receipt.at, "receipt", code=receipt.code)
    provider = Provider(receipt.provider, receipt.provider_id)
    expected, price = before(receipt.status), receipt.price
    change = Change(receipt.status, entry, expected, provider=provider, price=price)
    changed = ports.messages.apply(ref, change)
    if changed is not None:
        ports.signals.count(receipt.status.capitalize())
        if receipt.status in UNREACHED and not changed.redacted:
            give_back(changed, ports.gate)
    message = changed or ports.messages.get(ref)
    if message is None or (changed is None and message.status in change.expected):
        # It isn't there, or was written just after we looked for it.
        return False
    # Again for a receipt that comes again: whoever brought it before may have died here.
    follow(message, ports.messages, ports.clock.now())
    return True


def _suppress(ref: MessageRef, receipt: Receipt, ports: Feedback) -> bool:
    message = ports.messages.get(ref)
    if message is None:
        return False
    if message.redacted or receipt.suppress is None:
        return True
    source = f"{receipt.provider} {receipt.code or ''}".rstrip()
    suppression = Suppression(receipt.suppress, receipt.at, source)
    ports.suppressions.suppress(message.tenant, message.address, suppression)
    return True


def _mark(ref: MessageRef, mark: str, receipt: Receipt, ports: Feedback) -> bool:
    if mark not in TRACKED:
        return ports.messages.mark(ref, mark)
    gate = ports.gate
    return note(ref, mark, receipt.at, ports.messages, gate.contacts, gate.secret)


def _note_soft(ref: MessageRef, receipt: Receipt, ports: Feedback) -> bool:
    message = ports.messages.get(ref)
    if message is None:
        return False
    if message.redacted:
        return True
    times = ports.soft_bounces.note(message.tenant, message.address, message.id, receipt.at)
    suppression = worn_out(times, receipt.at, receipt.provider)
    if suppression is not None:
        ports.suppressions.suppress(message.tenant, message.address, suppression)
    return True


def _match(receipt: Receipt, ports: Feedback) -> MessageRef | None:
    linked = ports.correlation.linked(receipt.provider, receipt.provider_id)
    if linked is not None or receipt.destination is None or receipt.requested_at is None:
        return linked
    lost = ports.correlation.lost(
        Address("phone", receipt.destination),
        since=receipt.requested_at - HANDING_OVER,
        until=receipt.requested_at + SKEW,
    )
    return lost[0] if len(lost) == 1 else None
