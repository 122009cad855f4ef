"""Alerts go on to who was not reached or has not acknowledged them, and to nobody else."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain.alert import AlertState, AlertType, Escalation
from outbound.domain.ids import contact_key
from outbound.domain.message import Change, Entry, Status, before
from outbound.domain.suppression import Reason, Suppression
from outbound.domain.words import Channel, Purpose
from outbound.flow.alerts import steering
from outbound.flow.alerts.progress import Meant
from outbound.ports import Acknowledgement
from tests.builders import TENANT
from tests.memory.clock import START
from tests.memory.world import SECRET
from tests.unit.flow.alerting import Alerting

HOUR = timedelta(hours=1)


@pytest.fixture
def world():
    return Alerting()


def undeliver(world, message):
    ref = next(ref for ref, each in world.messages.kept.items() if each.id == message.id)
    entry = Entry(Status.UNDELIVERED, world.clock.now(), "receipt", code="VOICE_BUSY")
    change = Change(Status.UNDELIVERED, entry, before(Status.UNDELIVERED))
    assert world.messages.apply(ref, change)


def test_who_is_busy_is_called_again_and_nobody_else(world):
    busy, *_ = world.add_people(3, region="US-WA")
    alert = world.launch(channels=(Channel.VOICE,), calls_again=2)
    world.run()
    for _ in range(3):
        for each in world.messages_of(alert):
            if each.contact_id == busy.id and each.status is Status.SENT:
                undeliver(world, each)
        world.run(minutes=5)
    calls = Counter(each.contact_id for each in world.messages_of(alert))
    assert calls == {busy.id: 3, "con_US-WA_1": 1, "con_US-WA_2": 1}


def read_by_sms(world):
    return Acknowledgement(Channel.SMS, world.clock.now(), "US-WA")


def test_it_goes_on_to_who_has_not_acknowledged_it(world):
    first, second = world.add_people(2, region="US-WA")
    step = Escalation(timedelta(minutes=10), (Channel.VOICE,))
    alert = world.launch(channels=(Channel.SMS,), escalation=(step,))
    world.run(minutes=2)
    key = contact_key(SECRET, TENANT, first.id)
    assert world.alerts.acknowledge(TENANT, alert.id, key, read_by_sms(world))
    assert [(each.begun, each.recipients) for each in world.progress(alert).steps] == [
        (True, 2),
        (False, 0),
    ]
    world.run(minutes=12)
    calls = [each for each in world.messages_of(alert) if each.channel is Channel.VOICE]
    assert [each.contact_id for each in calls] == [second.id]
    progress = world.progress(alert)
    assert progress.read == {("US-WA", "sms"): 1}
    assert progress.acknowledged == {"sms": 1}
    first_step, last = progress.steps
    assert (first_step.meant, first_step.recipients) == (Meant.ALL, 2)
    assert (last.meant, last.recipients, last.statuses) == (
        Meant.NOT_ACKNOWLEDGED,
        1,
        {Status.SENT: 1},
    )
    assert last.cost > 0
    assert first_step.cost + last.cost == progress.cost
    assert world.ended(alert).state is AlertState.FINISHED


def test_before_it_is_approved_its_steps_have_no_time(world):
    step = Escalation(timedelta(minutes=10), (Channel.VOICE,))
    alert = world.make(channels=(Channel.VOICE,), calls_again=1, escalation=(step,))
    steps = world.progress(alert).steps
    assert [(each.meant, each.at) for each in steps] == [
        (Meant.ALL, None),
        (Meant.NOT_REACHED, None),
        (Meant.NOT_ACKNOWLEDGED, None),
    ]


def test_a_no_to_its_number_counts_at_each_step(world):
    contact, loud = world.add_people(2, region="US-WA")
    step = Escalation(timedelta(minutes=10), (Channel.SMS,))
    alert = world.launch(channels=(Channel.SMS,), escalation=(step, replace(step, after=HOUR)))
    world.run(minutes=2)
    (phone,) = (each for each in contact.addresses if each.kind == "phone")
    stop = Suppression(Reason.OPTED_OUT, START, "text", purposes=frozenset(Purpose))
    world.suppressions.suppress(TENANT, phone, stop)
    world.run(minutes=62)
    statuses = Counter((each.contact_id, each.status) for each in world.messages_of(alert))
    assert statuses == {
        (loud.id, Status.SENT): 3,
        (contact.id, Status.SENT): 1,
        (contact.id, Status.BLOCKED): 2,
    }


@pytest.mark.parametrize("ends", ["cancelled", "superseded", "expired"])
def test_what_has_ended_goes_on_to_nobody(world, ends):
    world.add_people(2, region="US-WA")
    step = Escalation(timedelta(minutes=10), (Channel.SMS,))
    alert = world.launch(
        channels=(Channel.SMS,), escalation=(step,), expires_at=START + timedelta(minutes=11)
    )
    world.run(minutes=2)
    if ends == "cancelled":
        steering.cancel(alert, world.alert_ports)
    elif ends == "superseded":
        world.launch(channels=(Channel.EMAIL,), kind=AlertType.UPDATE, references=(alert.id,))
    else:
        world.clock.advance(timedelta(minutes=9))
    world.run(minutes=12)
    assert len(world.messages_of(alert)) == 2
    assert [each.begun for each in world.progress(alert).steps] == [True, False]
    assert not world.alerts.attending
