"""What an alert would do is told before it is approved, and is what it then does."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest

from outbound.domain.address import Address
from outbound.domain.alert import AlertStatus, Escalation, Target
from outbound.domain.errors import Refusal
from outbound.domain.message import Status
from outbound.domain.suppression import Reason, Suppression
from outbound.domain.words import Channel, Purpose
from outbound.flow.alerts.estimating import estimate
from tests.builders import TENANT, make_contact, make_segment
from tests.memory.clock import START
from tests.unit.flow.alerting import Alerting

RATES = {Channel.EMAIL: 10.0, Channel.SMS: 1.0, Channel.VOICE: 1.0}


@pytest.fixture
def world():
    return Alerting()


def told(world, alert, *, go_on=True):
    return estimate(alert, RATES, world.alert_sending, may_go_on=lambda: go_on)


def on(found, channel):
    return next(each for each in found.channels if each.channel is channel)


def test_it_says_what_the_alert_then_does(world):
    silent, *_ = world.add_people(4, region="US-WA")
    world.add_people(2, region="US-OR")
    world.contacts.add(make_contact("mail", Address("email", "m@example.com"), region="US-WA"))
    (number,) = (each for each in silent.addresses if each.kind == "phone")
    stop = Suppression(Reason.OPTED_OUT, START, "text", purposes=frozenset(Purpose))
    world.suppressions.suppress(TENANT, number, stop)
    alert = world.launch()
    found = told(world, alert)
    world.work(hand_over=False)
    messages = world.messages_of(alert)
    for channel in Channel:
        said = on(found, channel)
        mine = [each for each in messages if each.channel is channel]
        assert said.recipients == sum(each.status is Status.ACCEPTED for each in mine)
        assert said.decisions == Counter(each.decision for each in mine)
        assert said.price == sum((each.price.amount for each in mine if each.price), Decimal(0))
    assert (found.recipients, found.reached, found.shards, found.of) == (5, 5, 32, 32)
    assert found.price == sum(each.price for each in found.channels)


def test_nothing_is_written_or_queued(world):
    world.add_people(3, region="US-WA")
    alert = world.make()
    told(world, alert)
    assert len(world.messages.kept) == 0
    assert world.queue.queued == []
    assert world.tasks.take() == []
    assert world.ended(alert) == alert


def test_it_takes_its_lane_s_share_of_the_rate(world):
    world.add_people(6, region="US-WA")
    found = told(world, world.make(channels=(Channel.SMS, Channel.EMAIL)))
    assert on(found, Channel.SMS).takes == timedelta(seconds=20)
    assert on(found, Channel.EMAIL).takes == timedelta(seconds=2)


def test_at_most_it_costs_all_its_steps(world):
    world.add_people(2, region="US-WA")
    step = Escalation(timedelta(minutes=10), (Channel.SMS, Channel.EMAIL))
    found = told(world, world.make(channels=(Channel.EMAIL,), escalation=(step,)))
    email, sms = on(found, Channel.EMAIL), on(found, Channel.SMS)
    assert (email.at_once, sms.at_once) == (True, False)
    assert found.price == email.price
    assert found.at_most == 2 * email.price + sms.price


def test_calls_again_count_in_what_it_costs_at_most(world):
    world.add_people(1, region="US-WA")
    found = told(world, world.make(channels=(Channel.VOICE,), calls_again=2))
    assert found.at_most == 3 * found.price > 0


def test_a_sample_shows_what_each_would_read(world):
    world.add_people(1, region="US-WA")
    world.contacts.add(make_contact("eva", Address("email", "e@example.com"), region="US-WA"))
    alert = world.make(channels=(Channel.SMS,))
    shown = {each.message.contact_id: each for each in told(world, alert).sample}
    assert shown["con_US-WA_0"].bodies["text"].startswith("The river rises.")
    assert shown["eva"].message.decision.reason == "no_address_for_channel"
    assert shown["eva"].bodies == {}


def test_who_is_meant_is_as_the_segment_is_now(world):
    world.add_people(3, region="US-OR")
    coast = make_segment("coast", 'contact.region == "US-OR"')
    world.segments.save(coast)
    alert = world.make(target=Target(segment="coast"))
    assert told(world, alert).recipients == 3
    world.segments.delete(coast)
    with pytest.raises(Refusal) as refused:
        told(world, alert)
    assert refused.value.code == "unknown_segment_id"


def test_a_drill_would_reach_its_testers(world):
    world.add_people(3, region="US-WA")
    world.tester("tess", Address("email", "tess@example.com"))
    found = told(world, world.make(status=AlertStatus.EXERCISE))
    assert (found.recipients, on(found, Channel.EMAIL).recipients) == (1, 1)
    assert on(found, Channel.SMS).decisions == {}


def test_without_time_it_says_how_much_it_has_looked_at(world):
    world.add_people(64, region="US-WA")
    found = told(world, world.make(), go_on=False)
    assert (found.shards, found.of) == (1, 32)
    assert found.recipients < 64
