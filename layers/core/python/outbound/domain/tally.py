"""Accounting: what has become of the recipients of a run, each counted once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from outbound.domain.message import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from outbound.domain.message import Entry, Message

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


@dataclass(frozen=True, slots=True)
class Place:
    """Where one message stands in the counts. `back` is what its campaign's budget got back."""

    status: Status
    variant: str = ""
    reason: str | None = None
    hour: str | None = None
    marks: frozenset[str] = frozenset()
    cost: Decimal = Decimal(0)
    back: Decimal = Decimal(0)

    @property
    def names(self) -> list[str]:
        """The counts that it is one of."""
        names = [f"{STATUS}:{self.status}", f"{VARIANT}:{self.variant}:{self.status}"]
        if self.reason is not None:
            names.append(f"{REASON}:{self.status}:{self.reason}")
        if self.hour is not None:
            names.append(f"{HOUR}:{self.hour}:{self.status}")
        return [*names, *(f"{MARK}:{mark}" for mark in sorted(self.marks))]


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

    def under(self, kind: str) -> dict[str, int]:
        """The counts of a kind, without its name; nothing that is zero."""
        begins = f"{kind}:"
        return {
            name.removeprefix(begins): count
            for name, count in sorted(self.counts.items())
            if name.startswith(begins) and count
        }


def place_of(message: Message) -> Place:
    """Where a message stands."""
    last = message.timeline[-1]
    return Place(
        status=message.status,
        variant=message.campaign.variant if message.campaign else "",
        reason=None if message.status in HANDED_OVER else last.reason,
        hour=_hour(message.timeline),
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
    """Why a run must stop before it costs the account its reputation."""
    sent = sum(tally.of(status) for status in HANDED_OVER)
    if sent < SAMPLE:
        return None
    if tally.of(Status.BOUNCED) > MOST_BOUNCES * sent:
        return "bounce_rate"
    if tally.counts.get(f"{MARK}:complained", 0) > MOST_COMPLAINTS * sent:
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
