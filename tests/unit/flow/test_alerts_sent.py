"""Alerts go every way at once, to everybody who is meant, nobody twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain.address import Address
from outbound.domain.alert import AlertState, Escalation, Target
from outbound.domain.message import Status
from outbound.domain.suppression import Reason, Suppression
from outbound.domain.two_way import NumberType, TwoWayNumber, TwoWayNumbers
from outbound.domain.words import Channel, Lane, Purpose
from outbound.flow.alerts import steering
from tests.builders import TENANT, make_contact, make_segment
from tests.memory.clock import START
from tests.unit.flow.alerting import Alerting, info


@pytest.fixture
def world():
    return Alerting()


def test_it_goes_out_by_all_channels_at_once_in_the_language_of_each(world):
    world.add_people(3, region="US-WA")
    world.add_people(2, region="US-WA-", locale="es-MX")
    for each in list(world.contacts.contacts.values()):
        if each.locale:
            spaniard = replace(each, region="US-WA", version=each.version + 1)
            world.contacts.save(spaniard, each, ())
    world.add_people(4, region="US-OR")
    alert = world.launch()
    world.work(hand_over=False)
    found = world.messages_of(alert)
    assert Counter(each.channel for each in found) == dict.fromkeys(Channel, 5)
    assert {each.lane for each in found} == {Lane.CRITICAL}
    assert {lane for _, lane, _ in world.queue.queued} == {Lane.CRITICAL}
    world.work()
    texts = Counter(each.bodies["text"].split(".")[0] for each in world.carrier.sent)
    assert texts["The river rises"] >= 3
    assert texts["El río crece"] >= 2
    statuses = world.progress(alert).statuses
    assert sum(statuses.values()) == 15


def test_who_reads_another_language_gets_the_first(world):
    world.add_people(1, region="US-WA", locale="vi")
    alert = world.launch(channels=(Channel.SMS,))
    world.run()
    assert world.carrier.sent[-1].bodies["text"].startswith("The river rises.")
    assert world.messages_of(alert)[0].status is Status.SENT


def test_words_of_an_alert_are_never_a_template(world):
    world.add_people(1, region="US-WA")
    said = "{{ contact.id }} {% raw %} {# } {"
    world.launch(channels=(Channel.SMS,), infos=(info(headline=said, instruction=None),))
    world.run()
    assert world.carrier.sent[-1].bodies["text"].startswith(f"{said}.")


def test_a_country_is_all_its_states(world):
    world.add_people(1, region="US-WA")
    world.add_people(1, region="FR")
    world.contacts.create_many([make_contact("con_nowhere", Address("phone", "+14255559999"))])
    alert = world.launch(target=Target(("US",)), channels=(Channel.SMS,))
    world.run()
    assert [each.contact_id for each in world.messages_of(alert)] == ["con_US-WA_0"]


def test_a_segment_is_meant_as_it_was_when_the_alert_began(world):
    world.add_people(40, region="US-WA")
    world.segments.save(make_segment("near", expression='contact.region == "US-WA"'))
    alert = world.launch(target=Target(segment="near"), channels=(Channel.SMS,))
    world.segments.segments.clear()
    world.run()
    assert len(world.messages_of(alert)) == 40
    assert world.runs.audiences
    world.run(minutes=15)
    assert world.ended(alert).state is AlertState.FINISHED
    assert world.runs.audiences == {}


def test_a_marketing_stop_never_silences_it_and_a_stop_to_its_number_does(world):
    loud, silent = world.add_people(2, region="US-WA")
    usual = frozenset(Purpose) - {Purpose.EMERGENCY}
    for contact, purposes in ((loud, usual), (silent, frozenset(Purpose))):
        (phone,) = (each for each in contact.addresses if each.kind == "phone")
        stop = Suppression(Reason.OPTED_OUT, START, "text", purposes=purposes)
        world.suppressions.suppress(TENANT, phone, stop)
    alert = world.launch(channels=(Channel.SMS,))
    world.run()
    by_contact = {each.contact_id: each.status for each in world.messages_of(alert)}
    assert by_contact == {loud.id: Status.SENT, silent.id: Status.BLOCKED}


def test_it_is_from_a_number_of_its_own(world):
    world.add_people(1, region="US-WA")
    number = TwoWayNumber("+12065550199", None, NumberType.LONG_CODE, True, emergency=True)
    world.numbers = TwoWayNumbers({number.value: number})
    alert = world.launch(channels=(Channel.SMS,))
    world.run()
    assert [each.origination for each in world.messages_of(alert)] == [number.value]


def test_who_cannot_be_reached_on_a_channel_is_accounted_for(world):
    by_phone = make_contact("con_ada", Address("phone", "+14255550100"), region="US-WA")
    world.contacts.create_many([by_phone])
    alert = world.launch()
    world.run(minutes=2)
    blocked = [each for each in world.messages_of(alert) if each.status is Status.BLOCKED]
    assert [(each.channel, each.decision.reason) for each in blocked] == [
        (Channel.EMAIL, "no_address_for_channel")
    ]
    assert world.ended(alert).state is AlertState.FINISHED
    places = world.progress(alert).places
    assert places["US-WA", "email"] == {Status.BLOCKED: 1}
    assert places["US-WA", "sms"] == {Status.SENT: 1}


def test_what_is_cancelled_in_mid_run_leaves_no_more(world):
    world.add_people(10, region="US-WA")
    alert = world.launch(channels=(Channel.SMS,))
    world.work(hand_over=False)
    steering.cancel(alert, world.alert_ports)
    world.clock.advance(timedelta(seconds=6))
    world.run(minutes=2)
    assert world.carrier.sent == []
    assert {each.status for each in world.messages_of(alert)} == {Status.CANCELLED}
    assert not world.alerts.attending


def test_what_has_expired_leaves_no_more(world):
    world.add_people(3, region="US-WA")
    alert = world.launch(channels=(Channel.SMS,), expires_at=START + timedelta(minutes=5))
    world.work(hand_over=False)
    world.clock.advance(timedelta(minutes=6))
    world.run()
    assert {each.status for each in world.messages_of(alert)} == {Status.EXPIRED}
    ended = world.ended(alert)
    assert (ended.state, ended.reason) == (AlertState.FINISHED, "expired")


@pytest.mark.parametrize("seed", range(3))
def test_whoever_dies_nobody_is_left_out_or_written_to_twice(seed):
    world = Alerting(seed=seed, odds=0.04)
    world.add_people(120, region="US-WA")
    step = Escalation(timedelta(minutes=4), (Channel.SMS,))
    alert = world.launch(channels=(Channel.SMS, Channel.EMAIL), escalation=(step,))
    world.run(minutes=12)
    assert world.fuse.killed
    found = Counter((each.contact_id, each.channel) for each in world.messages_of(alert))
    assert found == {
        (f"con_US-WA_{each}", channel): times
        for each in range(120)
        for channel, times in ((Channel.SMS, 2), (Channel.EMAIL, 1))
    }
    assert sum(world.progress(alert).statuses.values()) == 360
    assert len({each.ref for each in world.carrier.sent}) == len(world.carrier.sent)
    assert world.ended(alert).state is AlertState.FINISHED
