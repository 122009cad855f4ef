"""Budgets: never more than the limit is taken, whoever takes at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest

from outbound.adapters.dynamodb.budgets import DynamoBudgets
from tests import memory
from tests.builders import TENANT

MONTH = "2026-11"
PRICE, LIMIT = Decimal("0.00745"), Decimal("0.02235")


@pytest.fixture
def budgets(port, clock):
    return port(memory.MemoryBudgets(), "runs", lambda table: DynamoBudgets(table, clock))


def test_a_tenant_has_no_limit_until_one_is_set(budgets, clock):
    assert budgets.limit(TENANT) is None
    budgets.put(TENANT, LIMIT)
    assert (budgets.limit(TENANT), budgets.limit("other")) == (LIMIT, None)
    budgets.put(TENANT, None)
    clock.advance(timedelta(minutes=1))
    assert budgets.limit(TENANT) is None


def test_the_last_cent_is_taken_and_no_more(budgets):
    assert [budgets.take(TENANT, MONTH, PRICE, LIMIT) for _ in range(4)] == [True] * 3 + [False]
    assert budgets.taken(TENANT, MONTH) == LIMIT


def test_more_than_all_of_it_is_never_taken(budgets):
    assert not budgets.take(TENANT, MONTH, LIMIT + PRICE, LIMIT)
    assert budgets.taken(TENANT, MONTH) == 0


def test_what_is_put_back_can_be_taken_again(budgets):
    budgets.take(TENANT, MONTH, LIMIT, LIMIT)
    budgets.give_back(TENANT, MONTH, PRICE)

    assert budgets.taken(TENANT, MONTH) == LIMIT - PRICE
    assert budgets.take(TENANT, MONTH, PRICE, LIMIT)


def test_of_many_at_once_no_two_take_the_same(budgets):
    with ThreadPoolExecutor(8) as many:
        taken = list(many.map(lambda _: budgets.take(TENANT, MONTH, PRICE, LIMIT), range(16)))

    assert taken.count(True) == 3
    assert budgets.taken(TENANT, MONTH) == LIMIT


def test_each_tenant_and_each_month_has_its_own(budgets):
    budgets.take(TENANT, MONTH, LIMIT, LIMIT)

    assert budgets.take(TENANT, "2026-12", LIMIT, LIMIT)
    assert budgets.take("other", MONTH, LIMIT, LIMIT)


def test_what_a_month_has_cost_before_counts(budgets):
    budgets.begin(TENANT, MONTH, LIMIT)

    assert not budgets.take(TENANT, MONTH, PRICE, LIMIT)
