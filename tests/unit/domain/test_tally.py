from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.message import CampaignRef, Entry, Status
from outbound.domain.price import Price
from outbound.domain.tally import (
    OPEN,
    Place,
    Tally,
    alarming,
    closes,
    moved,
    place_of,
    total,
)
from tests.builders import make_message
from tests.memory.clock import START

PLACES = st.builds(
    Place,
    status=st.sampled_from(Status),
    variant=st.sampled_from(["", "a", "b"]),
    reason=st.sampled_from([None, "receipt", "suppressed"]),
    hour=st.sampled_from([None, "2026-11-23T16:00:00Z"]),
    marks=st.sampled_from([frozenset(), frozenset({"complained"})]),
    cost=st.decimals(0, 1, places=4),
)


@given(st.lists(st.tuples(PLACES, st.lists(PLACES, max_size=4)), max_size=20))
def test_moves_come_to_what_counting_again_does(messages):
    tally = Tally()
    for first, later in messages:
        before = None
        for place in (first, *later):
            tally += moved(before, place)
            before = place
    ends = total(later[-1] if later else first for first, later in messages)
    assert tally == ends + Tally()


@given(st.lists(PLACES, max_size=20))
def test_a_run_closes_when_each_has_come_to_an_end_and_only_then(places):
    nobody_waits = all(place.status not in OPEN for place in places)
    assert closes(len(places), total(places)) == nobody_waits
    assert not closes(len(places) + 1, total(places))


def test_a_message_counts_for_its_variant_reason_and_hour():
    message = make_message(
        campaign=CampaignRef("cam_1", "run_1", "a"),
        status=Status.BLOCKED,
        price=Price(Decimal("0.1")),
        timeline=(
            Entry(Status.ACCEPTED, START),
            Entry(Status.BLOCKED, START + timedelta(hours=1), "suppressed_bounced"),
        ),
    )
    place = place_of(message)
    assert place == Place(Status.BLOCKED, "a", "suppressed_bounced", "2026-11-23T17:00:00Z")
    assert total([place]).under("reason") == {"blocked:suppressed_bounced": 1}


def test_a_receipt_leaves_the_hour_in_which_a_message_left():
    message = make_message(
        status=Status.DELIVERED,
        price=Price(Decimal("0.1")),
        timeline=(
            Entry(Status.SENDING, START),
            Entry(Status.SENT, START),
            Entry(Status.DELIVERED, START + timedelta(hours=5), "receipt"),
        ),
    )
    assert place_of(message) == Place(
        Status.DELIVERED, "", None, "2026-11-23T16:00:00Z", cost=Decimal("0.1")
    )
    assert place_of(replace(message, status=Status.DEFERRED)).cost == 0


@pytest.mark.parametrize(
    ("sent", "bounced", "complained", "why"),
    [
        (50, 40, 5, None),
        (950, 50, 1, None),
        (940, 60, 0, "bounce_rate"),
        (1000, 0, 2, "complaint_rate"),
    ],
)
def test_rates_that_harm_the_account_stop_a_run(sent, bounced, complained, why):
    counts = {
        "status:delivered": sent,
        "status:bounced": bounced,
        "mark:complained": complained,
    }
    assert alarming(Tally(counts)) == why
