"""How often somebody has tried something lately."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from outbound.adapters.dynamodb.attempts import DynamoAttempts
from tests import memory
from tests.builders import TENANT

HOUR = timedelta(hours=1)


@pytest.fixture
def attempts(port):
    return port(memory.MemoryAttempts(), "catalog", DynamoAttempts)


def take(attempts, clock, tenant=TENANT, what="somebody"):
    return attempts.take(tenant, what, most=3, within=HOUR, now=clock.now())


def test_there_are_only_so_many(attempts, clock):
    assert [take(attempts, clock) for _ in range(5)] == [True, True, True, False, False]


def test_each_has_attempts_of_its_own(attempts, clock):
    for _ in range(3):
        take(attempts, clock)
    assert take(attempts, clock, tenant="other")
    assert take(attempts, clock, what="somebody else")


def test_after_its_time_there_are_new_ones(attempts, clock):
    for _ in range(4):
        take(attempts, clock)
    clock.advance(HOUR)
    assert take(attempts, clock)


def test_of_many_at_once_only_so_many_pass(attempts, clock):
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: take(attempts, clock), range(20)))
    assert sum(taken) == 3
