"""Campaigns that are paused, cancelled, or wait for their canary."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain.campaign import Canary, Pace, State
from outbound.domain.message import Status
from outbound.domain.words import Channel
from outbound.flow.manage.steering import LONG_AGO
from tests.builders import TENANT
from tests.unit.flow.campaign_recipients import fill, sent_once, statuses
from tests.unit.flow.campaigning import Campaigning


def test_a_pause_keeps_what_has_not_left_and_resuming_repeats_nothing():
    world = Campaigning(together=10)
    campaign = world.launch(audience=fill(world, 100))
    pauses = iter([None] * 30)

    def pause(outgoing):
        if next(pauses, outgoing) is outgoing and world.state(campaign) is State.RUNNING:
            world.become(campaign, State.PAUSED)
            world.clock.advance(timedelta(seconds=5))

    world.carrier.meanwhile = pause
    world.run(minutes=2)
    paused = world.carrier.calls
    assert 30 <= paused <= 50
    world.run(minutes=10)
    assert world.carrier.calls == paused
    world.carrier.meanwhile = lambda outgoing: None
    world.become(campaign, State.RUNNING)
    world.run(minutes=8)
    assert statuses(world) == {Status.SENT: 100}
    assert sent_once(world)
    assert world.state(campaign) is State.FINISHED


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
def test_what_is_resumed_goes_on_although_workers_still_hold_it_paused(channel):
    world = Campaigning(together=10, channel=channel)
    campaign = world.launch(audience=fill(world, 100, channel=channel))

    def pause(outgoing):
        if world.carrier.calls == 20:
            world.become(campaign, State.PAUSED)
            world.clock.advance(timedelta(seconds=5))

    world.carrier.meanwhile = pause
    world.run()
    assert world.carrier.calls == 20
    held = world.deliver.campaigns.current(campaign.tenant, campaign.id)
    assert held is not None and held.state is State.PAUSED

    now = world.clock.now()
    [run] = world.runs.of(campaign.tenant, campaign.id)
    moved = replace(run, moved_at=now - LONG_AGO, asked_at=now, version=run.version + 1)
    assert world.runs.replace(moved)
    world.become(campaign, State.RUNNING, updated_at=now)
    world.run(minutes=2)
    assert statuses(world) == {Status.SENT: 100}
    assert sent_once(world)


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
def test_whoever_was_not_written_to_when_it_was_cancelled_is_accounted_for(channel):
    world = Campaigning(together=10, channel=channel)
    campaign = world.launch(audience=fill(world, 100, channel=channel))

    def cancel(outgoing):
        if world.carrier.calls == 20:
            world.become(campaign, State.CANCELLED)
            world.clock.advance(timedelta(seconds=5))

    world.carrier.meanwhile = cancel
    world.run(minutes=10)
    found = statuses(world)
    assert found == {Status.SENT: 20, Status.CANCELLED: 80}
    assert world.tally(campaign).of(Status.CANCELLED) == 80
    assert not world.campaigns.attending


def test_a_few_are_tried_first_and_the_rest_follows_when_somebody_says_so():
    world = Campaigning()
    campaign = world.launch(audience=fill(world, 200), canary=Canary(0.1))
    world.run(minutes=4)
    tried = world.carrier.calls
    assert 5 < tried < 50
    assert world.state(campaign) is State.PAUSED
    world.become(campaign, State.RUNNING)
    world.run(minutes=4)
    assert statuses(world) == {Status.SENT: 200}
    assert world.state(campaign) is State.FINISHED


def test_after_a_canary_with_a_time_the_rest_follows_by_itself():
    world = Campaigning()
    campaign = world.launch(audience=fill(world, 200), canary=Canary(0.1, timedelta(minutes=10)))
    world.run(minutes=8)
    assert 5 < world.carrier.calls < 50
    world.run(minutes=10)
    assert statuses(world) == {Status.SENT: 200}
    assert world.state(campaign) is State.FINISHED


def test_too_many_bounces_pause_a_campaign():
    world = Campaigning(together=50)
    campaign = world.launch(audience=fill(world, 400), pace=Pace(per_minute=150))
    world.run(minutes=1)
    for ref, message in list(world.messages.kept.items()):
        world.messages.kept[ref] = replace(message, status=Status.BOUNCED)
    world.run(minutes=3)
    assert world.state(campaign) is State.PAUSED
    assert world.campaigns.kept[TENANT, campaign.id].reason == "bounce_rate"
    assert world.carrier.calls < 400
