"""Accounting: what has become of the recipients of a run, each counted once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from outbound.domain.message import Status
from outbound.domain.route import DELIVERED_BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from outbound.domain.message import Entry, Message
    from outbound.domain.words import Channel

OPEN = frozenset(
    {Status.ACCEPTED, Status.SCHEDULED, Status.DEFERRED, Status.SENDING},
)
HANDED_OVER = frozenset({Status.SENT, Status.DELIVERED, Status.UNDELIVERED, Status.BOUNCED})
BILLED = HANDED_OVER | {Status.UNCONFIRMED}
NEVER_SENT = frozenset({Status.FAILED, Status.BLOCKED, Status.EXPIRED, Status.CANCELLED})
SAMPLE = 100
"""Handed over, before rates say anything."""
MOST_BOUNCES = Decimal("0.05")
MOST_COMPLAINTS = Decimal("0.001")
"""At 5 % bounces or 0.1 % complaints SES reviews an account.
https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-dashboard.html"""
STATUS, REASON, VARIANT, HOUR, MARK = "status", "reason", "variant", "hour", "mark"
CHANNEL, FELL_BACK, LOOKED = "channel", "fell_back", "looked"
"""With routes. `looked` counts those of whom no further channel can follow any more."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one message stands in the counts. `back` is what its campaign's budget got back.

    With a route, `channel` and `own` are its channel and its own status; `status` is what has
    become of its recipient, for whom another message counts when this one is `passed`.
    """

    status: Status
    variant: str = ""
    reason: str | None = None
    hour: str | None = None
    marks: frozenset[str] = frozenset()
    cost: Decimal = Decimal(0)
    back: Decimal = Decimal(0)
    channel: Channel | None = None
    own: Status | None = None
    passed: bool = False

    @property
    def names(self) -> list[str]:
        """The counts that it is one of."""
        names = [f"{FELL_BACK}:{self.channel}"] if self.passed else self._recipient
        if self.channel is not None:
            names.append(f"{CHANNEL}:{self.channel}:{self.own}")
        return [*names, *(f"{MARK}:{mark}" for mark in sorted(self.marks))]

    @property
    def _recipient(self) -> list[str]:
        names = [f"{STATUS}:{self.status}", f"{VARIANT}:{self.variant}:{self.status}"]
        if self.reason is not None:
            names.append(f"{REASON}:{self.status}:{self.reason}")
        if self.hour is not None:
            names.append(f"{HOUR}:{self.hour}:{self.status}")
        return names


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by name, what was spent in US dollars, and what the budget got back."""

    counts: Mapping[str, int] = field(default_factory=dict)
    cost: Decimal = Decimal(0)
    back: Decimal = Decimal(0)

    def __add__(self, other: Tally) -> Tally:
        counts = _joined(self.counts, other.counts)
        return Tally(counts, self.cost + other.cost, self.back + other.back)

    def __neg__(self) -> Tally:
        counts = {name: -count for name, count in self.counts.items()}
        return Tally(counts, -self.cost, -self.back)

    def of(self, status: Status) -> int:
        """How many messages have this status."""
        return self.counts.get(f"{STATUS}:{status}", 0)

    @property
    def settled(self) -> int:
        """How many have come to an end, or are only waited for by receipts."""
        return sum(self.of(status) for status in Status if status not in OPEN)

    @property
    def open(self) -> int:
        """How many have still to be handed over."""
        return sum(self.of(status) for status in OPEN)

    @property
    def looked(self) -> int:
        """Of how many, who have several channels, none can follow any more."""
        return self.counts.get(LOOKED, 0)

    @property
    def fell_back(self) -> int:
        """How often somebody went on to the next channel."""
        return sum(self.under(FELL_BACK).values())

    def under(self, kind: str) -> dict[str, int]:
        """The counts of a kind, without its name; nothing that is zero."""
        begins = f"{kind}:"
        return {
            name.removeprefix(begins): count
            for name, count in sorted(self.counts.items())
            if name.startswith(begins) and count
        }


def place_of(message: Message) -> Place:
    """Where a message stands.

    One that was called off, because an earlier one arrived after all, stands for who was reached.
    """
    last, routed = message.timeline[-1], message.route is not None
    reached = routed and last.reason == DELIVERED_BEFORE
    status = Status.DELIVERED if reached else message.status
    return Place(
        status=status,
        variant=message.campaign.variant if message.campaign else "",
        reason=None if status in HANDED_OVER else last.reason,
        hour=_hour(message.timeline),
        channel=message.channel if routed else None,
        own=message.status if routed else None,
        passed=message.campaign is not None and message.campaign.passed,
        marks=message.marks,
        cost=message.price.amount if message.price and message.status in BILLED else Decimal(0),
        back=given_back(message),
    )


def given_back(message: Message) -> Decimal:
    """What was taken of the budget for a message that surely was never handed over."""
    taken = message.price if message.campaign and message.campaign.reserved else None
    if taken is None or message.status not in NEVER_SENT:
        return Decimal(0)
    in_doubt = any(entry.status in BILLED for entry in message.timeline)
    return Decimal(0) if in_doubt else taken.amount


def moved(before: Place | None, after: Place | None) -> Tally:
    """What changes in the counts when a message goes from one place to another."""
    plus, minus = (total([place] if place else []) for place in (after, before))
    return plus + -minus


def total(places: Iterable[Place]) -> Tally:
    """The counts of messages."""
    counts: Counter[str] = Counter()
    cost = back = Decimal(0)
    for place in places:
        counts.update(place.names)
        cost += place.cost
        back += place.back
    return Tally(counts, cost, back)


def closes(recipients: int, tally: Tally) -> bool:
    """Whether everybody is accounted for: each once, and nobody still has to be written to."""
    return tally.open == 0 and tally.settled == recipients


def alarming(tally: Tally) -> str | None:
    """Why a run must stop before it costs the account its reputation.

    With a route, that is a matter of each channel; only who gets emails can complain.
    """
    channels = {name.partition(":")[0] for name in tally.under(CHANNEL)}
    ways = [f"{CHANNEL}:{each}" for each in sorted(channels)] or [STATUS]
    for way in ways:
        count = {status: tally.counts.get(f"{way}:{status}", 0) for status in HANDED_OVER}
        sent = sum(count.values())
        if sent < SAMPLE:
            continue
        if count[Status.BOUNCED] > MOST_BOUNCES * sent:
            return "bounce_rate"
        complaints = tally.counts.get(f"{MARK}:complained", 0)
        if way in (STATUS, f"{CHANNEL}:email") and complaints > MOST_COMPLAINTS * sent:
            return "complaint_rate"
    return None


def _hour(timeline: Iterable[Entry]) -> str | None:
    """The hour in which a message first was handed over, or came to its end here."""
    first = next((each for each in timeline if each.status not in OPEN), None)
    return hour_text(first.at) if first else None


def hour_text(instant: datetime) -> str:
    """The hour that an instant lies in."""
    return f"{instant:%Y-%m-%dT%H:00:00Z}"


def _joined(some: Mapping[str, int], others: Mapping[str, int]) -> dict[str, int]:
    joined = Counter(some)
    joined.update(others)
    return {name: count for name, count in joined.items() if count}
