"""Where tenants are told of events, and what became of that."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.adapters.dynamodb.webhooks import DynamoWebhooks
from outbound.domain.webhook import Ended, LastTest, Secret
from tests import memory
from tests.builders import TENANT, make_webhook
from tests.memory.clock import START

HOUR = timedelta(hours=1)
SHOP = make_webhook(version=1, secrets=(Secret("whsec_bmV3"), Secret("whsec_b2xk", START + HOUR)))


@pytest.fixture
def webhooks(port, clock):
    return port(memory.MemoryWebhooks(), "catalog", lambda table: DynamoWebhooks(table, clock))


def test_all_of_a_webhook_is_kept_for_its_tenant(webhooks):
    assert webhooks.get(TENANT, "shop") is None
    assert webhooks.write(SHOP)
    assert webhooks.get(TENANT, "shop") == SHOP
    assert webhooks.get("other", "shop") is None
    assert webhooks.all("other") == ()


def test_they_are_listed_by_id(webhooks):
    for name in "cab":
        assert webhooks.write(replace(SHOP, id=name))

    assert [each.id for each in webhooks.all(TENANT)] == ["a", "b", "c"]
    webhooks.delete(TENANT, "b")
    webhooks.delete(TENANT, "b")
    assert [each.id for each in webhooks.all(TENANT)] == ["a", "c"]


def test_only_the_next_version_is_written(webhooks):
    assert not webhooks.write(replace(SHOP, version=2))
    assert webhooks.write(SHOP)
    assert not webhooks.write(replace(SHOP, url="https://other.example.com"))
    assert webhooks.write(replace(SHOP, url="https://other.example.com", version=2))
    assert webhooks.get(TENANT, "shop").url == "https://other.example.com"


def test_the_first_failure_of_a_row_is_remembered_until_it_recovers(webhooks):
    webhooks.write(SHOP)
    webhooks.failed(SHOP, START, START + HOUR, "timeout")
    webhooks.failed(SHOP, START + HOUR, START + 2 * HOUR, "status_500")
    failing = webhooks.get(TENANT, "shop")
    assert (failing.failing_since, failing.blocked_until) == (START, START + 2 * HOUR)
    assert failing.failure == "status_500"

    webhooks.recovered(SHOP)
    assert webhooks.get(TENANT, "shop") == SHOP


def test_it_ends_as_it_was_seen_to_fail_and_once(webhooks):
    webhooks.write(SHOP)
    failing = replace(SHOP, failing_since=START)
    assert not webhooks.end(failing, START, Ended.FAILING)
    webhooks.failed(SHOP, START, START, "timeout")
    assert not webhooks.end(replace(failing, failing_since=START + HOUR), START, Ended.FAILING)
    assert not webhooks.end(replace(failing, version=2), START, Ended.FAILING)
    assert webhooks.end(failing, START + HOUR, Ended.GONE)
    assert not webhooks.end(failing, START + HOUR, Ended.FAILING)
    webhooks.recovered(SHOP)
    ended = webhooks.get(TENANT, "shop")
    assert (ended.ended, ended.ended_at, ended.failing_since) == (Ended.GONE, START + HOUR, START)


def test_a_write_that_says_nothing_of_failures_ends_them_and_another_keeps_them(webhooks):
    webhooks.write(SHOP)
    webhooks.failed(SHOP, START, START, "timeout")
    webhooks.end(replace(SHOP, failing_since=START), START, Ended.FAILING)
    rotated = replace(webhooks.get(TENANT, "shop"), secrets=(Secret("whsec_MQ=="),), version=2)
    assert webhooks.write(rotated)
    assert webhooks.get(TENANT, "shop") == rotated
    assert webhooks.write(replace(SHOP, version=3))
    assert webhooks.get(TENANT, "shop") == replace(SHOP, version=3)


def test_a_test_is_remembered(webhooks):
    webhooks.write(SHOP)
    for failure in ("timeout", None):
        webhooks.tested(SHOP, LastTest("evt_1", START, failure))
        assert webhooks.get(TENANT, "shop").tested == LastTest("evt_1", START, failure)
    assert webhooks.write(replace(webhooks.get(TENANT, "shop"), version=2))
    assert webhooks.get(TENANT, "shop").tested is not None


def test_what_is_said_of_one_that_was_removed_makes_none(webhooks):
    webhooks.failed(SHOP, START, START, "timeout")
    webhooks.recovered(SHOP)
    webhooks.tested(SHOP, LastTest("evt_1", START, None))

    assert webhooks.get(TENANT, "shop") is None
