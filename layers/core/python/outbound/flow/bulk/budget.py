"""The budget: what a campaign may cost is taken from it before anything leaves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from outbound.domain.message import Decision, Status
from outbound.flow.bulk.member import Member, kept_back
from outbound.ports import BudgetSpent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.domain.run import Chunk
    from outbound.ports import Runs

SPENT = Decision("block", "campaign.budget", "the campaign", "budget_spent")


def price(member: Member) -> Decimal:
    """What a member may come to cost."""
    return member.price or Decimal(0)


def cost(members: Sequence[Member]) -> Decimal:
    """What members may come to cost."""
    return sum(map(price, members), Decimal(0))


def claim(
    members: list[Member],
    claimed: Callable[[Sequence[Member]], Chunk],
    campaign: Campaign,
    now: datetime,
    runs: Runs,
) -> tuple[Chunk, list[Member]] | None:
    """The chunk as claimed, with the members whose price could be taken; others are blocked.

    None where somebody else has the chunk.
    """
    budget = campaign.settings.budget
    while True:
        chunk = claimed(members)
        try:
            if runs.advance(chunk, reserve=cost(members), budget=budget):
                return chunk, members
        except BudgetSpent:
            assert budget is not None
            left = budget - runs.reserved(campaign.tenant, campaign.id)
            members = afford(members, left, now)
        else:
            return None


def afford(
    members: Sequence[Member],
    left: Decimal,
    now: datetime,
    *,
    price_of: Callable[[Member], Decimal] = price,
    decision: Decision = SPENT,
) -> list[Member]:
    """The members, those blocked for whom nothing is left."""
    affordable: list[Member] = []
    for member in members:
        needed = price_of(member)
        if needed > left:
            affordable.append(_blocked(member, decision, now))
            continue
        left -= needed
        affordable.append(member)
    return affordable


def _blocked(member: Member, decision: Decision, now: datetime) -> Member:
    message = member.message
    if message.status is Status.DEFERRED:
        message = replace(message, timeline=message.timeline[:-1], not_before=message.created_at)
    return Member(member.place, kept_back(message, decision, now), member.said)
