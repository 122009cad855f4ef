"""Which messages a suppression stops."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.suppression import Reason, Suppression, covers, joined
from outbound.domain.words import Purpose
from tests.builders import make_suppression
from tests.memory.clock import START

SETS = st.frozensets(st.sampled_from(Purpose), min_size=1)
DAYS = st.none() | st.integers(1, 9)


@st.composite
def opt_outs(draw, at=START):
    days = draw(DAYS)
    return Suppression(
        Reason.OPTED_OUT,
        at,
        draw(st.sampled_from(["STOP", "letter"])),
        draw(st.none() | SETS),
        None if days is None else START + timedelta(days=days),
    )


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("reason", [Reason.BOUNCED, Reason.INVALID])
def test_an_address_that_does_not_work_works_for_nothing(reason, purpose):
    assert covers(make_suppression(reason), purpose, START)


@pytest.mark.parametrize("reason", [Reason.COMPLAINED, Reason.OPTED_OUT])
def test_a_no_silences_everything_but_an_alert(reason):
    passing = {
        purpose for purpose in Purpose if not covers(make_suppression(reason), purpose, START)
    }
    assert passing == {Purpose.EMERGENCY}


@given(opt_outs(), opt_outs(), st.sampled_from(Purpose), st.integers(0, 10))
def test_two_joined_stop_whatever_one_of_them_stops(one, other, purpose, days):
    now = START + timedelta(days=days)
    if covers(one, purpose, now) or covers(other, purpose, now):
        assert covers(joined(one, other), purpose, now)


@given(opt_outs())
def test_the_same_again_adds_nothing(one):
    assert joined(one, one) is one


@given(opt_outs(), opt_outs(), st.sampled_from(Purpose))
def test_two_joined_stop_nothing_that_neither_stops(one, other, purpose):
    if not covers(one, purpose, START) and not covers(other, purpose, START):
        assert not covers(joined(one, other), purpose, START)
