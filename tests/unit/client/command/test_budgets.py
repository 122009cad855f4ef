from __future__ import annotations

from outbound.adapters.api.contract.budgets import BUDGET, COSTS


def test_a_budget_is_set(api, outbound):
    api.answer(200, BUDGET)

    result = outbound("budgets", "put", "500.00")

    assert api.body(0) == {"monthly": {"amount": "500.00", "currency": "USD"}}
    assert "485.56 USD" in result.out


def test_a_budget_is_removed(api, outbound):
    api.answer(200, BUDGET | {"monthly": None, "left": None})

    result = outbound("budgets", "remove")

    assert api.body(0) == {"monthly": None}
    assert "no limit" in result.out


def test_a_budget_is_shown_as_json(api, outbound):
    api.answer(200, BUDGET)

    assert outbound("budgets", "get", "--json").json()["month"] == "2026-11"


def test_what_a_month_has_cost_is_shown_in_parts(api, outbound):
    api.answer(200, COSTS)

    lines = outbound("costs", "--month", "2026-11").out.splitlines()

    assert lines[1].split() == ["channel", "sms", "14.44", "estimated"]
    assert lines[-2].split() == ["2026-11", "all", "14.44", "estimated"]
    assert lines[-1] == "485.56 USD are left of the budget"


def test_costs_are_shown_as_json(api, outbound):
    api.answer(200, COSTS)

    assert outbound("costs", "--json").json()["total"]["amount"] == "14.43560"
