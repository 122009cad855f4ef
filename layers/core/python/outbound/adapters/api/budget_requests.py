"""What a tenant may spend, as requests and answers hold it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.campaign_models import BudgetModel
from outbound.adapters.api.reading import Model, read
from outbound.adapters.api.stats_answers import cost_body, money_body
from outbound.domain.stats import By

if TYPE_CHECKING:
    from outbound.domain.budget import Budget
    from outbound.flow.manage.budgets import Costs

LISTS = {By.CHANNEL: "channels", By.PURPOSE: "purposes", By.CAMPAIGN: "campaigns"}


class BudgetsModel(Model):
    """What may be spent in each month; null for as much as there is to send."""

    monthly: BudgetModel | None


def read_budgets(text: str) -> Decimal | None:
    """What a tenant may spend.

    Raises:
        Refusal: the body isn't that.
    """
    monthly = read(BudgetsModel, text).monthly
    return Decimal(monthly.amount) if monthly else None


def budget_body(budget: Budget) -> dict[str, Any]:
    """What may be spent, and what is left of this month."""
    return {
        "monthly": None if budget.monthly is None else money_body(budget.monthly),
        "month": budget.month,
        "taken": money_body(max(budget.taken, Decimal(0))),
        "left": None if budget.left is None else money_body(budget.left),
    }


def costs_body(costs: Costs) -> dict[str, Any]:
    """What a month has cost, in parts."""
    parts = {
        LISTS[by]: [{"value": value, "cost": cost_body(each)} for value, each in groups.items()]
        for by, groups in costs.parts.items()
    }
    total = {"month": costs.month, "total": cost_body(costs.total)}
    return {**total, **parts, "budget": budget_body(costs.budget)}
