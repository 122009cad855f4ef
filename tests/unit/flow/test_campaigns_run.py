from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from outbound.domain.address import Address
from outbound.domain.campaign import Audience, Canary, Pace, QuietHours, State
from outbound.domain.consent import Consent, ConsentStatus, Level
from outbound.domain.content import TemplateRef
from outbound.domain.ids import address_key
from outbound.domain.message import Status
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.suppression import Reason, Suppression
from outbound.domain.timing import Schedule
from outbound.domain.variants import Variant
from outbound.domain.words import Channel, Purpose
from outbound.flow.manage.steering import LONG_AGO
from tests.builders import TENANT, make_contact
from tests.memory.clock import START
from tests.memory.world import SECRET
from tests.unit.flow.campaigning import Campaigning

ZONES = ("Europe/Paris", "Europe/London", "Europe/Helsinki")


def fill(world, count, *, channel=Channel.EMAIL, **changes):
    """So many contacts who want offers, from France; their ids."""
    ids = [f"con_{number:05d}" for number in range(count)]
    for number, contact_id in enumerate(ids):
        email = channel is Channel.EMAIL
        address = (
            Address("email", f"p{number}@example.com")
            if email
            else Address("phone", f"+3361{number:07d}")
        )
        wanted = Consent(
            channel=channel,
            purpose=Purpose.MARKETING,
            topic=None,
            status=ConsentStatus.GRANTED,
            level=Level.EXPRESS_WRITTEN,
            source="form",
            at=START,
            covers=frozenset({address_key(SECRET, TENANT, address.value)}),
        )
        values = {
            "region": "FR",
            "timezone": ZONES[number % 3],
            "attributes": {"name": f"Person {number}"},
            "consents": (wanted,),
        }
        contact = make_contact(contact_id, address, **values | changes)
        world.contacts.contacts[TENANT, contact_id] = contact
    return Audience(contact_ids=tuple(ids))


def statuses(world):
    return Counter(message.status for message in world.messages)


def sent_once(world):
    """Whether nobody was handed over twice."""
    handed = Counter(outgoing.ref for outgoing in world.carrier.sent)
    return not handed or max(handed.values()) == 1


def test_everybody_is_written_to_once_and_the_sums_match():
    world = Campaigning()
    campaign = world.launch(audience=fill(world, 120))
    world.run(minutes=3)
    assert statuses(world) == {Status.SENT: 120}
    assert sorted(world.bulk_carrier.calls) == [20, 50, 50]
    assert sent_once(world)
    assert world.tally(campaign).of(Status.SENT) == 120
    assert world.state(campaign) is State.FINISHED
    assert not world.campaigns.attending


def test_a_text_goes_the_way_of_any_text():
    world = Campaigning(channel=Channel.SMS)
    campaign = world.launch(audience=fill(world, 60, channel=Channel.SMS))
    world.run(minutes=3)
    assert statuses(world) == {Status.SENT: 60}
    assert sent_once(world)
    assert world.state(campaign) is State.FINISHED


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
def test_whoever_dies_nobody_is_lost_or_doubled(seed, channel):
    odds = 0.01 if channel is Channel.EMAIL else 0.002
    world = Campaigning(seed=seed, odds=odds, twice=0.2, channel=channel, together=20)
    campaign = world.launch(audience=fill(world, 150, channel=channel))
    world.run(minutes=25)
    assert world.fuse.killed > 0
    assert len(world.messages) == 150
    assert sent_once(world)
    found = statuses(world)
    assert found[Status.SENT] + found[Status.UNCONFIRMED] == 150
    assert (
        world.tally(campaign).counts.items()
        >= {f"status:{status}": count for status, count in found.items()}.items()
    )
    assert world.state(campaign) is State.FINISHED


