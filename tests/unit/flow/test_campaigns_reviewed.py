"""The counts come to be those of the messages, whatever was lost, doubled or left waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from outbound.domain.campaign import State
from outbound.domain.message import Status
from outbound.domain.run import run_ref
from outbound.domain.tally import Tally, place_of, total
from outbound.domain.words import Channel
from outbound.flow.expand.reviewing import STEP
from outbound.flow.manage.steering import cancel, pause, resume
from outbound.flow.record import RECEIPTS
from tests.builders import TENANT, make_key
from tests.memory.clock import START
from tests.memory.messages import MemoryMessages
from tests.memory.world import SECRET
from tests.unit.flow.campaign_recipients import fill, sent_once, statuses
from tests.unit.flow.campaigning import Campaigning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from outbound.domain.ids import MessageRef

CORRECTED = "CampaignCountsCorrected"
NIGHT = datetime(2026, 11, 24, 2, tzinfo=START.tzinfo)
MORNING = datetime(2026, 11, 24, 16, tzinfo=START.tzinfo)
"""In New York."""


def truth(world):
    return total(place_of(message) for message in world.messages)


class Watched(MemoryMessages):
    """Messages of which something happens as soon as many of them were read."""

    meanwhile: Callable[[Sequence[MessageRef]], None]

    def get_many(self, refs):
        found = super().get_many(refs)
        self.meanwhile(refs)
        return found


def watch(world, meanwhile):
    kept = world.messages.kept
    world.messages = Watched(world.clock, SECRET)
    world.messages.kept = kept
    world.messages.meanwhile = meanwhile


def the_run(world, campaign):
    current = world.campaigns.kept[TENANT, campaign.id]
    return world.runs.get(run_ref(current, current.run_at))


def that_waits(world, count, channel=Channel.SMS):
    """A campaign to so many, for all of whom it is night."""
    world.clock.advance_to(NIGHT)
    people = fill(world, count, channel=channel, region="US-NY", timezone="America/New_York")
    campaign = world.launch(audience=people)
    world.run(minutes=2)
    assert statuses(world) == {Status.DEFERRED: count}
    return campaign


@pytest.mark.parametrize("fault", [{"lost": 1}, {"again": 1}])
def test_counts_that_were_lost_or_came_twice_are_put_right_and_the_run_closes(fault):
    world = Campaigning(**fault)
    campaign = world.launch(audience=fill(world, 120))
    world.run(minutes=3)
    assert world.state(campaign) is State.RUNNING
    assert world.tally(campaign).settled in (0, 240)
    world.run(minutes=17)
    assert world.tally(campaign) == truth(world)
    assert world.state(campaign) is State.FINISHED
    assert world.signals.counts[CORRECTED] == 1


def test_counts_that_come_to_the_right_sum_by_chance_are_put_right_before_a_run_closes():
    world = Campaigning()
    campaign = world.launch(audience=fill(world, 60))
    world.run(minutes=1)
    wrong = Tally({"status:sent": -1, "status:blocked": 1})
    world.runs.count(the_run(world, campaign).ref, "a fault", wrong)
    world.run(minutes=3)
    assert world.tally(campaign) == truth(world)
    assert world.state(campaign) is State.FINISHED


def test_counts_that_are_right_are_left_alone():
    world = Campaigning(twice=0.3)
    campaign = world.launch(audience=fill(world, 120))
    world.run(minutes=4)
    assert world.state(campaign) is State.FINISHED
    assert world.signals.counts[CORRECTED] == 0


def test_counts_that_move_while_they_are_looked_at_are_not_compared():
    world = Campaigning()
    campaign = world.launch(audience=fill(world, 60))
    world.run(minutes=1)
    opened = next(iter(world.messages.kept))

    def receipt(refs):
        world.messages.mark(opened, "opened")
        world._count()

    watch(world, receipt)
    world.run(minutes=3)
    assert world.state(campaign) is State.FINISHED
    assert world.signals.counts[CORRECTED] == 0
    assert world.tally(campaign) == truth(world)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
def test_whoever_dies_and_whatever_the_stream_does_the_sums_match_in_the_end(seed, channel):
    odds = 0.01 if channel is Channel.EMAIL else 0.002
    world = Campaigning(
        seed=seed, odds=odds, twice=0.2, lost=0.2, again=0.2, channel=channel, together=20
    )
    campaign = world.launch(audience=fill(world, 150, channel=channel))
    world.run(minutes=45)
    assert world.fuse.killed > 0
    assert sent_once(world)
    assert len(world.messages) == 150
    assert world.tally(campaign) == truth(world)
    assert world.state(campaign) is State.FINISHED


def test_a_chunk_that_its_queue_lost_is_driven_again():
    world = Campaigning()
    campaign = world.launch(audience=fill(world, 120))
    world.run_to_the_first_step()
    assert world.chunks.queued
    world.chunks.queued.clear()
    world.run(minutes=7)
    assert statuses(world) == {Status.SENT: 120}
    assert sent_once(world)
    assert world.state(campaign) is State.FINISHED


def test_a_step_whose_chunks_were_never_written_is_taken_again():
    world = Campaigning()
    campaign = world.launch(audience=fill(world, 120))
    world.run_to_the_first_step()
    run = the_run(world, campaign)
    lost = list(world.runs.kept)
    world.runs.kept.clear()
    world.runs.shards.clear()
    world.chunks.queued.clear()
    world.run(minutes=8)
    assert set(world.runs.kept) == set(lost)
    assert statuses(world) == {Status.SENT: 120}
    assert the_run(world, campaign).ref == run.ref
    assert world.state(campaign) is State.FINISHED


def test_receipts_that_were_not_counted_are_found_on_the_days_after():
    world = Campaigning()
    campaign = world.launch(audience=fill(world, 60))
    world.run(minutes=4)
    assert world.state(campaign) is State.FINISHED
    for ref, message in list(world.messages.kept.items())[:10]:
        dict.__setitem__(world.messages.kept, ref, replace(message, status=Status.BOUNCED))
    assert world.tally(campaign).of(Status.BOUNCED) == 0
    hours(world, 26)
    assert world.tally(campaign).of(Status.BOUNCED) == 10
    assert world.tally(campaign) == truth(world)
    assert world.signals.counts[CORRECTED] == 1
    hours(world, 24 * 5)
    assert not world.campaigns.closed


def hours(world, count):
    world.clock.advance(timedelta(minutes=60 - world.clock.now().minute))
    for _ in range(count):
        world.run()
        world.clock.advance(timedelta(minutes=59))


def test_messages_past_their_retention_stay_counted():
    world = Campaigning()
    campaign = world.launch(audience=fill(world, 60))
    world.run(minutes=4)
    counted = world.tally(campaign)
    for ref in list(world.messages.kept)[:10]:
        del world.messages.kept[ref]
    hours(world, 26)
    assert world.tally(campaign) == counted
    assert world.signals.counts[CORRECTED] == 0
    assert world.signals.counts["CampaignGaps"] == 10


def test_a_look_goes_on_where_it_was_left():
    world = Campaigning()
    campaign = world.launch(audience=fill(world, 50 * STEP * 3))
    world.run(minutes=1)
    seen = []

    def die(refs):
        seen.append(len(refs))
        if len(seen) == 2:
            world.fuse.odds = 1

    watch(world, die)
    world.run(minutes=1)
    assert not the_run(world, campaign).reviewed_at
    world.fuse.odds = 0
    world.run(minutes=3)
    assert world.state(campaign) is State.FINISHED
    assert sum(seen) < 2 * 50 * STEP * 3


@pytest.mark.parametrize("odds", [0, 0.02])
def test_what_waits_of_a_cancelled_campaign_ends_at_once(odds):
    world = Campaigning(channel=Channel.SMS)
    campaign = that_waits(world, 60)
    world.fuse.odds = odds
    cancel(campaign.id, make_key(), world.campaign_ports)
    world.run(minutes=10 if odds else 1)
    assert statuses(world) == {Status.CANCELLED: 60}
    assert {message.timeline[-1].reason for message in world.messages} == {"campaign_cancelled"}
    world.run(minutes=4)
    assert world.tally(campaign).of(Status.CANCELLED) == 60
    assert not world.campaigns.attending
    world.clock.advance_to(MORNING)
    world.run(minutes=2)
    assert world.carrier.calls == 0


def test_what_a_pause_held_back_returns_at_once_when_it_is_resumed():
    world = Campaigning(channel=Channel.SMS)
    campaign = that_waits(world, 30)
    world.clock.advance_to(MORNING)
    pause(campaign.id, make_key(), world.campaign_ports)
    world.run(minutes=2)
    assert {message.timeline[-1].reason for message in world.messages} == {"campaign_paused"}
    resume(campaign.id, make_key(), world.campaign_ports)
    world.run(minutes=2)
    assert statuses(world) == {Status.SENT: 30}
    assert sent_once(world)


def test_who_sleeps_is_not_woken_by_a_resume():
    world = Campaigning(channel=Channel.SMS)
    campaign = that_waits(world, 30)
    pause(campaign.id, make_key(), world.campaign_ports)
    resume(campaign.id, make_key(), world.campaign_ports)
    world.run(minutes=3)
    assert statuses(world) == {Status.DEFERRED: 30}
    assert all(len(message.timeline) == 2 for message in world.messages)


def test_the_clock_looks_at_a_closed_run_for_as_long_as_receipts_may_come():
    world = Campaigning()
    campaign = world.launch(audience=fill(world, 10))
    world.run(minutes=4)
    closed = the_run(world, campaign).closed_at
    hours(world, 24 * 4 - 2)
    assert world.campaigns.closed
    hours(world, 30)
    assert the_run(world, campaign).reviewed_at >= closed + RECEIPTS
    assert not world.campaigns.closed
