"""Correlation, idempotency keys and the sweep's cursor."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from outbound.adapters.dynamodb.catalog import DynamoCursor, DynamoIdempotency
from outbound.adapters.dynamodb.correlation import DynamoCorrelation
from outbound.domain.address import Address
from outbound.domain.ids import MessageRef
from outbound.domain.words import Mode
from outbound.ports import Claim
from tests import memory
from tests.builders import PHONE, TENANT, make_message, ref_of
from tests.memory.clock import START
from tests.memory.world import SECRET

SECOND = timedelta(seconds=1)
LATER = START + timedelta(days=4)


@pytest.fixture
def correlation(port, clock):
    in_memory = memory.MemoryCorrelation(clock)
    return port(in_memory, "messages", lambda table: DynamoCorrelation(table, SECRET))


@pytest.fixture
def idempotency(port):
    return port(memory.MemoryIdempotency(), "catalog", DynamoIdempotency)


@pytest.fixture
def cursor(port):
    return port(memory.MemoryCursor(), "catalog", DynamoCursor)


class TestCorrelation:
    ref = ref_of(make_message())

    def test_a_link_leads_to_its_message(self, correlation):
        correlation.link("sns", "id-1", self.ref, until=LATER)
        assert correlation.linked("sns", "id-1") == self.ref
        assert correlation.linked("sns", "id-2") is None
        assert correlation.linked("ses", "id-1") is None

    @pytest.mark.parametrize(
        ("since", "until", "found"),
        [
            (timedelta(), timedelta(), True),
            (-SECOND, SECOND, True),
            (SECOND / 1000, SECOND, False),
            (-SECOND, -SECOND / 1000, False),
        ],
    )
    def test_what_was_lost_is_found_by_address_and_time(self, correlation, since, until, found):
        correlation.lose(PHONE, START, self.ref)
        lost = correlation.lost(PHONE, since=START + since, until=START + until)
        assert list(lost) == ([self.ref] if found else [])
        assert not correlation.lost(Address("phone", "+14155550124"), since=START, until=START)

    def test_all_that_was_lost_in_the_time_is_found(self, correlation):
        refs = {MessageRef(tenant, self.ref.id) for tenant in ("acme", "other")}
        refs.add(ref_of(make_message("another")))
        for ref in refs - {MessageRef("other", self.ref.id)}:
            correlation.lose(PHONE, START, ref)
            correlation.lose(PHONE, START, ref)
        correlation.lose(PHONE, START + SECOND, MessageRef("other", self.ref.id))
        lost = correlation.lost(PHONE, since=START, until=START + SECOND)
        assert (set(lost), len(lost)) == (refs, 3)


class TestIdempotency:
    first = Claim("fingerprint", "msg_1", START)
    second = Claim("another", "msg_2", START + SECOND)

    def test_the_first_wins_and_the_others_meet_it(self, idempotency):
        assert idempotency.find(TENANT, Mode.LIVE, "key", START) is None
        assert idempotency.reserve(TENANT, Mode.LIVE, "key", self.first) is None
        assert idempotency.reserve(TENANT, Mode.LIVE, "key", self.second) == self.first
        assert idempotency.find(TENANT, Mode.LIVE, "key", START) == self.first

    def test_of_many_at_once_one_is_first(self, idempotency):
        def reserve(number):
            mine = Claim("fingerprint", f"msg_{number}", START)
            return mine.resource, idempotency.reserve(TENANT, Mode.LIVE, "key", mine)

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(reserve, range(24)))
        [first] = [resource for resource, earlier in answers if earlier is None]
        assert {earlier.resource for _, earlier in answers if earlier} == {first}

    def test_tenants_modes_and_keys_are_apart(self, idempotency):
        idempotency.reserve(TENANT, Mode.LIVE, "key", self.first)
        places = [("other", Mode.LIVE, "key"), (TENANT, Mode.TEST, "key"), (TENANT, Mode.LIVE, "k")]
        for place in places:
            assert idempotency.find(*place, START) is None
            assert idempotency.reserve(*place, self.second) is None

    def test_an_expired_key_is_free_again(self, idempotency):
        idempotency.reserve(TENANT, Mode.LIVE, "key", self.first)
        almost, over = START + timedelta(days=7) - SECOND, START + timedelta(days=7)
        assert idempotency.find(TENANT, Mode.LIVE, "key", almost) == self.first
        assert idempotency.find(TENANT, Mode.LIVE, "key", over) is None
        again = Claim("another", "msg_9", over)
        assert idempotency.reserve(TENANT, Mode.LIVE, "key", again) is None
        assert idempotency.find(TENANT, Mode.LIVE, "key", over) == again


def test_the_cursor_is_where_it_was_moved_to(cursor):
    assert cursor.read() is None
    for minute in range(3):
        cursor.write(START + minute * timedelta(minutes=1))
    assert cursor.read() == START + timedelta(minutes=2)
