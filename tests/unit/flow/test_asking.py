"""Caps and hours as messages meet them on their way."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from outbound.adapters.jurisdictions import rulebook
from outbound.adapters.jurisdictions.overlay import overlay_of
from outbound.domain.address import Address
from outbound.domain.ids import MessageRef
from outbound.domain.message import Status
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.suppression import Reason
from outbound.domain.wanted import Wanted
from outbound.domain.words import Purpose
from outbound.flow.asking import ask
from outbound.flow.deliver import deliver
from outbound.flow.feedback import receive
from outbound.flow.intake import accept
from outbound.flow.manage import contacts
from outbound.flow.manage.contacts import ANYHOW
from outbound.flow.recipient import To
from tests.builders import (
    TENANT,
    make_contact,
    make_key,
    make_receipt,
    make_request,
    make_suppression,
)
from tests.memory.world import World
from tests.unit.flow.statements import granted

CAP = {
    "kind": "cap",
    "rule": "acme.weekly",
    "source": "our policy",
    "verified": "statute",
    "channels": ["sms"],
    "purposes": ["marketing"],
    "limit": 1,
    "within": "P7D",
}
OFFER = {"purpose": Purpose.MARKETING, "to": To(contact_id="con_ada")}
PHONE = Address("phone", "+447860019066")
HERE = ZoneInfo("Europe/London")
NOON = datetime(2026, 11, 24, 12, tzinfo=HERE)
NIGHT = datetime(2026, 11, 24, 22, tzinfo=HERE)


@pytest.fixture
def world() -> World:
    world = World(rulebook=rulebook(overlay_of(json.dumps({"rules": [CAP]}))))
    world.clock.advance_to(NOON)
    world.contacts.add(make_contact("con_ada", PHONE, region="GB", timezone="Europe/London"))
    statement = granted(world.clock.now())
    contacts.save("con_ada", lambda _: Wanted(None, [statement]), ANYHOW, make_key(), world.people)
    return world


def offer(world, **changes):
    message = accept(make_request(**OFFER | changes), make_key(), world.intake).message
    return MessageRef(TENANT, message.id)


def slots(world):
    found = world.contacts.look_up(TENANT, contact_ids=["con_ada"], slots=True)
    return [slot.message_id for slot in found.slots["con_ada"].taken]


def test_of_fifty_workers_exactly_one_gets_the_last_slot(world):
    refs = [offer(world, idempotency_key=f"offer-{number}") for number in range(50)]
    messages = [world.messages.kept[ref] for ref in refs]
    with ThreadPoolExecutor(50) as pool:
        decisions = list(pool.map(lambda each: ask(each, each.created_at, world.gate), messages))
    assert [each.verdict for each in decisions].count("send") == 1
    assert {each.rule for each in decisions if each.verdict != "send"} == {"acme.weekly"}
    assert len(slots(world)) == 1


def test_a_slot_is_kept_when_a_message_is_tried_again(world):
    ref = offer(world)
    world.carrier.answer(Outcome(Kind.TEMPORARY, "busy"))
    deliver(ref, world.deliver)
    assert slots(world) == [ref.id]
    world.clock.advance_to(world.messages.kept[ref].not_before)
    deliver(ref, world.deliver)
    assert (world.messages.kept[ref].status, slots(world)) == (Status.SENT, [ref.id])


@pytest.mark.parametrize("receipt", [Status.UNDELIVERED, Status.BOUNCED, Status.FAILED])
def test_a_slot_is_given_back_when_nobody_was_reached(world, receipt):
    refused, lost, sent = (offer(world, idempotency_key=each) for each in ("a", "b", "c"))
    world.carrier.answer(Outcome(Kind.PERMANENT, "no"))
    deliver(refused, world.deliver)
    assert slots(world) == []
    deliver(lost, world.deliver)
    assert slots(world) == [lost.id]
    receive(make_receipt(message=lost, status=receipt), world.feedback)
    assert slots(world) == []
    deliver(sent, world.deliver)
    assert world.messages.kept[sent].status is Status.SENT


def test_what_no_cap_counts_takes_no_slot(world):
    for purpose in (Purpose.TRANSACTIONAL, Purpose.INFORMATIONAL):
        ref = offer(world, purpose=purpose, idempotency_key=purpose)
        deliver(ref, world.deliver)
        assert world.messages.kept[ref].status is Status.SENT
    assert slots(world) == []
    assert not world.contacts.slots


def test_an_offer_at_night_waits_for_the_morning_and_is_asked_for_again(world):
    world.clock.advance_to(NIGHT)
    sent, stopped = (offer(world, idempotency_key=each) for each in ("a", "b"))
    for ref in (sent, stopped):
        message = world.messages.kept[ref]
        assert (message.status, message.decision.rule) == (Status.DEFERRED, "gb.courtesy-hours")
        assert message.not_before == datetime(2026, 11, 25, 8, tzinfo=HERE)
        assert world.messages.due_at[ref] >= message.not_before
    assert not world.queue.queued
    deliver(sent, world.deliver)
    assert world.carrier.calls == 0
    world.clock.advance_to(world.messages.kept[sent].not_before)
    deliver(sent, world.deliver)
    assert world.messages.kept[sent].status is Status.SENT
    world.suppressions.suppress(TENANT, PHONE, make_suppression(Reason.OPTED_OUT))
    deliver(stopped, world.deliver)
    entry = world.messages.kept[stopped].timeline[-1]
    assert (entry.status, entry.reason) == (Status.BLOCKED, "suppressed_opted_out")


def test_what_was_accepted_by_day_and_leaves_at_night_waits(world):
    ref = offer(world)
    world.clock.advance_to(NIGHT)
    deliver(ref, world.deliver)
    message = world.messages.kept[ref]
    assert (message.status, message.timeline[-1].reason) == (Status.DEFERRED, "outside_hours")
    assert (world.carrier.calls, slots(world)) == (0, [])


def test_what_would_expire_first_is_blocked_at_once_and_says_so(world):
    world.clock.advance_to(NIGHT)
    soon = world.clock.now() + timedelta(hours=2)
    message = world.messages.kept[offer(world, expires_at=soon)]
    assert (message.status, message.decision.reason) == (
        Status.BLOCKED,
        "expires_before_lawful_hour",
    )


def test_a_scheduled_offer_is_judged_as_of_its_time(world):
    message = world.messages.kept[offer(world, send_at=NIGHT)]
    assert (message.status, message.decision.verdict) == (Status.SCHEDULED, "defer")


def test_without_a_contact_an_offer_is_not_sent(world):
    stranger = To(address=Address("phone", "+447860019067"))
    message = world.messages.kept[offer(world, to=stranger)]
    assert (message.status, message.decision.reason) == (Status.BLOCKED, "no_consent")
