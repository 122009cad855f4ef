"""What a tenant may spend, and has spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.api.answers import answer
from outbound.adapters.api.budget_requests import budget_body, costs_body, read_budgets
from outbound.adapters.api.reading import body_of
from outbound.adapters.api.serve import caller
from outbound.adapters.api.stats_requests import read_month
from outbound.domain.words import Scope
from outbound.flow.manage import budgets
from outbound.wiring import budgets as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of budgets and costs."""

    @app.put("/v1/budgets")
    def put_budgets() -> Response[str]:
        key = caller(app, Scope.BUDGETS_WRITE)
        monthly = read_budgets(body_of(app.current_event))
        return answer(200, budget_body(budgets.put(monthly, key, wiring.budget_ports())))

    @app.get("/v1/budgets")
    def get_budgets() -> Response[str]:
        key = caller(app, Scope.BUDGETS_READ)
        return answer(200, budget_body(budgets.find(key, wiring.budget_ports())))

    @app.get("/v1/costs")
    def get_costs() -> Response[str]:
        key = caller(app, Scope.STATS_READ)
        month = read_month(app.current_event.query_string_parameters)
        return answer(200, costs_body(budgets.costs(month, key, wiring.budget_ports())))
