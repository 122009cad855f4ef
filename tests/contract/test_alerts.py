"""Alerts in memory and on moto: written once, found by what the world calls them, acknowledged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.adapters.dynamodb.alerts import DynamoAlerts
from outbound.domain.alert import (
    Alert,
    AlertState,
    AlertType,
    Approval,
    Escalation,
    Identity,
    Resource,
    Target,
)
from outbound.domain.content import TemplateRef
from outbound.domain.words import Channel, Mode
from outbound.ports import Acknowledgement
from tests import memory
from tests.builders import TENANT
from tests.memory.clock import START
from tests.unit.flow.alerting import info, wanted

IDENTITY = Identity("county", "1", START)
ALERT = Alert(
    tenant=TENANT,
    id="alt_00000000000000000001",
    mode=Mode.LIVE,
    identity=IDENTITY,
    settings=wanted(
        infos=(info(areas=("Here",), resources=(Resource("A map", "image/png", None),)),),
        kind=AlertType.UPDATE,
        references=("alt_00000000000000000000",),
        escalation=(Escalation(timedelta(minutes=10), (Channel.VOICE,)),),
        template=TemplateRef("alert", 3),
    ).settings,
    state=AlertState.SENDING,
    created_at=START,
    created_by="key_00000000000000000001",
    updated_at=START,
    says=2,
    person="ada",
    approval=Approval("grace", "key_00000000000000000002", START),
    launched_at=START,
)
PLAIN = replace(
    ALERT,
    id="alt_00000000000000000002",
    settings=replace(
        ALERT.settings,
        target=Target(segment="near"),
        references=(),
        escalation=(),
        template=None,
    ),
    state=AlertState.AWAITING_APPROVAL,
    approval=None,
    launched_at=None,
    person=None,
)


@pytest.fixture
def alerts(port, clock):
    return port(
        memory.MemoryAlerts(clock),
        "catalog",
        lambda table: DynamoAlerts(table, clock, timedelta(days=400)),
    )


def test_an_alert_comes_back_as_it_was_written(alerts):
    for each in (ALERT, PLAIN):
        assert alerts.insert(each)
        assert not alerts.insert(each)
        assert alerts.get(TENANT, each.id) == each
    assert alerts.get("other", ALERT.id) is None
    assert alerts.newest(TENANT, limit=1, after=None).alerts == (PLAIN,)
    assert alerts.newest(TENANT, limit=5, after=PLAIN.id).alerts == (ALERT,)


def test_of_two_who_change_it_one_does(alerts):
    alerts.insert(ALERT)
    changed = replace(ALERT, state=AlertState.CANCELLED, reason="requested", version=2)
    assert alerts.replace(changed)
    assert not alerts.replace(changed)
    assert alerts.get(TENANT, ALERT.id) == changed


def test_what_is_read_to_send_may_be_five_seconds_old(alerts, clock):
    alerts.insert(ALERT)
    assert alerts.current(TENANT, ALERT.id) == ALERT
    clock.advance(timedelta(seconds=6))
    assert alerts.current(TENANT, ALERT.id) == ALERT
    assert alerts.current(TENANT, PLAIN.id) is None


def test_a_name_is_given_once(alerts):
    assert alerts.named(TENANT, Mode.LIVE, IDENTITY) is None
    assert alerts.name(TENANT, Mode.LIVE, IDENTITY, "alt_a") == "alt_a"
    assert alerts.name(TENANT, Mode.LIVE, IDENTITY, "alt_b") == "alt_a"
    assert alerts.named(TENANT, Mode.LIVE, IDENTITY) == "alt_a"
    assert alerts.named(TENANT, Mode.TEST, IDENTITY) is None
    assert alerts.named("other", Mode.LIVE, IDENTITY) is None


def test_the_clock_looks_after_some(alerts):
    alerts.attend(TENANT, ALERT.id)
    alerts.attend("other", PLAIN.id)
    alerts.leave("other", PLAIN.id)
    assert list(alerts.attended()) == [(TENANT, ALERT.id)]


def by(channel, region="US-WA"):
    return Acknowledgement(channel, START, region)


def test_each_contact_acknowledges_once(alerts):
    keys = [f"contact{number:09}" for number in range(40)]
    for key in keys:
        assert alerts.acknowledge(TENANT, ALERT.id, key, by(Channel.SMS))
    assert not alerts.acknowledge(TENANT, ALERT.id, keys[0], by(Channel.EMAIL))
    assert alerts.acknowledge(TENANT, ALERT.id, "contact", by(Channel.EMAIL, "US-OR"))
    assert alerts.acknowledged(TENANT, ALERT.id, [keys[3], "nobody"]) == {keys[3]}
    assert alerts.acknowledged(TENANT, ALERT.id, []) == frozenset()
    assert alerts.acknowledgements(TENANT, ALERT.id) == {
        ("US-OR", "email"): 1,
        ("US-WA", "sms"): 40,
    }
    assert alerts.acknowledgements(TENANT, PLAIN.id) == {}


def test_who_has_acknowledged_is_told_and_forgotten_and_stays_counted(alerts):
    assert alerts.acknowledgement(TENANT, ALERT.id, "contact") is None
    alerts.acknowledge(TENANT, ALERT.id, "contact", by(Channel.EMAIL, "US-OR"))
    told = alerts.acknowledgement(TENANT, ALERT.id, "contact")
    assert told == by(Channel.EMAIL, "US-OR")
    for _ in range(2):
        alerts.forget_acknowledgement(TENANT, ALERT.id, "contact")
    assert alerts.acknowledgement(TENANT, ALERT.id, "contact") is None
    assert alerts.acknowledgements(TENANT, ALERT.id) == {("US-OR", "email"): 1}
