"""Budgets of tenants, from what is set to what still leaves; and what it has cost."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from functions.feedback.handler import handler as feedback
from outbound.adapters.api.contract.budgets import WANTED
from outbound.wiring import deliver as wiring
from outbound.wiring import stores
from tests.functions.conftest import CONTEXT
from tests.functions.streamed import Stream
from tests.functions.test_cost import counted

TEXT = {
    "to": {"phone": "+14255550182"},
    "channel": "sms",
    "purpose": "transactional",
    "content": {"text": "Order {{ order }} has shipped."},
    "data": {"order": "A-77"},
}


@pytest.fixture
def key(api, request):
    """That of a tenant who has sent nothing yet."""
    return api.make_key(tenant=request.node.name[-24:].strip("_").replace("_", "-"))["secret"]


def price(api, key):
    text = api.ask("POST", "/v1/messages", TEXT, key=key, query={"dry_run": "true"}).body
    return Decimal(text["price"]["amount"])


def limited(api, key, amount):
    body = {"monthly": {"amount": str(amount), "currency": "USD"}}
    answer = api.ask("PUT", "/v1/budgets", body, key=key)
    assert answer.status == 200
    return answer.body


def test_without_a_budget_there_is_no_limit(api, key):
    body = api.ask("GET", "/v1/budgets", key=key).body
    assert (body["monthly"], body["left"], body["taken"]["amount"]) == (None, None, "0.00000")


def test_what_the_month_does_not_pay_for_is_blocked_and_says_why(api, key, monkeypatch):
    limited(api, key, price(api, key))
    ids = [api.ask("POST", "/v1/messages", TEXT, key=key).body["id"] for _ in range(2)]
    api.work_off("sms", monkeypatch)
    found = [api.ask("GET", f"/v1/messages/{each}", key=key).body for each in ids]

    blocked, sent = sorted(found, key=lambda each: each["status"])
    assert (blocked["status"], sent["status"]) == ("blocked", "sent")
    assert blocked["decision"]["rule"] == "tenant.budget"
    assert blocked["timeline"][-1]["reason"] == "budget_spent"
    assert api.ask("GET", "/v1/budgets", key=key).body["left"]["amount"] == "0.00000"


def test_a_budget_is_changed_and_removed(api, key):
    assert limited(api, key, "500.00")["left"]["amount"] == "500.00000"
    assert limited(api, key, "20")["monthly"]["amount"] == "20.00000"
    assert api.ask("PUT", "/v1/budgets", {"monthly": None}, key=key).body["monthly"] is None
    assert api.ask("GET", "/v1/budgets", key=key).body["monthly"] is None


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({}, "/monthly"),
        ({"monthly": "500.00"}, "/monthly"),
        ({"monthly": {"amount": "-1", "currency": "USD"}}, "/monthly/amount"),
        ({"monthly": {"amount": "500.00", "currency": "EUR"}}, "/monthly/currency"),
        ({"monthly": None, "daily": None}, "/daily"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place_and_nothing_is_written(api, wrong, pointer):
    before = api.written()
    answer = api.ask("PUT", "/v1/budgets", wrong)

    assert (answer.status, answer.body["code"]) == (422, "invalid_request")
    assert [error["pointer"] for error in answer.body["errors"]] == [pointer]
    assert api.written() == before


def test_a_text_pays_with_one_unit_and_only_where_there_is_a_budget(api, key, monkeypatch):
    def units(secret):
        api.ask("POST", "/v1/messages", TEXT, key=secret)
        api.work_off("sms", monkeypatch)
        api.ask("POST", "/v1/messages", TEXT, key=secret)
        with counted("dynamodb") as deliver:
            api.work_off("sms", monkeypatch)
        return deliver

    free = units(key)
    limited(api, key, "500.00")
    stores.budgets.cache_clear()
    wiring.deliver.cache_clear()

    assert units(key) - free == {"UpdateItem": 1}


def test_what_a_month_has_cost_is_told_in_parts(api, key, monkeypatch):
    stream = Stream()
    stream.read()
    api.ask("POST", "/v1/messages", TEXT, key=key)
    api.work_off("sms", monkeypatch)
    feedback(stream.read(), CONTEXT)
    amount = f"{price(api, key):.5f}"

    costs = api.ask("GET", "/v1/costs", key=key).body

    cost = {"amount": amount, "currency": "USD", "estimated": True}
    assert costs["month"] == f"{datetime.now(UTC):%Y-%m}"
    assert costs["total"] == cost
    assert costs["channels"] == [{"value": "sms", "cost": cost}]
    assert costs["purposes"] == [{"value": "transactional", "cost": cost}]
    assert costs["campaigns"] == [{"value": None, "cost": cost}]
    assert costs["budget"]["monthly"] is None
    assert limited(api, key, "500.00")["taken"]["amount"] == amount


@pytest.mark.parametrize("query", [{"month": "2026-13"}, {"month": "11"}, {"from": "2026-11"}])
def test_what_is_no_month_is_refused(api, query):
    answer = api.ask("GET", "/v1/costs", query=query)

    assert (answer.status, answer.body["code"]) == (400, "invalid_parameter")
    assert [error["pointer"] for error in answer.body["errors"]] == list(query)


def test_the_example_is_taken(api, key):
    assert api.ask("PUT", "/v1/budgets", WANTED, key=key).status == 200
