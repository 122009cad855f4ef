"""Testers of tenants."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outbound import ports
from outbound.adapters.dynamodb.testers import DynamoTesters
from outbound.domain import tester
from tests import memory
from tests.builders import EMAIL, PHONE, TENANT
from tests.memory.clock import START

ANN = tester.Tester("ann", PHONE, START)
BEN = tester.Tester("ben", EMAIL, START, tries=3, verified_at=START)


@pytest.fixture
def testers(port):
    return port(memory.MemoryTesters(), "catalog", DynamoTesters)


def test_at_first_there_are_none(testers):
    assert testers.all(TENANT) == ports.TesterList()


def test_all_of_them_is_kept_for_their_tenant(testers):
    assert testers.write(TENANT, (ANN, BEN), 0)
    assert testers.all(TENANT) == ports.TesterList((ANN, BEN), 1)
    assert testers.all("other") == ports.TesterList()


def test_who_has_seen_an_older_list_changes_nothing(testers):
    assert testers.write(TENANT, (ANN,), 0)
    assert not testers.write(TENANT, (BEN,), 0)
    assert testers.write(TENANT, (replace(ANN, tries=1),), 1)
    assert not testers.write(TENANT, (), 1)
    assert testers.all(TENANT) == ports.TesterList((replace(ANN, tries=1),), 2)


def test_the_last_one_can_go(testers):
    assert testers.write(TENANT, (ANN,), 0)
    assert testers.write(TENANT, (), 1)
    assert testers.all(TENANT).testers == ()