def test_five_thousand_in_three_zones_with_workers_that_die_and_events_that_come_twice():
    world = Campaigning(seed=11, odds=0.002, twice=0.1)
    audience = fill(world, 5_000)
    for number, contact_id in enumerate(audience.contact_ids):
        if number % 10 == 0:
            contact = world.contacts.contacts[TENANT, contact_id]
            world.suppressions.suppress(
                TENANT, contact.addresses[0], Suppression(Reason.BOUNCED, START, "test")
            )
    local = datetime(2026, 11, 24, 9)
    campaign = world.launch(
        audience=audience, schedule=Schedule(local=local, timezone="Europe/Paris")
    )
    for hour in (7, 8, 9):
        world.clock.advance_to(datetime(2026, 11, 24, hour, tzinfo=START.tzinfo))
        world.run(minutes=12)
    assert world.fuse.killed >= 5
    assert len(world.messages) == 5_000
    assert sent_once(world)
    found = statuses(world)
    assert found[Status.BLOCKED] == 500
    assert found[Status.SENT] + found[Status.UNCONFIRMED] == 4_500
    tally = world.tally(campaign)
    assert {status: tally.of(status) for status in found} == found
    assert tally.under("reason")["blocked:suppressed_bounced"] == 500
    assert world.state(campaign) is State.FINISHED
    for message in world.messages:
        contact = world.contacts.contacts[TENANT, message.contact_id]
        hours = {"Europe/Helsinki": 7, "Europe/Paris": 8, "Europe/London": 9}
        assert message.not_before.hour == hours[contact.timezone or ""]


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


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
@pytest.mark.parametrize("odds", [0, 0.002])
def test_a_budget_holds(channel, odds):
    world = Campaigning(channel=channel, odds=odds, twice=0.1 if odds else 0)
    prices = {Channel.EMAIL: Decimal("0.0001"), Channel.SMS: Decimal("0.09")}
    world.terms = replace(world.terms, prices=_priced(prices))
    campaign = world.launch(audience=fill(world, 120, channel=channel), budget=prices[channel] * 70)
    world.run(minutes=25)
    found = statuses(world)
    assert found[Status.SENT] + found[Status.UNCONFIRMED] <= 70
    if not odds:
        assert found == {Status.SENT: 70, Status.BLOCKED: 50}
        assert world.tally(campaign).under("reason") == {"blocked:budget_spent": 50}
        assert world.tally(campaign).cost == prices[channel] * 70
    assert world.state(campaign) is State.FINISHED


def _priced(prices):
    from tests.memory.world import make_prices

    return make_prices(
        emails={None: str(prices[Channel.EMAIL] * 1000)}, sms_part={"FR": str(prices[Channel.SMS])}
    )


def test_variants_are_compared_and_some_held_out():
    world = Campaigning()
    world.offer()
    variants = (
        Variant("a", 1, TemplateRef("offer", 1)),
        Variant("b", 1, TemplateRef("offer", 2)),
    )
    campaign = world.launch(audience=fill(world, 200), variants=variants, hold_out=0.1)
    world.run(minutes=3)
    tally = world.tally(campaign)
    held = tally.under("reason")["blocked:held_out"]
    by_variant = tally.under("variant")
    assert 5 < held < 40
    assert by_variant["a:sent"] + by_variant["b:sent"] == 200 - held
    assert {message.template.version for message in world.messages if message.template} == {1, 2}


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


def test_who_lacks_what_the_template_asks_for_is_told_of():
    world = Campaigning()
    audience = fill(world, 10)
    first = audience.contact_ids[0]
    bare = replace(world.contacts.contacts[TENANT, first], attributes={})
    world.contacts.contacts[TENANT, first] = bare
    nobody = replace(bare, id=audience.contact_ids[1], emails=())
    world.contacts.contacts[TENANT, audience.contact_ids[1]] = nobody
    campaign = world.launch(audience=audience)
    world.run(minutes=3)
    assert world.tally(campaign).under("reason") == {
        "blocked:no_address_for_channel": 1,
        "failed:missing_variable": 1,
    }


def test_what_a_provider_could_not_take_is_tried_again_alone():
    world = Campaigning()
    campaign = world.launch(audience=fill(world, 10))
    world.carrier.answer(
        Outcome(Kind.TEMPORARY, "ACCOUNT_THROTTLED"), Outcome(Kind.PERMANENT, "NO")
    )
    world.run(minutes=5)
    assert statuses(world) == {Status.SENT: 9, Status.FAILED: 1}
    assert world.bulk_carrier.calls == [10]
    assert world.state(campaign) is State.FINISHED


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
