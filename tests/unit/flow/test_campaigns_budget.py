"""What isn't spent of a budget comes back to it, once; and it is never overdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from outbound.domain.campaign import Pace, State
from outbound.domain.ids import MessageRef
from outbound.domain.message import Change, Entry, Status, before
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.suppression import Reason, Suppression
from outbound.domain.words import Channel
from outbound.flow.manage.steering import cancel
from tests.builders import TENANT, make_key
from tests.memory.clock import START
from tests.memory.world import make_prices
from tests.unit.flow.campaign_recipients import fill, statuses
from tests.unit.flow.campaigning import Campaigning
from tests.unit.flow.test_campaigns_reviewed import NIGHT

PRICES = {Channel.EMAIL: Decimal("0.0001"), Channel.SMS: Decimal("0.09")}
REFUSED = Outcome(Kind.PERMANENT, "NO")
BOTH = pytest.mark.parametrize("channel", list(PRICES))


def priced(**how):
    world = Campaigning(**how)
    emails, texts = PRICES[Channel.EMAIL] * 1000, PRICES[Channel.SMS]
    prices = make_prices(emails={None: f"{emails}"}, sms_part={"FR": f"{texts}", "US": f"{texts}"})
    world.terms = replace(world.terms, prices=prices)
    return world


def taken(world, campaign):
    """For how many the budget is taken."""
    return world.runs.budgets[TENANT, campaign.id] / PRICES[world.channel]


def owed(world):
    """For how many it should be."""
    never = (Status.BLOCKED, Status.FAILED, Status.CANCELLED, Status.EXPIRED)
    return sum(message.status not in never for message in world.messages)


@BOTH
@pytest.mark.parametrize("odds", [0, 0.002])
def test_a_budget_holds(channel, odds):
    world = priced(channel=channel, odds=odds, twice=0.1 if odds else 0)
    campaign = world.launch(audience=fill(world, 120, channel=channel), budget=PRICES[channel] * 70)
    world.run(minutes=25)
    found = statuses(world)
    assert found[Status.SENT] + found[Status.UNCONFIRMED] <= 70
    if not odds:
        assert found == {Status.SENT: 70, Status.BLOCKED: 50}
        assert world.tally(campaign).under("reason") == {"blocked:budget_spent": 50}
        assert world.tally(campaign).cost == PRICES[channel] * 70
    assert world.state(campaign) is State.FINISHED


@BOTH
def test_who_a_provider_refused_leaves_room_for_others(channel):
    world = priced(channel=channel)
    people = fill(world, 120, channel=channel)
    budget = PRICES[channel] * 70
    campaign = world.launch(audience=people, budget=budget, pace=Pace(per_minute=30))
    world.carrier.answer(*[REFUSED] * 10)
    world.run(minutes=10)
    assert statuses(world) == {Status.SENT: 70, Status.FAILED: 10, Status.BLOCKED: 40}
    assert taken(world, campaign) == 70
    assert world.state(campaign) is State.FINISHED


@pytest.mark.parametrize("seed", range(6))
@BOTH
def test_whoever_dies_a_budget_is_never_overdrawn_and_comes_back_once(channel, seed):
    odds = 0.01 if channel is Channel.EMAIL else 0.005
    world = priced(seed=seed, odds=odds, twice=0.3, channel=channel, together=20)
    people = fill(world, 120, channel=channel)
    budget = PRICES[channel] * 70
    campaign = world.launch(audience=people, budget=budget, pace=Pace(per_minute=30))
    world.carrier.answer(*[REFUSED, Outcome(Kind.SENT, provider_id="p")] * 20)
    for _ in range(40):
        world.run()
        assert world.runs.budgets[TENANT, campaign.id] <= budget
    assert world.fuse.killed > 0
    assert world.state(campaign) is State.FINISHED
    assert statuses(world)[Status.FAILED] > 0
    assert taken(world, campaign) == owed(world) <= 70


@pytest.mark.parametrize("fault", [{"lost": 0.3}, {"again": 0.3}])
def test_what_came_back_too_seldom_or_too_often_is_put_right(fault):
    world = priced(**fault)
    campaign = world.launch(audience=fill(world, 120), budget=PRICES[Channel.EMAIL] * 200)
    world.carrier.answer(*[REFUSED] * 30)
    world.run(minutes=25)
    assert world.state(campaign) is State.FINISHED
    assert taken(world, campaign) == owed(world) == 90


def test_what_waited_of_a_cancelled_campaign_comes_back():
    world = priced(channel=Channel.SMS)
    world.clock.advance_to(NIGHT)
    people = fill(world, 40, channel=Channel.SMS, region="US-NY", timezone="America/New_York")
    campaign = world.launch(audience=people, budget=Decimal(10))
    world.run(minutes=2)
    assert taken(world, campaign) == 40
    cancel(campaign.id, make_key(), world.campaign_ports)
    world.run(minutes=4)
    assert statuses(world) == {Status.CANCELLED: 40}
    assert taken(world, campaign) == 0


def test_what_a_chunk_took_and_needs_no_more_comes_back_at_its_end():
    world = priced(channel=Channel.SMS)
    people = fill(world, 50, channel=Channel.SMS)
    campaign = world.launch(audience=people, budget=Decimal(10))

    def pause(outgoing):
        if world.carrier.calls == 20:
            world.become(campaign, State.PAUSED)
            world.clock.advance(timedelta(seconds=5))

    world.carrier.meanwhile = pause
    world.run()
    assert taken(world, campaign) == 50
    for contact_id in people.contact_ids[40:]:
        address = world.contacts.contacts[TENANT, contact_id].addresses[0]
        world.suppressions.suppress(TENANT, address, Suppression(Reason.BOUNCED, START, "test"))
    world.become(campaign, State.RUNNING)
    world.run(minutes=8)
    assert statuses(world) == {Status.SENT: 40, Status.BLOCKED: 10}
    assert taken(world, campaign) == 40


@pytest.mark.parametrize("seed", range(4))
def test_a_cancelled_chunk_gives_back_what_its_members_did_not_take(seed):
    world = priced(channel=Channel.SMS, seed=seed, odds=0.002, twice=0.2)
    campaign = world.launch(audience=fill(world, 100, channel=Channel.SMS), budget=Decimal(20))

    def stop(outgoing):
        if world.carrier.calls == 30:
            world.become(campaign, State.CANCELLED)
            world.clock.advance(timedelta(seconds=5))

    world.carrier.meanwhile = stop
    world.run(minutes=30)
    assert not world.campaigns.attending
    assert statuses(world)[Status.CANCELLED] > 0
    assert taken(world, campaign) == owed(world)


def test_what_expired_comes_back():
    world = priced()
    campaign = world.launch(
        audience=fill(world, 10), budget=Decimal(1), expires_in=timedelta(minutes=5)
    )
    world.carrier.answer(*[Outcome(Kind.TEMPORARY, "THROTTLED")] * 100)
    world.run(minutes=20)
    assert statuses(world) == {Status.EXPIRED: 10}
    assert taken(world, campaign) == 0


def test_what_arrived_after_all_is_taken_again_and_what_may_have_arrived_never_came_back():
    world = priced()
    campaign = world.launch(audience=fill(world, 2), budget=Decimal(1))
    world.carrier.answer(REFUSED, Outcome(Kind.UNKNOWN, "TIMEOUT"))
    world.run(minutes=1)
    assert taken(world, campaign) == 1
    for message in world.messages:
        status = Status.DELIVERED if message.status is Status.FAILED else Status.FAILED
        entry = Entry(status, world.clock.now(), "a receipt")
        ref = MessageRef(TENANT, message.id)
        assert world.messages.apply(ref, Change(status, entry, before(status)))
    world.run(minutes=3)
    assert taken(world, campaign) == 2


def test_a_campaign_without_a_budget_takes_and_gives_nothing():
    world = priced()
    campaign = world.launch(audience=fill(world, 20))
    world.carrier.answer(*[REFUSED] * 10)
    world.run(minutes=3)
    assert statuses(world) == {Status.SENT: 10, Status.FAILED: 10}
    assert taken(world, campaign) == 0
    assert world.tally(campaign).back == 0
