from __future__ import annotations

from decimal import Decimal

from outbound.adapters.api.contract.budgets import BUDGET, COSTS


def test_a_budget_is_set_read_and_removed(api, client):
    for _ in range(3):
        api.answer(200, BUDGET)

    client.put_budgets(monthly=Decimal("500.00"))
    found = client.get_budgets()
    client.put_budgets(monthly=None)

    assert [asked.method for asked in api.asked] == ["PUT", "GET", "PUT"]
    assert api.body(0) == {"monthly": {"amount": "500.00", "currency": "USD"}}
    assert api.body(2) == {"monthly": None}
    assert found.left.amount == Decimal("485.56440")


def test_costs_are_asked_for_by_month(api, client):
    api.answer(200, COSTS)

    found = client.get_costs("2026-11")

    assert dict(api.asked[0].url.params) == {"month": "2026-11"}
    assert found.channels[0].value == "sms"
    assert found.total.amount == Decimal("14.43560")
