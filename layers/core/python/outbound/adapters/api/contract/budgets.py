"""The operations on budgets and costs."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from outbound.adapters.api.budget_requests import BudgetsModel
from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.campaign_answers import Money
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.stats import Spent
from outbound.domain.words import Scope

TAG = "Costs"
MONTH_PATTERN = "^20[0-9]{2}-(0[1-9]|1[0-2])$"
Month = Annotated[str, Field(pattern=MONTH_PATTERN)]


class Budgets(Answered):
    """What may be spent."""

    monthly: Money | None
    """In each month (in UTC); null for as much as there is to send."""
    month: Month
    """Which month this is."""
    taken: Money
    """What was handed over while there was a budget, or before it in the month, by estimates."""
    left: Money | None
    """What may still be spent in it; null without a budget."""


class CostOfPart(Answered):
    """What messages have cost that have something in common."""

    value: str | None
    """What that is; null for messages of no campaign."""
    cost: Spent
    """How much."""


class Costs(Answered):
    """What a month has cost."""

    month: Month
    """The month, in UTC."""
    total: Spent
    """All together."""
    channels: list[CostOfPart]
    """By channel."""
    purposes: list[CostOfPart]
    """By purpose."""
    campaigns: list[CostOfPart]
    """By campaign."""
    budget: Budgets
    """What may be spent in it."""


WANTED: dict[str, Any] = {"monthly": {"amount": "500.00", "currency": "USD"}}
BUDGET: dict[str, Any] = {
    "monthly": {"amount": "500.00000", "currency": "USD"},
    "month": "2026-11",
    "taken": {"amount": "14.43560", "currency": "USD"},
    "left": {"amount": "485.56440", "currency": "USD"},
}
COST: dict[str, Any] = {"amount": "14.43560", "currency": "USD", "estimated": True}
COSTS: dict[str, Any] = {
    "month": "2026-11",
    "total": COST,
    "channels": [{"value": "sms", "cost": COST}],
    "purposes": [{"value": "transactional", "cost": COST}],
    "campaigns": [{"value": None, "cost": COST}],
    "budget": BUDGET,
}
WORDS = {"BudgetsRequest": {"monthly": "In US dollars, in each month (in UTC); null for no limit."}}

OPERATIONS = (
    Operation(
        id="putBudgets",
        method="PUT",
        path="/v1/budgets",
        tag=TAG,
        summary="Set what may be spent",
        description="Before a message is handed over, its estimated price is taken of the month; "
        "where too little is left, it is blocked as `budget_spent`. Alerts always leave, and what "
        "has no known price takes nothing. What a provider refuses is put back. A change holds "
        "within a minute; the first budget begins with what the month has cost.",
        scope=Scope.BUDGETS_WRITE,
        body=Body(BudgetsModel, {"Each month": WANTED, "No limit": {"monthly": None}}),
        answers=(Answer(200, "The budget.", Budgets, {"Each month": BUDGET}),),
    ),
    Operation(
        id="getBudgets",
        method="GET",
        path="/v1/budgets",
        tag=TAG,
        summary="Look at what may be spent",
        description="As it is now.",
        scope=Scope.BUDGETS_READ,
        answers=(Answer(200, "The budget.", Budgets, {"Each month": BUDGET}),),
    ),
    Operation(
        id="getCosts",
        method="GET",
        path="/v1/costs",
        tag=TAG,
        summary="Count what a month has cost",
        description="What was handed over in it, seconds behind what happens: as receipts say "
        "where they do, else as it was estimated. Kept for two years.",
        scope=Scope.STATS_READ,
        parameters=(
            Parameter(
                "month",
                "query",
                "The month, in UTC; this one, if not given.",
                {"type": "string", "pattern": MONTH_PATTERN},
                "2026-11",
            ),
        ),
        answers=(Answer(200, "The costs.", Costs, {"A month": COSTS}),),
        problems=("invalid_parameter",),
    ),
)
