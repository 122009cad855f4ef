"""The message: what it is, what may become of it, and how it tells its story."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.light import light

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from outbound.domain.address import Address
    from outbound.domain.content import TemplateRef
    from outbound.domain.price import Price
    from outbound.domain.sender import Sender
    from outbound.domain.words import Channel, Lane, Mode, OnUnconfirmed, Purpose, RouteMode


class Status(StrEnum):
    """Where a message is on its way."""

    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    DEFERRED = "deferred"
    SENDING = "sending"
    UNCONFIRMED = "unconfirmed"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    BOUNCED = "bounced"
    FAILED = "failed"
    BLOCKED = "blocked"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


WAITING = frozenset({Status.ACCEPTED, Status.SCHEDULED, Status.DEFERRED})
_RECEIVED = frozenset({Status.SENT, Status.UNDELIVERED, Status.DELIVERED, Status.BOUNCED})
_ENDED_HERE = frozenset({Status.BLOCKED, Status.EXPIRED, Status.FAILED, Status.DEFERRED})

# A receipt tells what happened outside, so it may also come after we gave up on a message that
# had been handed over once, or while that message waits for another attempt. Receipts only ever
# climb sent < failed < undelivered < delivered < bounced, so their order of arrival doesn't
# matter.
_LATE = _RECEIVED - {Status.SENT}
_LEAVES = frozenset({Status.SENDING, Status.SCHEDULED, Status.DEFERRED, Status.CANCELLED})
FOLLOWS: Mapping[Status, frozenset[Status]] = {
    Status.ACCEPTED: _LEAVES,
    Status.SCHEDULED: _LEAVES | _RECEIVED | {Status.FAILED},
    Status.DEFERRED: _LEAVES | _RECEIVED | {Status.FAILED},
    Status.SENDING: _RECEIVED | _ENDED_HERE | {Status.UNCONFIRMED, Status.CANCELLED},
    Status.UNCONFIRMED: _RECEIVED | {Status.SENDING, Status.FAILED},
    Status.SENT: _LATE | {Status.FAILED},
    Status.FAILED: _LATE,
    Status.EXPIRED: _LATE,
    Status.BLOCKED: _LATE,
    Status.UNDELIVERED: frozenset({Status.DELIVERED, Status.BOUNCED}),
    Status.DELIVERED: frozenset({Status.BOUNCED}),
    Status.BOUNCED: frozenset(),
    Status.CANCELLED: _LATE,
}


def before(status: Status) -> frozenset[Status]:
    """The statuses that `status` may follow."""
    return frozenset(earlier for earlier, later in FOLLOWS.items() if status in later)


@light
@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a message's timeline."""

    status: Status
    at: datetime
    reason: str | None = None
    rule: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the gate said, with the rule that decided and where that rule comes from."""

    verdict: str
    rule: str | None = None
    source: str | None = None
    reason: str | None = None
    until: datetime | None = None


@light
@dataclass(frozen=True, slots=True)
class Provider:
    """Who took the message, and under which id."""

    name: str
    id: str | None


@dataclass(frozen=True, slots=True)
class CampaignRef:
    """Which run of which campaign a message belongs to; `variant` is empty without a comparison.

    `reserved` says that its price was taken of the campaign's budget, `passed` that its recipient
    went on to the next channel: the message there counts for them.
    """

    id: str
    run: str
    variant: str = ""
    reserved: bool = False
    passed: bool = False


@dataclass(frozen=True, slots=True)
class RouteRef:
    """The route that a message belongs to.

    `channels` are all that were asked for, in the order in which they are tried; the contact may
    have no address for some of them. With the mode `first`, the next one's turn comes where a
    message isn't delivered `after` it was handed over.
    """

    id: str
    mode: RouteMode
    after: timedelta
    channels: tuple[Channel, ...]


@dataclass(frozen=True)
class Message:
    """One text for one contact on one channel: what is gated, sent, tracked and billed.

    `sms` is encoding and parts of a text, and `smart_encoding` whether it was asked to be written
    with the signs of GSM-7; `voice` the voice of a call and the seconds it takes.
    `sender` is who an email is from, `origination` the number that a text is from; None is the
    deployment's.
    """

    id: str
    tenant: str
    contact_id: str
    address: Address
    channel: Channel
    lane: Lane
    purpose: Purpose
    topic: str | None
    mode: Mode
    template: TemplateRef | None
    status: Status
    created_at: datetime
    not_before: datetime
    expires_at: datetime
    on_unconfirmed: OnUnconfirmed
    decision: Decision
    decision_at_intake: Decision
    timeline: tuple[Entry, ...]
    price: Price | None
    sms: tuple[str, int] | None = None
    smart_encoding: bool = False
    voice: tuple[str, int] | None = None
    sender: Sender | None = None
    origination: str | None = None
    campaign: CampaignRef | None = None
    route: RouteRef | None = None
    attempt: int = 0
    lease_until: datetime | None = None
    parked: bool = False
    provider: Provider | None = None
    marks: frozenset[str] = field(default_factory=frozenset)

    @property
    def redacted(self) -> bool:
        """Whether its contact was erased, and with it all that the message held of them."""
        return not self.address.value


@light
@dataclass(frozen=True, slots=True)
class Change:
    """One step of a message, made only if it still is where we believe it to be.

    `attempt` names the claim that must still be the latest. `due` is when the sweep shall look
    at the message again; None means never. `parked` instead of it: as soon as this channel, being
    stopped, takes messages again.
    """

    to: Status
    entry: Entry
    expected: frozenset[Status]
    attempt: int | None = None
    due: datetime | None = None
    parked: Channel | None = None
    not_before: datetime | None = None
    provider: Provider | None = None
    decision: Decision | None = None
    price: Price | None = None
