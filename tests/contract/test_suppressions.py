"""Suppressed addresses: reasons of their own, never narrowed by another, by tenant."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain.address import Address
from outbound.domain.ids import address_key
from outbound.domain.suppression import ANY_TENANT, Reason, Suppression
from outbound.domain.words import Purpose
from tests.memory.clock import START
from tests.memory.world import SECRET

PHONE = Address("phone", "+14155550123")
EMAIL = Address("email", "jane@example.com")
LATER = START + timedelta(days=1)
STOP = Suppression(Reason.OPTED_OUT, START, "STOP")
MARKETING = replace(STOP, purposes=frozenset({Purpose.MARKETING}))
BOUNCED = Suppression(Reason.BOUNCED, START, "Permanent/General")


def test_an_address_is_free_until_it_is_suppressed(suppressions):
    assert suppressions.of("clinic", PHONE) == ()
    assert suppressions.suppress("clinic", PHONE, MARKETING)
    assert suppressions.of("clinic", PHONE) == (MARKETING,)
    assert suppressions.of("clinic", EMAIL) == ()


def test_tenants_see_nothing_of_each_other_nor_of_what_stands_for_all(suppressions):
    suppressions.suppress(ANY_TENANT, PHONE, STOP)
    suppressions.suppress("shop", PHONE, BOUNCED)
    assert suppressions.of("clinic", PHONE) == ()
    assert suppressions.of(ANY_TENANT, PHONE) == (STOP,)
    assert not suppressions.lift("clinic", PHONE, Reason.OPTED_OUT)
    assert suppressions.page("clinic", limit=10, after=None).items == ()


def test_the_first_of_the_same_reason_stays(suppressions):
    suppressions.suppress("clinic", PHONE, STOP)
    assert not suppressions.suppress("clinic", PHONE, replace(STOP, at=LATER, source="again"))
    assert not suppressions.suppress("clinic", PHONE, replace(MARKETING, at=LATER))
    assert suppressions.of("clinic", PHONE) == (STOP,)


def test_a_wider_no_widens_the_one_that_stands(suppressions):
    suppressions.suppress("clinic", PHONE, MARKETING)
    wider = replace(STOP, at=LATER)
    assert suppressions.suppress("clinic", PHONE, wider)
    assert suppressions.of("clinic", PHONE) == (wider,)


def test_noes_to_different_purposes_add_up(suppressions):
    suppressions.suppress("clinic", PHONE, MARKETING)
    suppressions.suppress(
        "clinic", PHONE, replace(STOP, purposes=frozenset({Purpose.INFORMATIONAL}))
    )
    (standing,) = suppressions.of("clinic", PHONE)
    assert standing.purposes == {Purpose.MARKETING, Purpose.INFORMATIONAL}


def test_what_has_expired_gives_way(suppressions):
    suppressions.suppress("clinic", PHONE, replace(STOP, expires_at=LATER))
    new = replace(MARKETING, at=LATER)
    assert suppressions.suppress("clinic", PHONE, new)
    assert suppressions.of("clinic", PHONE) == (new,)


def test_each_reason_stands_for_itself(suppressions):
    suppressions.suppress("clinic", EMAIL, STOP)
    suppressions.suppress("clinic", EMAIL, BOUNCED)
    assert suppressions.of("clinic", EMAIL) == (BOUNCED, STOP)
    assert suppressions.lift("clinic", EMAIL, Reason.BOUNCED)
    assert not suppressions.lift("clinic", EMAIL, Reason.BOUNCED)
    assert suppressions.of("clinic", EMAIL) == (STOP,)


def test_of_many_at_once_one_is_the_first(suppressions):
    with ThreadPoolExecutor(8) as pool:
        new = list(pool.map(lambda _: suppressions.suppress("clinic", PHONE, STOP), range(16)))
    assert new.count(True) == 1


def test_of_many_different_at_once_none_is_lost(suppressions):
    noes = [replace(STOP, purposes=frozenset({purpose})) for purpose in Purpose] * 3
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda no: suppressions.suppress("clinic", PHONE, no), noes))
    (standing,) = suppressions.of("clinic", PHONE)
    assert standing.purposes == set(Purpose)


@pytest.mark.parametrize("limit", [1, 7, 40, 100])
def test_pages_show_each_address_once_in_the_order_of_keys(suppressions, limit):
    phones = [Address("phone", f"+1415555{number:04d}") for number in range(40)]
    for phone in phones:
        suppressions.suppress("clinic", phone, STOP)
    suppressions.lift("clinic", phones[3], Reason.OPTED_OUT)

    page = suppressions.page("clinic", limit=limit, after=None)
    found = list(page.items)
    while page.after is not None:
        page = suppressions.page("clinic", limit=limit, after=page.after)
        assert len(page.items) <= limit
        found += page.items

    keys = [address_key(SECRET, "clinic", phone.value) for phone in phones if phone != phones[3]]
    assert [key for key, _ in found] == sorted(keys)
    assert all(standing == (STOP,) for _, standing in found)
