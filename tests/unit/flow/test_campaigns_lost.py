"""Chunks that are gone from the table: told by name, brought back or counted, and never doubled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outbound.domain.campaign import State
from outbound.domain.message import Status
from outbound.domain.review import SELDOM
from outbound.domain.words import Channel
from outbound.flow.reporting import report
from tests.builders import make_key
from tests.memory.clock import START
from tests.memory.world import RETENTION
from tests.unit.flow.campaign_recipients import fill, sent_once, statuses
from tests.unit.flow.campaigning import Campaigning
from tests.unit.flow.test_campaigns_reviewed import hours, the_run, truth

LOST, CORRECTED = "CampaignChunksLost", "CampaignCountsCorrected"
PEOPLE = 120
NAME = "rest000#000000#001"


def losing(*, delivered, channel=Channel.EMAIL, steps=True, **faults):
    """A campaign of which a chunk of fifty is lost, before or after it was worked off."""
    world = Campaigning(channel=channel, **faults)
    campaign = world.launch(audience=fill(world, PEOPLE, channel=channel))
    if delivered:
        world.run()
    else:
        world.run_to_the_first_step()
    lose(world, steps=steps)
    return world, campaign


def lose(world, *, steps=True):
    (ref,) = [each for each in world.runs.kept if each.id.endswith("#001")]
    del world.runs.kept[ref]
    world.chunks.queued[:] = [each for each in world.chunks.queued if each[1] != ref]
    if not steps:
        world.runs.steps_kept.clear()


def told(world, campaign):
    (run,) = report(campaign.id, make_key(), world.campaigns, world.runs).runs
    return run.run.lost, run.run.unnamed


def test_who_may_have_been_written_to_is_unconfirmed_and_the_run_closes():
    world, campaign = losing(delivered=False)
    world.run(minutes=30)
    assert statuses(world) == {Status.SENT: 70, Status.UNCONFIRMED: 50}
    assert sent_once(world)
    assert world.tally(campaign) == truth(world)
    assert world.state(campaign) is State.FINISHED
    assert world.signals.counts[LOST] == 1
    assert told(world, campaign) == ((NAME,), 0)


def test_a_lost_chunk_of_texts_is_worked_off_for_each_has_a_claim():
    world, campaign = losing(delivered=False, channel=Channel.SMS)
    world.run(minutes=30)
    assert statuses(world) == {Status.SENT: PEOPLE}
    assert sent_once(world)
    assert world.state(campaign) is State.FINISHED
    assert told(world, campaign) == ((NAME,), 0)


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
@pytest.mark.parametrize("steps", [True, False])
def test_who_was_written_to_stays_counted_and_gets_nothing_twice(channel, steps):
    world, campaign = losing(delivered=True, channel=channel, steps=steps)
    world.run(minutes=30)
    assert statuses(world) == {Status.SENT: PEOPLE}
    assert sent_once(world)
    assert world.tally(campaign) == truth(world)
    assert world.state(campaign) is State.FINISHED
    assert world.signals.counts[LOST] == 1
    assert world.signals.counts[CORRECTED] == 0
    assert told(world, campaign) == (((NAME,), 0) if steps else ((), 50))


def test_of_whom_nothing_is_known_any_more_are_counted_with_a_reason():
    world, campaign = losing(delivered=False, steps=False)
    world.run(minutes=30)
    assert statuses(world) == {Status.SENT: 70}
    tally = world.tally(campaign)
    assert (tally.settled, tally.of(Status.UNCONFIRMED)) == (PEOPLE, 50)
    assert tally.under("reason") == {"unconfirmed:chunk_lost": 50}
    assert world.state(campaign) is State.FINISHED
    assert told(world, campaign) == ((), 50)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
def test_whoever_dies_over_it_nobody_gets_anything_twice(seed, channel):
    faults = {"seed": seed, "twice": 0.2, "lost": 0.1, "again": 0.1, "together": 20}
    world, campaign = losing(delivered=False, channel=channel, **faults)
    world.fuse.odds = 0.01 if channel is Channel.EMAIL else 0.002
    world.run(minutes=30)
    world.clock.advance(SELDOM)
    world.run(minutes=10)
    assert sent_once(world)
    assert len(world.messages) == PEOPLE
    assert world.tally(campaign) == truth(world)
    assert world.state(campaign) is State.FINISHED


def test_of_a_closed_run_it_is_only_told():
    world, campaign = losing(delivered=True)
    world.run(minutes=30)
    before = world.tally(campaign)
    lose(world)
    hours(world, 26)
    assert not [each for each in world.runs.kept if each.id.endswith("#001")]
    assert world.tally(campaign) == before
    assert world.signals.counts[LOST] == 2


def test_what_was_removed_when_its_time_was_over_is_not_lost():
    world, campaign = losing(delivered=True, channel=Channel.SMS)
    world.clock.advance_to(START + RETENTION)
    world.run(minutes=30)
    assert sent_once(world)
    assert world.signals.counts[LOST] == 0
    assert told(world, campaign) == ((), 0)


def test_a_look_that_began_before_all_was_read_takes_nothing_for_lost():
    world = Campaigning()
    campaign = world.launch(audience=fill(world, PEOPLE))
    world.run_to_the_first_step()
    run = the_run(world, campaign)
    world.runs.replace(replace(run, asked_at=START, version=run.version + 1))
    world.run(minutes=30)
    assert statuses(world) == {Status.SENT: PEOPLE}
    assert world.signals.counts[LOST] == 0
