"""Messages that bounced though their address may work."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.adapters.dynamodb.soft_bounces import DynamoSoftBounces
from tests import memory
from tests.builders import EMAIL, TENANT, make_message
from tests.memory.clock import START
from tests.memory.world import SECRET

DAY = timedelta(days=1)
FIRST, SECOND = make_message("first").id, make_message("second").id


@pytest.fixture
def soft_bounces(port):
    return port(
        memory.MemorySoftBounces(), "contacts", lambda table: DynamoSoftBounces(table, SECRET)
    )


def test_each_message_is_noted_once_with_when_it_first_was(soft_bounces):
    assert soft_bounces.note(TENANT, EMAIL, FIRST, START) == [START]
    assert soft_bounces.note(TENANT, EMAIL, FIRST, START + DAY) == [START]
    assert sorted(soft_bounces.note(TENANT, EMAIL, SECOND, START + DAY)) == [START, START + DAY]


def test_tenants_do_not_see_each_others(soft_bounces):
    soft_bounces.note(TENANT, EMAIL, FIRST, START)

    assert soft_bounces.note("other", EMAIL, SECOND, START + DAY) == [START + DAY]
