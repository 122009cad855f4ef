"""What a tenant may spend in a month, on all that leaves but alerts and rehearsals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from outbound.domain.message import Decision
from outbound.domain.words import Mode, Purpose

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.message import Message

NOTHING = Decimal(0)
SPENT = Decision("block", "tenant.budget", "the tenant's monthly budget", "budget_spent")


@dataclass(frozen=True, slots=True)
class Charge:
    """What was taken of a tenant's budget of a month (in UTC); nothing where it has none."""

    tenant: str
    month: str
    amount: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Budget:
    """What a tenant may spend in each month, and what is taken of this one; None is no limit."""

    monthly: Decimal | None
    month: str
    taken: Decimal

    @property
    def left(self) -> Decimal | None:
        """What may still be spent; never less than nothing."""
        return None if self.monthly is None else max(self.monthly - self.taken, NOTHING)


def month_of(instant: datetime) -> str:
    """The month that an instant lies in, like 2026-11."""
    return f"{instant:%Y-%m}"


def charged_for(message: Message) -> Decimal:
    """What a budget pays for a message; nothing where nobody knows its price."""
    free = message.mode is Mode.TEST or message.purpose is Purpose.EMERGENCY
    return NOTHING if free or message.price is None else message.price.amount
