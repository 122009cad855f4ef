"""Who isn't reached on one channel is written to on the next, once, and counts once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from outbound.domain.campaign import Canary, Route, State
from outbound.domain.message import Status
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.tally import place_of, total
from outbound.domain.words import Channel
from outbound.flow.manage.steering import cancel, pause, resume
from tests.builders import TENANT, make_key
from tests.memory.clock import START
from tests.memory.world import make_prices
from tests.unit.flow.routed_campaign import AFTER, RoutedCampaign
from tests.unit.flow.test_run_exports import begin, rows, work

KEY = make_key()
REFUSED = Outcome(Kind.PERMANENT, "NO")
EMAIL, SMS, VOICE = Channel.EMAIL, Channel.SMS, Channel.VOICE


def truth(world):
    return total(place_of(message) for message in world.messages)


def counted(world, campaign):
    """The counts of a run, which are those of its messages."""
    world.catch_up()
    tally = world.tally(campaign)
    counts = {name: count for name, count in tally.counts.items() if name != "looked"}
    assert counts == dict(truth(world).counts)
    return tally


def reached(tally):
    return {status: tally.of(status) for status in Status if tally.of(status)}


def delivered(world, campaign, channel=SMS):
    """All that was sent there is delivered."""
    for message in list(world.messages):
        if message.channel is channel and message.status is Status.SENT:
            world.receipt(campaign, message.contact_id, channel, Status.DELIVERED)


def test_a_text_that_fails_is_followed_by_one_call():
    world = RoutedCampaign()
    campaign = world.begin(world.fill(10))
    world.carrier.answer(*[REFUSED] * 3)
    world.run(minutes=2)
    delivered(world, campaign)
    assert world.left() == {SMS: 10}
    assert world.state(campaign) is State.RUNNING
    world.run(minutes=8)
    assert world.left() == {SMS: 10, VOICE: 3}
    assert world.state(campaign) is State.FINISHED
    tally = counted(world, campaign)
    assert reached(tally) == {Status.DELIVERED: 7, Status.SENT: 3}
    assert tally.fell_back == 3
    assert tally.under("channel") == {"sms:delivered": 7, "sms:failed": 3, "voice:sent": 3}


def test_a_text_that_isnt_delivered_in_time_is_followed_by_a_call_and_not_before():
    world = RoutedCampaign()
    campaign = world.begin(world.fill(4))
    world.run(minutes=5)
    assert world.left() == {SMS: 4}
    world.run(minutes=5)
    assert world.left() == {SMS: 4, VOICE: 4}
    calls = [each for each in world.messages if each.channel is VOICE]
    assert min(each.timeline[0].at for each in calls) >= START + AFTER
    assert reached(counted(world, campaign)) == {Status.SENT: 4}


def test_a_receipt_in_time_means_no_call():
    world = RoutedCampaign()
    campaign = world.begin(world.fill(60))
    world.run(minutes=3)
    delivered(world, campaign)
    world.run(minutes=10)
    assert world.left() == {SMS: 60}
    assert world.state(campaign) is State.FINISHED
    tally = counted(world, campaign)
    assert (tally.looked, tally.fell_back) == (60, 0)
    assert len(world.messages) == 60


def test_a_later_receipt_moves_a_count_and_never_the_total():
    world = RoutedCampaign()
    campaign = world.begin(world.fill(4))
    world.run(minutes=12)
    assert world.state(campaign) is State.FINISHED
    world.receipt(campaign, "con_00000", SMS, Status.DELIVERED)
    world.receipt(campaign, "con_00001", VOICE, Status.DELIVERED)
    tally = counted(world, campaign)
    assert tally.settled == 4
    assert tally.under("channel") == {
        "sms:delivered": 1,
        "sms:sent": 3,
        "voice:delivered": 1,
        "voice:sent": 3,
    }


def test_each_begins_with_what_they_prefer_among_what_they_have():
    world = RoutedCampaign(route=Route((SMS, VOICE, EMAIL), AFTER))
    audience = world.fill(5)
    people = world.contacts.contacts

    def change(number, **changes):
        place = TENANT, f"con_{number:05d}"
        people[place] = replace(people[place], **changes)

    change(1, preferred=(EMAIL,))
    change(2, forbidden=frozenset({SMS}))
    change(3, phones=())
    change(4, phones=(), emails=())
    campaign = world.begin(audience)
    world.run(minutes=2)
    first = {each.contact_id: (each.channel, each.status) for each in world.messages}
    assert first == {
        "con_00000": (SMS, Status.SENT),
        "con_00001": (EMAIL, Status.SENT),
        "con_00002": (VOICE, Status.SENT),
        "con_00003": (EMAIL, Status.SENT),
        "con_00004": (SMS, Status.BLOCKED),
    }
    world.run(minutes=25)
    assert world.left() == {SMS: 2, EMAIL: 4, VOICE: 3}
    tally = counted(world, campaign)
    assert tally.settled == 5
    assert tally.looked == 3
    assert world.state(campaign) is State.FINISHED


def test_a_receipt_while_the_call_waits_calls_it_off_and_counts_as_delivered():
    world = RoutedCampaign()
    campaign = world.begin(world.fill(3))
    world.run(minutes=5)
    busy = [Outcome(Kind.TEMPORARY, "BUSY")] * 3
    world.carrier.answer(*busy)
    while world.left()[VOICE] < 3:
        world.run()
    for person in campaign.settings.audience.contact_ids:
        world.receipt(campaign, person, SMS, Status.DELIVERED)
    world.run(minutes=30)
    tally = counted(world, campaign)
    assert reached(tally) == {Status.DELIVERED: 3}
    assert tally.under("channel") == {"sms:delivered": 3, "voice:cancelled": 3}
    assert world.state(campaign) is State.FINISHED
    begin(world, campaign)
    work(world)
    found = rows(world, campaign)
    assert [(each["channel"], each["status"]) for each in found] == [("sms", "delivered")] * 3


@pytest.mark.parametrize("route", [Route((SMS, VOICE), AFTER), Route((SMS, EMAIL), AFTER)])
@pytest.mark.parametrize("seed", range(5))
def test_whoever_dies_everybody_counts_once_and_nobody_is_written_to_twice(seed, route):
    world = RoutedCampaign(seed=seed, odds=0.004, twice=0.2, route=route, together=20)
    campaign = world.begin(world.fill(60))
    source = world.fuse.source
    for _ in range(45):
        world.run()
        for message in list(world.messages):
            if message.status is Status.SENT and source.random() < 0.2:
                status = Status.DELIVERED if source.random() < 0.5 else Status.UNDELIVERED
                world.receipt(campaign, message.contact_id, message.channel, status)
        if world.state(campaign) is State.FINISHED:
            break
    assert world.fuse.killed > 0
    assert world.state(campaign) is State.FINISHED
    world.left()
    tally = counted(world, campaign)
    assert (tally.settled, tally.open, tally.looked) == (60, 0, 60)
    for person in campaign.settings.audience.contact_ids:
        first, other = (world.ref(campaign, person, each) for each in route.channels)
        passed = place_of(world.messages.kept[first]).passed
        assert passed is (other in world.messages)
        assert passed or world.messages.kept[first].status is Status.DELIVERED


def test_a_run_isnt_finished_while_somebody_may_fall_back():
    world = RoutedCampaign(route=Route((SMS, VOICE), timedelta(hours=2)))
    campaign = world.begin(world.fill(3))
    world.run(minutes=100)
    assert reached(counted(world, campaign)) == {Status.SENT: 3}
    assert world.state(campaign) is State.RUNNING
    world.run(minutes=30)
    assert world.left() == {SMS: 3, VOICE: 3}
    assert world.state(campaign) is State.FINISHED


def test_what_isnt_sent_of_a_fallback_obeys_a_pause():
    world = RoutedCampaign()
    campaign = world.begin(world.fill(3))
    world.run(minutes=3)
    pause(campaign.id, KEY, world.campaign_ports)
    world.run(minutes=20)
    assert world.left() == {SMS: 3}
    world.receipt(campaign, "con_00000", SMS, Status.DELIVERED)
    resume(campaign.id, KEY, world.campaign_ports)
    world.run(minutes=10)
    assert world.left() == {SMS: 3, VOICE: 2}
    assert world.state(campaign) is State.FINISHED
    counted(world, campaign)


@pytest.mark.parametrize("minutes", [0, 3, 7])
def test_a_cancelled_campaign_calls_nobody_and_accounts_for_all(minutes):
    world = RoutedCampaign()
    campaign = world.begin(world.fill(3))
    world.run(minutes=1 if minutes else 0)
    busy = [Outcome(Kind.TEMPORARY, "BUSY")] * 9 if minutes == 7 else []
    world.run(minutes=max(0, minutes - 1))
    world.carrier.answer(*busy)
    if not minutes:
        world.run_to_the_first_step()
    calls = world.left()[VOICE]
    cancel(campaign.id, KEY, world.campaign_ports)
    world.run(minutes=10)
    assert world.left()[VOICE] == calls
    assert all(run.closed_at is not None for run in world.runs.runs.values())
    tally = counted(world, campaign)
    assert (tally.settled, tally.looked) == (3, 3)


def test_a_fallback_takes_of_the_same_budget_and_never_overdraws_it():
    world = RoutedCampaign()
    prices = make_prices(sms_part={"FR": "0.09"}, voice_minute={"FR": "0.03"})
    world.terms = replace(world.terms, prices=prices)
    campaign = world.begin(world.fill(10), budget=Decimal("0.99"))
    world.run(minutes=12)
    taken = world.runs.budgets[TENANT, campaign.id]
    assert world.left() == {SMS: 10, VOICE: 3}
    assert taken == Decimal("0.99") == world.tally(campaign).cost
    assert world.tally(campaign).under("reason") == {"blocked:budget_spent": 7}
    assert world.state(campaign) is State.FINISHED


def test_who_is_held_out_is_held_out_on_all_channels():
    world = RoutedCampaign()
    campaign = world.begin(world.fill(40), hold_out=0.4)
    world.run(minutes=12)
    tally = counted(world, campaign)
    held = tally.under("reason")["blocked:held_out"]
    assert 5 < held < 30
    assert world.left() == {SMS: 40 - held, VOICE: 40 - held}
    assert tally.under("channel")["sms:blocked"] == held


def test_a_canary_tries_both_channels():
    world = RoutedCampaign()
    canary = Canary(0.3, timedelta(minutes=15))
    campaign = world.begin(world.fill(40), canary=canary)
    world.run(minutes=12)
    some = world.left()
    assert 0 < some[SMS] == some[VOICE] < 40
    world.run(minutes=40)
    assert world.left() == {SMS: 40, VOICE: 40}
    assert world.state(campaign) is State.FINISHED


def test_a_channel_that_bounces_stops_the_campaign_though_the_next_one_works():
    world = RoutedCampaign(route=Route((EMAIL, SMS), AFTER))
    campaign = world.begin(world.fill(120))
    world.run(minutes=2)
    for person in campaign.settings.audience.contact_ids[:10]:
        world.receipt(campaign, person, EMAIL, Status.BOUNCED)
    world.run(minutes=20)
    assert world.state(campaign) is State.PAUSED
    assert world.campaigns.kept[TENANT, campaign.id].reason == "bounce_rate"


def test_three_channels_are_tried_one_after_another():
    world = RoutedCampaign(route=Route((EMAIL, SMS, VOICE), AFTER))
    campaign = world.begin(world.fill(6))
    world.run(minutes=2)
    world.receipt(campaign, "con_00000", EMAIL, Status.DELIVERED)
    world.run(minutes=7)
    world.receipt(campaign, "con_00001", SMS, Status.DELIVERED)
    world.run(minutes=15)
    assert world.left() == {EMAIL: 6, SMS: 5, VOICE: 4}
    tally = counted(world, campaign)
    assert reached(tally) == {Status.DELIVERED: 2, Status.SENT: 4}
    assert tally.fell_back == 9
    assert world.state(campaign) is State.FINISHED
    begin(world, campaign)
    work(world)
    found = [(each["channel"], each["status"]) for each in rows(world, campaign)]
    assert found == [("email", "delivered"), ("sms", "delivered"), *[("voice", "sent")] * 4]


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_chunk_that_is_lost_holds_up_no_run_and_repeats_nothing(which):
    world = RoutedCampaign(route=Route((SMS, EMAIL), AFTER))
    campaign = world.begin(world.fill(5))
    world.run(minutes=3)
    turn = 0 if which == "first" else 1
    lost = [ref for ref, chunk in world.runs.kept.items() if chunk.turn == turn]
    for ref in lost:
        del world.runs.kept[ref]
    world.run(minutes=12 * 60)
    assert world.state(campaign) is State.FINISHED
    assert world.left() == {SMS: 5, EMAIL: 5}
    assert Counter(each.channel for each in world.messages) == {SMS: 5, EMAIL: 5}
