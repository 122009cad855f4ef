"""Which status may follow which."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.message import FOLLOWS, WAITING, Status, before

CLIMB = (Status.SENT, Status.FAILED, Status.UNDELIVERED, Status.DELIVERED, Status.BOUNCED)
ENDS = frozenset(Status) - WAITING - {Status.SENDING, Status.UNCONFIRMED, Status.SENT}
HANDED_OVER = [Status.SENDING, Status.UNCONFIRMED, Status.SENT]
GIVEN_UP = [Status.DEFERRED, Status.FAILED, Status.EXPIRED, Status.BLOCKED]


def after(start: Status, receipts: tuple[Status, ...] | list[Status]) -> Status:
    """Where a message ends to which these receipts come in this order."""
    status = start
    for receipt in receipts:
        if status in before(receipt):
            status = receipt
    return status


def test_every_status_is_in_the_table():
    assert set(FOLLOWS) == set(Status)


def test_before_and_follows_say_the_same():
    for earlier in Status:
        for later in Status:
            assert (earlier in before(later)) == (later in FOLLOWS[earlier])


@pytest.mark.parametrize("end", sorted(ENDS))
def test_only_a_receipt_leads_on_from_an_end(end):
    assert FOLLOWS[end] <= {Status.UNDELIVERED, Status.DELIVERED, Status.BOUNCED}


@pytest.mark.parametrize("status", sorted(Status))
def test_nothing_follows_itself_but_what_waits_for_another_time(status):
    assert (status in FOLLOWS[status]) is (status in {Status.DEFERRED, Status.SCHEDULED})


def test_only_a_claim_or_a_receipt_leads_on_from_doubt():
    assert FOLLOWS[Status.UNCONFIRMED] == {Status.SENDING, *CLIMB}


def test_what_was_cancelled_is_not_sent_again():
    assert not FOLLOWS[Status.CANCELLED] & (WAITING | {Status.SENDING, Status.SENT})


def test_nothing_is_handed_over_again_once_a_provider_has_taken_it():
    reached, frontier = set(), {Status.SENT, *ENDS}
    while frontier:
        reached |= frontier
        frontier = {later for status in frontier for later in FOLLOWS[status]} - reached
    assert Status.SENDING not in reached


@pytest.mark.parametrize("start", HANDED_OVER + GIVEN_UP)
def test_receipts_in_any_order_end_in_the_same_status(start):
    assert {after(start, order) for order in permutations(CLIMB)} == {Status.BOUNCED}


@given(
    st.sampled_from(HANDED_OVER + GIVEN_UP),
    st.lists(st.sampled_from(CLIMB), min_size=1, max_size=8).flatmap(
        lambda receipts: st.tuples(st.just(receipts), st.permutations(receipts))
    ),
)
def test_some_receipts_and_their_duplicates_end_alike_in_any_order(start, orders):
    assert after(start, orders[0]) == after(start, orders[1])


@given(st.sampled_from(HANDED_OVER), st.lists(st.sampled_from(CLIMB), min_size=1))
def test_the_furthest_receipt_decides(start, receipts):
    known = [status for status in (start, *receipts) if status in CLIMB]
    assert after(start, receipts) == max(known, key=CLIMB.index)
