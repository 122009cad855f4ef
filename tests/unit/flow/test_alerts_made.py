"""Alerts are asked for by one person and approved by another, once, and refer to others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain.address import Address
from outbound.domain.alert import AlertState, AlertType, Escalation, Identity, Target
from outbound.domain.words import Channel, Mode, Purpose
from outbound.flow.alerts import making, steering
from tests.builders import TENANT, make_key
from tests.memory.clock import START
from tests.unit.flow.alerting import ADA, EXERCISE, GRACE, SPANISH, Alerting, refusal_of, wanted

HOUR = timedelta(hours=1)


@pytest.fixture
def world():
    return Alerting()


def test_an_alert_that_is_meant_waits_for_a_second_person(world):
    world.add_people(2, region="US-WA")
    alert = world.make()
    assert alert.state is AlertState.AWAITING_APPROVAL
    world.run(minutes=3)
    assert world.messages_of(alert) == []
    approved = steering.approve(alert, GRACE, world.alert_ports)
    assert approved.approval is not None
    assert (approved.state, approved.approval.person) == (AlertState.SENDING, "grace")
    assert steering.approve(approved, GRACE, world.alert_ports) == approved


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (ADA, "approval_by_another_person"),
        (replace(ADA, id="key_another"), "approval_by_another_person"),
        (make_key(id="key_nobodys"), "person_required"),
        (replace(GRACE, purposes=frozenset({Purpose.MARKETING})), "purpose_not_allowed"),
    ],
)
def test_a_forged_approval_sends_nothing(world, key, code):
    world.add_people(1, region="US-WA")
    alert = world.make()
    assert refusal_of(steering.approve, alert, key, world.alert_ports).code == code
    world.run(minutes=2)
    assert world.alerts.get(TENANT, alert.id) == alert
    assert len(world.messages.kept) == 0


def test_a_key_of_another_mode_or_tenant_finds_no_alert(world):
    alert = world.make()
    for key in (replace(GRACE, mode=Mode.TEST), replace(GRACE, tenant="other")):
        assert refusal_of(making.find, alert.id, key, world.alerts).code == "unknown_alert"


def test_nobody_asks_for_an_alert_that_is_meant(world):
    key = replace(ADA, person=None)
    assert refusal_of(making.create, wanted(), key, world.alert_ports).code == "person_required"


def test_an_update_ends_what_it_refers_to(world):
    world.add_people(2, region="US-WA")
    first = world.launch(channels=(Channel.SMS,))
    world.clock.advance(timedelta(minutes=1))
    update = world.launch(kind=AlertType.UPDATE, references=(first.id,))
    ended = world.ended(first)
    assert (ended.state, ended.reason) == (AlertState.CANCELLED, "superseded")
    assert update.state is AlertState.SENDING


def test_what_the_world_calls_an_alert_leads_to_it(world):
    identity = Identity("county", "1", START - timedelta(hours=1))
    first = world.make(identity=identity)
    later = replace(identity, identifier="2", sent=START)
    update = world.make(identity=later, referred=(identity,), kind=AlertType.CANCEL)
    assert update.settings.references == (first.id,)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": AlertType.UPDATE}, "unknown_reference"),
        ({"references": ("alt_00000000000000000000",)}, "unknown_reference"),
        ({"referred": (Identity("nobody", "1", START),)}, "unknown_reference"),
        ({"older": True}, "older_than_reference"),
        ({"drill": True}, "unknown_reference"),
        ({"expires_at": START}, "time_in_the_past"),
        ({"expires_at": START + timedelta(days=400)}, "time_too_far"),
        ({"target": Target(segment="none")}, "unknown_segment"),
        ({"escalation": (Escalation(6 * HOUR, (Channel.SMS,)),)}, "time_too_far"),
    ],
)
def test_what_speaks_against_it_is_told_and_nothing_written(world, changes, code):
    world.tester("ann", Address("phone", "+14255550155"))
    identity = Identity("county", "1", START)
    world.make(identity=identity)
    if changes.pop("older", False):
        older = replace(identity, identifier="2", sent=START - timedelta(hours=1))
        changes = {"kind": AlertType.UPDATE, "referred": (identity,), "identity": older}
    if changes.pop("drill", False):
        changes = {**EXERCISE, "kind": AlertType.CANCEL, "referred": (identity,)}
    seen = world.snapshot()
    assert refusal_of(making.create, wanted(**changes), ADA, world.alert_ports).code == code
    assert world.snapshot() == seen


def test_the_same_request_makes_one_alert(world):
    first = making.create(wanted(once="a"), ADA, world.alert_ports)
    world.clock.advance(timedelta(hours=7))
    again = making.create(wanted(once="a"), ADA, world.alert_ports)
    assert (again.alert, again.replayed) == (first.alert, True)


def test_what_has_the_same_name_is_the_same_alert_or_refused(world):
    identity = Identity("county", "1", START)
    first = making.create(wanted(identity=identity), ADA, world.alert_ports)
    again = making.create(wanted(identity=identity), ADA, world.alert_ports)
    assert (again.alert, again.replayed) == (first.alert, True)
    other = wanted(identity=identity, infos=(SPANISH,))
    assert refusal_of(making.create, other, ADA, world.alert_ports).code == "alert_exists"
