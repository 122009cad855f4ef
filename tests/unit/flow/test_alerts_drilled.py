"""Drills begin at once, say that they are drills, and reach testers alone."""

from __future__ import annotations

import pytest

from outbound.domain.address import Address
from outbound.domain.alert import AlertState
from outbound.domain.words import Channel
from outbound.flow.alerts import making
from tests.builders import make_contact
from tests.unit.flow.alerting import ADA, EXERCISE, Alerting, refusal_of, wanted


@pytest.fixture
def world():
    return Alerting()


def test_a_drill_begins_at_once_and_reaches_only_testers(world):
    world.add_people(20, region="US-WA")
    world.tester("ann", Address("phone", "+14255550155"))
    world.tester("ben", Address("email", "ben@example.com"))
    world.tester("cy", Address("phone", "+14255550156"), verified=False)
    alert = world.make(**EXERCISE)
    assert alert.state is AlertState.SENDING
    world.run(minutes=2)
    found = world.messages_of(alert)
    assert sorted((each.channel, each.address.value) for each in found) == [
        (Channel.EMAIL, "ben@example.com"),
        (Channel.SMS, "+14255550155"),
        (Channel.VOICE, "+14255550155"),
    ]
    assert len(world.messages.kept) == 3
    said = [each.bodies["text"] for each in world.carrier.sent]
    assert all(text.startswith("EXERCISE ONLY") for text in said)
    assert world.ended(alert).state is AlertState.FINISHED


def test_a_drill_speaks_the_language_of_each_tester(world):
    phone = Address("phone", "+14255550155")
    world.contacts.create_many([make_contact("con_ana", phone, locale="es")])
    world.tester("ana", phone)
    world.make(**EXERCISE, channels=(Channel.SMS,))
    world.run()
    assert world.carrier.sent[-1].bodies["text"].startswith("SOLO SIMULACRO. El río crece.")


def test_a_drill_without_testers_is_refused(world):
    refused = refusal_of(making.create, wanted(**EXERCISE), ADA, world.alert_ports)
    assert refused.code == "tester_not_verified"
