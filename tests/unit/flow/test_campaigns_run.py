"""Campaigns write to everybody once, whoever dies, and their sums match."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from outbound.domain.campaign import State
from outbound.domain.content import TemplateRef
from outbound.domain.message import Status
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.suppression import Reason, Suppression
from outbound.domain.timing import Schedule
from outbound.domain.variants import Variant
from outbound.domain.words import Channel
from tests.builders import TENANT
from tests.memory.clock import START
from tests.unit.flow.campaign_recipients import fill, sent_once, statuses
from tests.unit.flow.campaigning import Campaigning


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
