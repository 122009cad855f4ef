"""What may be spent, and what was."""

from outbound_client.models.answer import Answer, Money


class Spent(Money):
    """What was spent; `estimated` where receipts don't say all of it."""

    estimated: bool


class Budgets(Answer):
    """What may be spent in each month, and what of this one is taken and left; None: no limit."""

    monthly: Money | None = None
    month: str
    taken: Money
    left: Money | None = None


class CostOfPart(Answer):
    """What messages have cost that have something in common."""

    value: str | None = None
    cost: Spent


class Costs(Answer):
    """What a month has cost."""

    month: str
    total: Spent
    channels: tuple[CostOfPart, ...]
    purposes: tuple[CostOfPart, ...]
    campaigns: tuple[CostOfPart, ...]
    budget: Budgets
