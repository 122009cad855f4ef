"""Campaigns keep their pace, their hours and their repetitions."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from outbound.domain.campaign import Pace, QuietHours, State
from outbound.domain.message import Status
from outbound.domain.timing import Schedule
from outbound.domain.words import Channel
from tests.builders import TENANT
from tests.memory.clock import START
from tests.unit.flow.campaign_recipients import fill, statuses
from tests.unit.flow.campaigning import Campaigning


def test_a_pace_is_kept():
    world = Campaigning()
    world.launch(audience=fill(world, 200), pace=Pace(per_minute=40))
    per_minute = []
    for _ in range(7):
        before = world.carrier.calls
        world.run()
        per_minute.append(world.carrier.calls - before)
    assert sum(per_minute) == 200
    assert max(per_minute) <= 80


def test_it_is_night_somewhere_and_who_sleeps_gets_it_in_the_morning():
    world = Campaigning(channel=Channel.SMS)
    world.clock.advance_to(datetime(2026, 11, 24, 2, tzinfo=START.tzinfo))
    campaign = world.launch(
        audience=fill(world, 30, channel=Channel.SMS, region="US-NY", timezone="America/New_York")
    )
    world.run(minutes=2)
    assert statuses(world) == {Status.DEFERRED: 30}
    assert world.state(campaign) is State.RUNNING
    world.clock.advance_to(datetime(2026, 11, 24, 16, tzinfo=START.tzinfo))
    world.run(minutes=5)
    assert statuses(world)[Status.SENT] == 30
    assert world.state(campaign) is State.FINISHED


def test_a_campaign_may_leave_out_who_it_is_night_for():
    world = Campaigning(channel=Channel.SMS)
    world.clock.advance_to(datetime(2026, 11, 24, 2, tzinfo=START.tzinfo))
    campaign = world.launch(
        audience=fill(world, 30, channel=Channel.SMS, region="US-NY", timezone="America/New_York"),
        quiet_hours=QuietHours.SKIP,
    )
    world.run(minutes=3)
    assert statuses(world) == {Status.BLOCKED: 30}
    assert world.tally(campaign).under("reason") == {"blocked:outside_hours": 30}


def test_a_repeating_campaign_runs_again():
    world = Campaigning()
    schedule = Schedule(
        local=START.replace(tzinfo=None) + timedelta(minutes=1),
        timezone="UTC",
        rule="FREQ=DAILY;COUNT=2",
    )
    campaign = world.launch(audience=fill(world, 10), schedule=schedule)
    world.run(minutes=5)
    assert world.state(campaign) is State.SCHEDULED
    assert len(world.messages) == 10
    world.clock.advance(timedelta(days=1))
    world.run(minutes=5)
    assert world.state(campaign) is State.FINISHED
    assert len(world.messages) == 20
    assert len(world.runs.of(TENANT, campaign.id)) == 2


@pytest.mark.parametrize("hours", [2, 7 * 24])
def test_times_that_passed_while_it_was_paused_are_one_run(hours):
    world = Campaigning()
    schedule = Schedule(
        local=START.replace(tzinfo=None) + timedelta(minutes=1), timezone="UTC", rule="FREQ=HOURLY"
    )
    campaign = world.launch(audience=fill(world, 5), schedule=schedule)
    world.run(minutes=3)
    world.become(campaign, State.PAUSED)
    world.clock.advance(timedelta(hours=hours))
    world.run(minutes=2)
    assert world.carrier.calls == 5
    world.become(campaign, State.SCHEDULED)
    world.run(minutes=20)
    assert world.carrier.calls == 10
    assert statuses(world) == {Status.SENT: 10}
    assert world.state(campaign) is State.SCHEDULED
