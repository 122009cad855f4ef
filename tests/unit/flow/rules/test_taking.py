"""What becomes of an event."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from outbound.domain.event_rule import ContactPath, EventRule, EventSources, Way
from outbound.domain.incoming_event import IncomingEvent
from outbound.domain.message import Status
from outbound.domain.words import Channel, Mode, Purpose, RouteMode
from outbound.flow.rules import RulePorts, take
from tests.builders import EMAIL, PHONE, TENANT, make_contact, make_content, make_template
from tests.memory.clock import START
from tests.memory.event_rules import MemoryEventRules

SHOP = "com.example.shop"
TOO_LARGE = "message_too_large"
SOURCES = EventSources({SHOP: TENANT, "com.example.other": "other"})


def make_event(event_id: str = "event-1", **changes: Any) -> IncomingEvent:
    detail = {"order": "A-77", "customer": {"id": "con_ada", "phone": "+14155550123", "number": 7}}
    body = {
        "id": event_id,
        "source": SHOP,
        "detail-type": "order.shipped",
        "detail": changes.pop("detail", detail),
    }
    values: dict[str, Any] = {
        "id": event_id,
        "source": SHOP,
        "kind": "order.shipped",
        "at": START,
        "body": body,
    }
    return IncomingEvent(**values | changes)


def make_rule(rule_id: str = "shipped", **changes: Any) -> EventRule:
    values: dict[str, Any] = {
        "tenant": TENANT,
        "id": rule_id,
        "pattern": {"source": [SHOP], "detail-type": ["order.shipped"]},
        "contact": ContactPath("contact_id", "$.detail.customer.id"),
        "way": Way((Channel.SMS,)),
        "purpose": Purpose.TRANSACTIONAL,
        "topic": None,
        "template": "shipped",
        "version": None,
        "data": {"order": "$.detail.order"},
        "enabled": True,
        "mode": Mode.LIVE,
        "by": "key_00000000000000000001",
        "created_at": START,
        "updated_at": START,
    }
    return EventRule(**values | changes)


@pytest.fixture
def ports(world):
    contents = {channel: make_content(channel) for channel in Channel}
    world.templates.put(make_template(contents), publish=True)
    world.contacts.add(make_contact("con_ada", EMAIL, PHONE))
    ports = RulePorts(world.intake, MemoryEventRules(), SOURCES, world.signals)
    ports.rules.put(make_rule())
    return ports


def refused(ports, rule_id="shipped"):
    page = ports.rules.refused(TENANT, rule_id, limit=10, after=None)
    return [(each.event_id, each.code) for each in page.events]


def test_an_event_becomes_a_text(world, ports):
    assert take(make_event(), ports) == 1
    (message,) = world.messages
    assert (message.channel, message.contact_id) == (Channel.SMS, "con_ada")
    assert message.status is Status.ACCEPTED
    assert [ref.id for ref in world.queue.refs] == [message.id]
    (body,) = world.messages.bodies.values()
    assert body.data == {"order": "A-77"}


def test_the_same_event_becomes_one_text_however_often_it_comes(world, ports):
    take(make_event(), ports)
    before = world.snapshot()
    world.clock.advance(timedelta(hours=5))

    take(make_event(), ports)

    assert world.messages.kept == before["messages.kept"]
    assert len(world.queue) == 1


def test_an_event_that_was_left_by_a_crash_is_finished(world, ports):
    world.queue.broken = True
    with pytest.raises(ConnectionError):
        take(make_event(), ports)
    world.queue.broken = False

    take(make_event(), ports)

    assert len(world.messages) == 1
    assert len(world.messages.due_at) == 1, "the sweep brings what was not queued"


def test_another_event_becomes_another_text(world, ports):
    take(make_event(), ports)
    take(make_event("event-2"), ports)
    assert len(world.messages) == 2


def test_each_rule_makes_its_own(world, ports):
    ports.rules.put(make_rule("by-email", way=Way((Channel.EMAIL,))))
    ports.rules.put(make_rule("off", enabled=False))
    ports.rules.put(make_rule("another", pattern={"source": [SHOP], "detail-type": ["x"]}))
    assert take(make_event(), ports) == 2
    assert {message.channel for message in world.messages} == {Channel.SMS, Channel.EMAIL}


def test_a_rule_may_have_a_route(world, ports):
    way = Way((Channel.SMS, Channel.VOICE), RouteMode.FIRST, timedelta(minutes=5))
    ports.rules.put(make_rule(way=way))
    take(make_event(), ports)
    take(make_event(), ports)
    assert [message.status for message in world.messages] == ["accepted", "scheduled"]
    assert len(world.queue) == 1


def test_an_address_in_the_event_becomes_a_contact(world, ports):
    ports.rules.put(make_rule(contact=ContactPath("phone", "$.detail.customer.phone")))
    event = make_event(detail={"order": "1", "customer": {"phone": "+14155550177"}})
    take(event, ports)
    (message,) = world.messages
    assert message.address.value == "+14155550177"
    assert (TENANT, message.contact_id) in world.contacts


def test_a_number_may_be_the_id_of_a_contact(world, ports):
    world.contacts.add(make_contact("7", PHONE))
    ports.rules.put(make_rule(contact=ContactPath("contact_id", "$.detail.customer.number")))
    take(make_event(), ports)
    assert [message.contact_id for message in world.messages] == ["7"]


@pytest.mark.parametrize(
    ("changes", "event", "code"),
    [
        ({}, {"detail": {"order": "A-77"}}, "path_missing"),
        ({}, {"detail": {"order": "A-77", "customer": {"id": ["x"]}}}, "path_missing"),
        ({}, {"detail": {"order": "A-77", "customer": {"id": "con_eve"}}}, "unknown_contact"),
        ({}, {"detail": {"order": "A-77", "customer": {"id": "x" * 500}}}, "unknown_contact"),
        ({}, {"detail": {"customer": {"id": "con_ada"}}}, "missing_variable"),
        (
            {"contact": ContactPath("phone", "$.detail.customer.id")},
            {},
            "invalid_address",
        ),
        ({"template": "gone"}, {}, "unknown_template"),
        ({}, {"at": START - timedelta(days=3)}, "event_too_old"),
        ({}, {"at": START + timedelta(days=3)}, "event_too_old"),
        (
            {},
            {"detail": {"order": "x" * 40_000, "customer": {"id": "con_ada"}}},
            "message_too_large",
        ),
    ],
)
def test_what_becomes_no_message_is_written_down_with_its_reason(
    world, ports, changes, event, code
):
    ports.rules.put(make_rule(**changes))
    assert take(make_event(**event), ports) == 1
    assert len(world.messages) == 0
    assert refused(ports) == [("event-1", code)]
    assert world.signals.counts["EventsRefused"] == 1


def test_one_rule_that_refuses_keeps_no_other_from_its_own(world, ports):
    ports.rules.put(make_rule("a-wrong", template="gone"))
    take(make_event(), ports)
    assert len(world.messages) == 1
    assert refused(ports, "a-wrong") == [("event-1", "unknown_template")]


def test_no_event_reaches_another_tenants_rules(world, ports):
    stranger = make_rule("theirs", tenant="other", pattern={"source": [SHOP]})
    ports.rules.put(stranger)
    ports.rules.put(make_rule(pattern={"source": [SHOP, "com.example.other"]}))

    assert take(make_event(), ports) == 1
    body = {**make_event().body, "source": "com.example.other"}
    assert take(make_event(source="com.example.other", body=body), ports) == 0

    assert {message.tenant for message in world.messages} == {TENANT}


def test_an_event_of_nobody_is_counted(world, ports):
    assert take(make_event(source="com.example.lost"), ports) == 0
    assert world.signals.counts["EventsOfNobody"] == 1


def test_what_a_test_key_made_is_rehearsed(world, ports):
    ports.rules.put(make_rule(mode=Mode.TEST))
    take(make_event(), ports)
    (message,) = world.messages
    assert message.mode is Mode.TEST
