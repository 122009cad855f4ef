"""Coupon pools: a code is added once, and given once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.adapters.dynamodb.coupons import DynamoCouponPools
from outbound.domain.coupon import EMPTY, GONE, OVER, CouponImport, ImportState, NoCoupon, Pool
from outbound.ports import Added
from tests import memory
from tests.memory.clock import START

TENANT, POOL = "acme", "spring"
HOUR = timedelta(hours=1)


@pytest.fixture
def coupons(port, clock):
    in_memory = memory.MemoryCouponPools()
    return port(in_memory, "catalog", lambda table: DynamoCouponPools(table, clock))


def codes(number, prefix="C"):
    return [f"{prefix}-{each:04}" for each in range(number)]


@pytest.fixture
def pool(coupons):
    """Makes a pool with codes."""

    def pool(*wanted, **changes):
        coupons.put(Pool(TENANT, POOL, START, **changes))
        for start in range(0, len(wanted), 90):
            coupons.add(TENANT, POOL, wanted[start : start + 90])
        return coupons

    return pool


def take(coupons, message, pool_id=POOL, tenant=TENANT, at=START):
    return coupons.take(tenant, pool_id, message, at)


def test_a_pool_is_made_once_and_its_end_can_be_moved(coupons):
    assert coupons.get(TENANT, POOL) is None
    assert coupons.put(Pool(TENANT, POOL, START, START + HOUR))
    assert not coupons.put(Pool(TENANT, POOL, START + HOUR, START + 2 * HOUR))
    assert coupons.get(TENANT, POOL).pool == Pool(TENANT, POOL, START, START + 2 * HOUR)
    assert not coupons.put(Pool(TENANT, POOL, START + HOUR))
    assert coupons.get(TENANT, POOL).pool == Pool(TENANT, POOL, START)
    assert coupons.get("other", POOL) is None


def test_codes_are_counted_and_known_ones_are_left_out(pool):
    coupons = pool(*codes(3))
    assert coupons.add(TENANT, POOL, ["C-0001", "NEW", "C-0002"]) == Added(1, 2)
    assert coupons.add(TENANT, POOL, codes(3)) == Added(0, 3)
    standing = coupons.get(TENANT, POOL)
    assert (standing.added, standing.taken, standing.free, standing.longest) == (4, 0, 4, 6)


def test_a_code_that_was_given_is_not_added_again(pool):
    coupons = pool("ONLY")
    assert take(coupons, "msg_1") == "ONLY"
    assert coupons.add(TENANT, POOL, ["ONLY"]) == Added(0, 1)
    with pytest.raises(NoCoupon, match=EMPTY):
        take(coupons, "msg_2")


def test_the_same_code_may_be_in_two_pools(pool):
    coupons = pool("ONE")
    coupons.put(Pool(TENANT, "autumn", START))
    assert coupons.add(TENANT, "autumn", ["ONE"]) == Added(1, 0)
    assert take(coupons, "msg_1", "autumn") == take(coupons, "msg_1") == "ONE"


def test_each_message_gets_a_code_of_its_own_and_the_same_again(pool):
    coupons = pool(*codes(48))
    messages = [f"msg_{each}" for each in range(48)]
    first = {message: take(coupons, message) for message in messages}

    assert sorted(first.values()) == codes(48)
    assert {message: take(coupons, message) for message in messages} == first
    assert {message: coupons.given(TENANT, POOL, message) for message in messages} == first
    assert coupons.given(TENANT, POOL, "msg_other") is None
    standing = coupons.get(TENANT, POOL)
    assert (standing.taken, standing.free) == (48, 0)


def test_an_empty_pool_gives_none_and_gives_again_what_it_gave(pool):
    coupons = pool("A")
    assert take(coupons, "msg_1") == "A"
    with pytest.raises(NoCoupon, match=EMPTY):
        take(coupons, "msg_2")
    assert take(coupons, "msg_1") == "A"
    coupons.add(TENANT, POOL, ["B"])
    assert take(coupons, "msg_2") == "B"


@pytest.mark.parametrize(
    ("tenant", "pool_id", "at", "reason"),
    [
        ("other", POOL, START, GONE),
        (TENANT, "other", START, GONE),
        (TENANT, POOL, START + HOUR, OVER),
    ],
)
def test_a_pool_that_is_over_or_of_others_gives_none(pool, tenant, pool_id, at, reason):
    coupons = pool("A", expires_at=START + HOUR)
    with pytest.raises(NoCoupon, match=reason):
        take(coupons, "msg_1", pool_id, tenant, at)
    assert coupons.get(TENANT, POOL).free == 1


def test_an_import_counts_each_step_once(pool):
    coupons = pool("A")
    begun = coupons.begin(TENANT, POOL, CouponImport("med_1", START))
    assert coupons.begin(TENANT, POOL, CouponImport("med_1", START + HOUR)) == begun
    after = replace(begun, lines=3, invalid=1)

    assert coupons.add(TENANT, POOL, ["A", "B"], step=(begun, after)) == Added(1, 1)
    assert coupons.add(TENANT, POOL, ["A", "B"], step=(begun, after)) is None

    now = replace(after, added=1, duplicates=1)
    assert coupons.found(TENANT, POOL, "med_1") == now
    end = replace(now, lines=4, state=ImportState.FINISHED)
    assert coupons.add(TENANT, POOL, [], step=(now, end)) == Added(0, 0)
    assert coupons.get(TENANT, POOL).imports == (end,)
    assert coupons.found("other", POOL, "med_1") is None


def test_what_is_seen_is_as_it_was_a_moment_ago(pool, clock):
    coupons = pool("A")
    assert coupons.seen(TENANT, POOL).free == 1
    take(coupons, "msg_1")
    clock.advance(timedelta(seconds=6))
    assert coupons.seen(TENANT, POOL).free == 0


class Killed(BaseException):
    """The process dies."""


class Dying:
    """A client whose process dies at its last transaction, before or after it is done."""

    def __init__(self, client, transactions, *, done):
        self._client, self._left, self._done = client, transactions, done

    def __getattr__(self, name):
        return getattr(self._client, name)

    def transact_write_items(self, **request):
        self._left -= 1
        if self._left > 0:
            return self._client.transact_write_items(**request)
        if self._done:
            self._client.transact_write_items(**request)
        raise Killed


@pytest.mark.parametrize("done", [False, True])
def test_four_workers_one_of_them_killed_give_each_code_once(table, clock, done):
    number = 40
    catalog = table("catalog")
    whole = DynamoCouponPools(catalog, clock)
    whole.put(Pool(TENANT, POOL, START))
    whole.add(TENANT, POOL, codes(number))
    dying = replace(catalog, client=Dying(catalog.client, 6, done=done))
    messages = [f"msg_{each}" for each in range(number)]
    workers = [DynamoCouponPools(dying, clock), *(DynamoCouponPools(catalog, clock),) * 3]

    def work(index):
        """A quarter of the messages, and after the kill the other workers take them over."""
        mine = messages[index::4]
        try:
            return {message: take(workers[index], message) for message in mine}
        except Killed:
            return {}

    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(work, range(4)))
    assert results[0] == {}
    given = {message: take(whole, message) for message in messages}

    assert Counter(given.values()) == Counter(codes(number))
    assert all(given[message] == code for each in results for message, code in each.items())
    standing = whole.get(TENANT, POOL)
    assert standing is not None
    assert standing.free == 0
