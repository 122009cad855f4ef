"""Paying for a call: of a tenant's budget, for all who are in it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.budget import NOTHING, SPENT, charged_for, month_of
from outbound.flow.asking import give_back
from outbound.flow.bulk.budget import afford
from outbound.flow.paying import put_back, take

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from outbound.domain.budget import Charge
    from outbound.flow.bulk.member import Member
    from outbound.flow.deliver import Deliver


def pay_for(
    members: list[Member], tenant: str, now: datetime, ports: Deliver
) -> tuple[Charge, list[Member]]:
    """Pay for those who are about to be written to; for whom too little is left is blocked."""
    while True:
        charge = take(tenant, price_of(members), now, ports.budgets)
        if charge is not None:
            return charge, members
        limit = ports.budgets.limit(tenant) or NOTHING
        left = limit - ports.budgets.taken(tenant, month_of(now))
        affordable = afford(members, left, now, price_of=_price, decision=SPENT)
        for before, after in zip(members, affordable, strict=True):
            if before.outgoing is not None and after.outgoing is None:
                give_back(after.message, ports.gate)
        members = affordable


def settle(charge: Charge, sent: Sequence[Member], ports: Deliver) -> None:
    """Put back what was paid for more than these, who were sent, or perhaps were."""
    put_back(charge, charge.amount - price_of(sent), ports.budgets)


def price_of(members: Sequence[Member]) -> Decimal:
    """What those of them cost who are about to be written to."""
    return sum(map(_price, members), NOTHING)


def _price(member: Member) -> Decimal:
    return charged_for(member.message) if member.outgoing is not None else NOTHING
