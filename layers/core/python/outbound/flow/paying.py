"""Paying: the price of what leaves is taken of its tenant's budget before it is handed over.

It is taken last, by each attempt, and put back before it is written that nothing was sent. So
whoever dies in between leaves a message of which nobody knows whether it has cost its price.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.budget import NOTHING, Charge, charged_for, month_of
from outbound.domain.outcome import Kind

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from outbound.domain.message import Message
    from outbound.domain.outcome import Outcome
    from outbound.ports import Budgets

NOT_SENT = (Kind.TEMPORARY, Kind.PERMANENT, Kind.STOPPED)
"""Answers after which a message surely wasn't sent."""


def pay(message: Message, now: datetime, budgets: Budgets) -> Charge | None:
    """Pay for a message that is about to be handed over; None where too little is left."""
    return take(message.tenant, charged_for(message), now, budgets)


def take(tenant: str, amount: Decimal, now: datetime, budgets: Budgets) -> Charge | None:
    """Take an amount of the month, if the tenant has a budget; None where too little is left."""
    month = month_of(now)
    limit = budgets.limit(tenant) if amount else None
    if limit is None:
        return Charge(tenant, month)
    return Charge(tenant, month, amount) if budgets.take(tenant, month, amount, limit) else None


def settle(charge: Charge, outcome: Outcome, budgets: Budgets) -> None:
    """Put back what was paid for a message that surely wasn't sent."""
    if outcome.kind in NOT_SENT:
        put_back(charge, charge.amount, budgets)


def put_back(charge: Charge, amount: Decimal, budgets: Budgets) -> None:
    """Put some of what was taken back; nothing of what wasn't."""
    back = min(amount, charge.amount)
    if back > NOTHING:
        budgets.give_back(charge.tenant, charge.month, back)
