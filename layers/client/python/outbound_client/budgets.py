"""What may be spent, and has been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.models import Budgets, Costs
from outbound_client.requests import query_of

if TYPE_CHECKING:
    from decimal import Decimal

    from outbound_client.connection import Connection


class BudgetCalls:
    """The calls on budgets and costs."""

    _api: Connection

    def put_budgets(self, *, monthly: Decimal | str | None) -> Budgets:
        """Set what may be spent in each month, in US dollars; None is no limit."""
        amount = None if monthly is None else {"amount": str(monthly), "currency": "USD"}
        return self._api.ask(Budgets, "PUT", "/v1/budgets", body={"monthly": amount})

    def get_budgets(self) -> Budgets:
        """What may be spent, and what is left of this month."""
        return self._api.ask(Budgets, "GET", "/v1/budgets")

    def get_costs(self, month: str | None = None) -> Costs:
        """What a month ("2026-11", in UTC) has cost; without one, this month."""
        return self._api.ask(Costs, "GET", "/v1/costs", query=query_of(month=month))
