"""What tenants say of themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.adapters.dynamodb.organisations import KEPT_FOR, DynamoOrganisations
from outbound.domain.organisation import NOBODY, Organisation
from tests import memory
from tests.builders import TENANT

CLINIC = Organisation(
    name="Clinic",
    postal_address="12 Green Street",
    phone="+15035550142",
    website="https://clinic.test",
    locale="en-US",
    timezone="America/Los_Angeles",
)


@pytest.fixture
def organisations(port, clock):
    def over(table):
        return DynamoOrganisations(table, clock)

    return port(memory.MemoryOrganisations(), "catalog", over)


def test_who_never_said_anything_is_nobody(organisations):
    assert organisations.get(TENANT) == NOBODY


def test_all_that_is_said_is_kept_for_its_tenant(organisations):
    organisations.put(TENANT, CLINIC)
    assert organisations.get(TENANT) == CLINIC
    assert organisations.get("other") == NOBODY


def test_what_is_no_longer_said_is_gone(organisations):
    organisations.put(TENANT, CLINIC)
    organisations.put(TENANT, Organisation(name="Clinic"))
    assert organisations.get(TENANT) == Organisation(name="Clinic")


def test_a_change_elsewhere_is_seen_within_a_minute(table, clock):
    here, there = (DynamoOrganisations(table("catalog"), clock) for _ in range(2))
    here.put(TENANT, CLINIC)
    assert there.get(TENANT) == CLINIC
    here.put(TENANT, NOBODY)
    assert there.get(TENANT) == CLINIC
    clock.advance(KEPT_FOR)
    assert there.get(TENANT) == NOBODY


def test_one_that_keeps_nothing_sees_a_change_at_once(table, clock):
    here = DynamoOrganisations(table("catalog"), clock)
    now = DynamoOrganisations(table("catalog"), clock, kept_for=timedelta())
    assert now.get(TENANT) == NOBODY
    here.put(TENANT, CLINIC)
    assert now.get(TENANT) == CLINIC
