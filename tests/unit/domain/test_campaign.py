from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from outbound.domain.campaign import (
    ENDED,
    FOLLOWS,
    Approval,
    Audience,
    Route,
    State,
    digest_of,
    may_become,
)
from outbound.domain.content import TemplateRef
from outbound.domain.words import Channel
from tests.builders import make_campaign, make_settings
from tests.memory.clock import START

CHANGES = [
    {"template": TemplateRef("offer", 2)},
    {"audience": Audience("vips")},
    {"exclude": Audience("staff")},
    {"budget": Decimal(5)},
    {"data": {"price": 7}},
    {"expires_in": timedelta(days=1)},
    {"name": "Another"},
    {"route": Route((Channel.EMAIL, Channel.SMS), timedelta(minutes=5))},
]


def test_what_has_ended_stays_so():
    assert all(FOLLOWS[state] == frozenset() for state in ENDED)
    assert all(state in FOLLOWS for state in State)


def test_nothing_is_sent_without_having_been_launched():
    assert not may_become(make_campaign(), State.RUNNING)
    assert may_become(make_campaign(), State.SCHEDULED)


@pytest.mark.parametrize("change", CHANGES)
def test_an_approval_ends_with_any_change(change):
    settings = make_settings(needs_approval=True)
    approval = Approval("key_2", START, digest_of(settings))
    approved = make_campaign(needs_approval=True, approval=approval)
    assert approved.approved
    changed = replace(approved, settings=make_settings(needs_approval=True, **change))
    assert not changed.approved


def test_the_order_of_data_is_no_change():
    assert digest_of(make_settings(data={"a": 1, "b": 2})) == digest_of(
        make_settings(data={"b": 2, "a": 1})
    )


def test_what_needs_no_approval_is_approved():
    assert make_campaign().approved
    assert not make_campaign(needs_approval=True).approved


def test_what_was_approved_before_there_were_routes_stays_approved():
    before = "d331c7258ff7864541648ebdb8feb2062cd9354b911e78b46d8916c95a25b9c6"
    assert digest_of(make_settings()) == before
