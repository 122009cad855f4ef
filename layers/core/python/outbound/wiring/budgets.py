"""The keeping of budgets."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import process, stores

if TYPE_CHECKING:
    from outbound.flow.manage.budgets import BudgetPorts


@cache
def budget_ports() -> BudgetPorts:
    """What the keeping of budgets works with."""
    from datetime import timedelta

    from outbound.adapters.dynamodb.budgets import DynamoBudgets
    from outbound.flow.manage.budgets import BudgetPorts

    return BudgetPorts(
        process.clock,
        DynamoBudgets(process.table("RUNS"), process.clock, kept_for=timedelta()),
        stores.stats(),
    )
