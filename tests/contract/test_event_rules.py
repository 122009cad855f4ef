"""Rules by which events become messages, and what they refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.adapters.dynamodb.event_rules import DynamoEventRules
from outbound.domain.event_rule import RefusedEvent, Way
from outbound.domain.words import Channel, RouteMode
from tests import memory
from tests.builders import TENANT
from tests.memory.clock import START
from tests.unit.flow.rules.test_taking import make_rule


@pytest.fixture
def rules(port):
    return port(memory.MemoryEventRules(), "catalog", DynamoEventRules)


def refused(number):
    at = START + timedelta(seconds=number)
    return RefusedEvent(f"event-{number}", "order.shipped", at, at, "path_missing", "Nothing.")


def test_a_rule_comes_back_as_it_was_written(rules):
    way = Way((Channel.SMS, Channel.VOICE), RouteMode.FIRST, timedelta(minutes=5))
    pattern = {"source": ["a"], "detail": {"weight": [{"numeric": [">", 4.5]}, 3, None, True]}}
    rule = make_rule(way=way, pattern=pattern, version=3, topic="orders", enabled=False)
    rules.put(rule)
    rules.put(make_rule("another"))
    assert rules.get(TENANT, rule.id) == rule
    assert [each.id for each in rules.all(TENANT)] == ["another", "shipped"]
    assert rules.all("other") == []
    assert rules.get("other", rule.id) is None


def test_a_rule_is_replaced_and_removed(rules):
    rules.put(make_rule())
    rules.put(make_rule(enabled=False))
    assert not rules.get(TENANT, "shipped").enabled
    rules.delete(TENANT, "shipped")
    rules.delete(TENANT, "shipped")
    assert rules.get(TENANT, "shipped") is None


def test_refused_events_are_listed_newest_first_each_once(rules):
    for number in (1, 2, 3, 2):
        rules.refuse(TENANT, "shipped", refused(number))
    rules.refuse(TENANT, "another", refused(9))
    first = rules.refused(TENANT, "shipped", limit=2, after=None)
    assert first.events == (refused(3), refused(2))
    rest = rules.refused(TENANT, "shipped", limit=2, after=first.after)
    assert rest.events == (refused(1),)
    assert rest.after is None
    assert rules.refused("other", "shipped", limit=2, after=None).events == ()
