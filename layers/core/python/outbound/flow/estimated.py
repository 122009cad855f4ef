"""What an estimate has found so far, and where it goes on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from outbound.domain.due import minute_of
from outbound.domain.message import Status
from outbound.flow.bulk.budget import afford, cost

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound.domain.message import Decision
    from outbound.domain.run import Point
    from outbound.domain.words import Channel
    from outbound.flow.bulk.member import Member

SAMPLE = 10


@dataclass(slots=True)
class Sum:
    """What was found of the recipients so far. None of them is kept but the sample.

    `left` is what the campaign's budget still has, if it has one; `last` the last one's turn.
    """

    left: Decimal | None
    last: datetime | None = None
    decisions: Counter[tuple[str, Decision]] = field(default_factory=Counter)
    deferred: Counter[datetime] = field(default_factory=Counter)
    channels: Counter[Channel] = field(default_factory=Counter)
    sample: list[Member] = field(default_factory=list)
    parts: int = 0
    price: Decimal = Decimal(0)
    others: Decimal = Decimal(0)
    unpriced: int = 0

    def add(self, turns: Sequence[Sequence[Member]], turn: datetime) -> None:
        """Recipients whose turn is the same, on each of their channels."""
        members = list(turns[0])
        if self.left is not None:
            members = afford(members, self.left, turn)
            self.left -= cost(members)
        self.last = max(self.last or turn, turn)
        self.sample += members[: SAMPLE - len(self.sample)]
        self.channels.update(each.message.channel for each in members)
        self.decisions.update(_said(each) for each in members)
        self.deferred.update(
            minute_of(each.message.not_before).replace(minute=0)
            for each in members
            if each.message.status is Status.DEFERRED
        )
        paid, prices = _paid(members)
        self.parts += sum(each.message.sms[1] for each in paid if each.message.sms)
        self.price += sum(prices, Decimal(0))
        self.unpriced += len(paid) - len(prices)
        self.others += sum(_paid([each for others in turns[1:] for each in others])[1], Decimal(0))

    @property
    def at_most(self) -> Decimal:
        """What it may cost in all, within its budget."""
        if self.left is None:
            return self.price + self.others
        return self.price + min(self.others, self.left)


@dataclass(frozen=True, slots=True)
class Looked:
    """How far an estimate has come: behind so many chunks (`within`) of the step at a point.

    It goes on as of the same instant, with the sums that it had, for the campaign as it was
    changed last.
    """

    changed_at: datetime
    at: datetime
    begins: datetime | None
    point: Point
    within: int
    total: Sum


def _paid(members: Sequence[Member]) -> tuple[list[Member], list[Decimal]]:
    """Who may be written to, and what those cost whose price is known."""
    paid = [each for each in members if each.outgoing or each.message.status is Status.DEFERRED]
    return paid, [each.message.price.amount for each in paid if each.message.price]


def _said(member: Member) -> tuple[str, Decision]:
    """What would be done, and the decision without an instant, so that equal ones are counted."""
    decision = member.message.decision
    return decision.verdict, replace(decision, until=None)
