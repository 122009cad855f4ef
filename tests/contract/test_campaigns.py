"""Campaigns, as they are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from outbound.domain.campaign import Approval, Audience, Canary, Pace, QuietHours, Route, State
from outbound.domain.content import TemplateRef
from outbound.domain.timing import Schedule
from outbound.domain.variants import Variant
from outbound.domain.words import Channel
from tests.builders import TENANT, make_campaign, make_run
from tests.memory.clock import START

RUN = make_run()
FULL = make_campaign(
    variants=(Variant("a", 2, TemplateRef("one", 3)), Variant("b", 1, TemplateRef("two", 1))),
    audience=Audience("vips"),
    exclude=Audience(contact_ids=("con_eve",)),
    data={"price": 9.5, "tags": ["x"]},
    schedule=Schedule(
        local=datetime(2026, 12, 1, 9),
        timezone="Europe/Paris",
        rule="FREQ=WEEKLY",
        until=START + timedelta(days=90),
    ),
    pace=Pace(over=timedelta(hours=2)),
    hold_out=0.1,
    coupon_pool="spring",
    budget=Decimal("12.50"),
    quiet_hours=QuietHours.SKIP,
    canary=Canary(0.01, timedelta(minutes=30)),
    needs_approval=True,
    approval=Approval("key_00000000000000000002", START, "digest"),
    state=State.PAUSED,
    reason="bounce_rate",
    excused=True,
    launched_at=START,
    next_at=START + timedelta(days=7),
    run_at=START,
)
ROUTED = make_campaign(route=Route((Channel.EMAIL, Channel.SMS), timedelta(minutes=30)))


@pytest.mark.parametrize("campaign", [make_campaign(), FULL, ROUTED])
def test_a_campaign_comes_back_as_it_was_written(campaigns, campaign):
    assert campaigns.insert(campaign)
    assert campaigns.get(TENANT, campaign.id) == campaign


def test_a_campaign_is_written_once(campaigns):
    campaigns.insert(make_campaign())
    assert not campaigns.insert(make_campaign(name="Another"))
    assert campaigns.get(TENANT, make_campaign().id).settings.name == "Spring offer"


def test_nobody_sees_the_campaigns_of_another_tenant(campaigns):
    campaigns.insert(make_campaign())
    assert campaigns.get("other", make_campaign().id) is None
    assert campaigns.newest("other", limit=10, after=None).campaigns == ()


def test_of_two_changes_one_is_made(campaigns):
    campaigns.insert(make_campaign())
    assert campaigns.replace(make_campaign(state=State.SCHEDULED, version=2))
    assert not campaigns.replace(make_campaign(state=State.CANCELLED, version=2))
    assert campaigns.get(TENANT, make_campaign().id).state is State.SCHEDULED


def test_a_campaign_that_is_sent_is_known_for_five_seconds(campaigns, clock):
    campaigns.insert(make_campaign())
    assert campaigns.current(TENANT, make_campaign().id).version == 1
    clock.advance(timedelta(seconds=5))
    campaigns.replace(make_campaign(version=2))
    assert campaigns.current(TENANT, make_campaign().id).version == 2


def test_campaigns_are_listed_newest_first_page_by_page(campaigns):
    ids = [f"cam_0000000000000000000{number}" for number in range(1, 4)]
    for campaign_id in ids:
        campaigns.insert(make_campaign(id=campaign_id))
    first = campaigns.newest(TENANT, limit=2, after=None)
    second = campaigns.newest(TENANT, limit=2, after=first.after)
    assert [each.id for each in (*first.campaigns, *second.campaigns)] == ids[::-1]


def test_the_clock_looks_after_campaigns_until_told_not_to(campaigns):
    campaigns.attend("acme", "cam_1")
    campaigns.attend("acme", "cam_1")
    campaigns.attend("clinic", "cam_2")
    campaigns.leave("clinic", "cam_2")
    assert list(campaigns.attended()) == [("acme", "cam_1")]


def test_closed_runs_are_remembered_until_they_are_forgotten(campaigns):
    other = make_run(at=START + timedelta(days=1)).ref
    for ref in (RUN.ref, RUN.ref, other):
        campaigns.remember(ref)
    assert list(campaigns.remembered()) == [RUN.ref, other]
    campaigns.forget(RUN.ref)
    campaigns.forget(RUN.ref)
    assert list(campaigns.remembered()) == [other]
    assert list(campaigns.attended()) == []
