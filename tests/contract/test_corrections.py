"""Which contact waits for an address."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.adapters.dynamodb.corrections import DynamoCorrections
from tests import memory
from tests.builders import TENANT

KEY = "5m2c9vd0t7wq1x8ehz4k5m2c9v"
DAY = timedelta(days=1)


@pytest.fixture
def corrections(port):
    return port(memory.MemoryCorrections(), "catalog", DynamoCorrections)


def put(corrections, clock, contact_id="ada"):
    corrections.put(TENANT, KEY, contact_id, until=clock.now() + DAY)


def test_nobody_waits_for_what_nobody_asked(corrections, clock):
    assert corrections.get(TENANT, KEY, clock.now()) is None


def test_who_asked_last_waits_and_nobody_elses_tenant_knows(corrections, clock):
    put(corrections, clock, "bob")
    put(corrections, clock)
    assert corrections.get(TENANT, KEY, clock.now()) == "ada"
    assert corrections.get("other", KEY, clock.now()) is None


def test_after_its_time_nobody_waits(corrections, clock):
    put(corrections, clock)
    clock.advance(DAY)
    assert corrections.get(TENANT, KEY, clock.now()) is None
