"""Reminders with a route: a call where the text isn't delivered, once, and never too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from outbound.domain.address import Address
from outbound.domain.content import Content
from outbound.domain.errors import Refusal
from outbound.domain.event_rule import Way
from outbound.domain.message import Status
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.receipt import Receipt
from outbound.domain.reminder import Appointment, Fate, Past
from outbound.domain.repetition import Repetition
from outbound.domain.words import Channel, Purpose, RouteMode
from outbound.flow.feedback import receive
from outbound.flow.reminders.keeping import cancel, change
from outbound.flow.reminders.tending import tend
from tests.builders import make_contact, make_content, make_key, make_template
from tests.unit.flow.reminding import ADA, AT, ZONE, furnish, let_pass, now, remind, work

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
AFTER = 5 * MINUTE
SMS, VOICE, EMAIL = Channel.SMS, Channel.VOICE, Channel.EMAIL
ROUTE = Way((SMS, VOICE), RouteMode.FIRST, AFTER)
HOUR_BEFORE = datetime(2026, 12, 24, 13, 30, tzinfo=UTC)
TIMES = Repetition(datetime(2026, 12, 1, 8), ZONE, times=(time(8), time(20)), days_supply=1)
FIRST_DOSE = datetime(2026, 12, 1, 13, tzinfo=UTC)


@pytest.fixture(autouse=True)
def furnished(world):
    furnish(world)
    said = {SMS: make_content(text="{{ reminder.local }}")}
    said[VOICE] = Content(VOICE, {"text": "{{ reminder.local }}"})
    template = make_template(said, "visit", purpose=Purpose.INFORMATIONAL)
    world.templates.put(template, publish=True)


def routed(world, route=ROUTE, **changes):
    changes.setdefault("when", Appointment(AT, "", ("-PT1H",)))
    reminder = remind(world, route=route, **changes)
    work(world)
    return reminder


def by_channel(world):
    return {each.channel: each.status for each in world.messages}


def left(world):
    return [world.messages.kept[each.ref].channel for each in world.carrier.sent]


def delivered(world, channel=SMS):
    ref = next(ref for ref, each in world.messages.kept.items() if each.channel is channel)
    told = Receipt("sns", "p", world.clock.now(), Status.DELIVERED, message=ref)
    receive(told, world.feedback)


def test_a_text_that_isnt_delivered_is_followed_by_one_call(world):
    reminder = routed(world)
    let_pass(world, HOUR_BEFORE + MINUTE, each=HOUR)
    let_pass(world, HOUR_BEFORE + 4 * MINUTE)
    assert left(world) == [SMS]
    let_pass(world, HOUR_BEFORE + 15 * MINUTE)
    assert left(world) == [SMS, VOICE]
    handled = now(world, reminder).handled
    assert [(each.key, each.fate) for each in handled] == [("-PT1H", Fate.SENT)]
    first = next(each for each in world.messages if each.id == handled[0].message_id)
    assert first.channel is SMS
    assert {each.route.id for each in world.messages} == {first.route.id}


def test_a_text_that_is_refused_is_followed_at_once_and_one_that_arrives_never(world):
    world.carrier.answer(Outcome(Kind.PERMANENT, "NO"))
    routed(world)
    let_pass(world, HOUR_BEFORE + MINUTE, each=HOUR)
    let_pass(world, HOUR_BEFORE + 3 * MINUTE)
    assert left(world) == [SMS, VOICE]


def test_a_receipt_calls_the_call_off(world):
    routed(world)
    let_pass(world, HOUR_BEFORE + MINUTE, each=HOUR)
    let_pass(world, HOUR_BEFORE + 2 * MINUTE)
    delivered(world)
    let_pass(world, HOUR_BEFORE + 15 * MINUTE)
    assert by_channel(world) == {SMS: Status.DELIVERED, VOICE: Status.CANCELLED}


def test_brought_again_and_again_it_makes_the_same_messages(world):
    reminder = routed(world)
    let_pass(world, HOUR_BEFORE - MINUTE, each=HOUR)
    due = now(world, reminder)
    world.clock.advance(2 * MINUTE)
    tend(due.tenant, due.id, world.tending)
    # As whoever died before it was written down.
    world.reminders.kept[due.tenant, due.id] = replace(
        due, sending=due.take(world.clock.now()).sending
    )
    tend(due.tenant, due.id, world.tending)
    assert sorted(by_channel(world)) == [SMS, VOICE]
    assert len(world.messages) == 2


@pytest.mark.parametrize("how", ["cancelled", "moved"])
def test_no_call_follows_on_what_was_cancelled_or_moved(world, how):
    reminder = routed(world)
    let_pass(world, HOUR_BEFORE + MINUTE, each=HOUR)
    let_pass(world, HOUR_BEFORE + 2 * MINUTE)
    assert left(world) == [SMS]
    if how == "cancelled":
        cancel(reminder.id, make_key(), world.reminder_ports)
    else:

        def later(standing):
            when = replace(standing.plan.when, at=standing.plan.when.at + timedelta(days=1))
            return replace(standing.plan, when=when)

        change(reminder.id, later, make_key(), world.reminder_ports)
    let_pass(world, HOUR_BEFORE + 20 * MINUTE)
    assert left(world) == [SMS]


def test_what_is_late_goes_by_the_channels_for_which_there_is_time(world):
    soon = world.clock.now() + 4 * MINUTE
    when = Appointment(soon, "UTC", ("-PT1H",), past=Past.SEND)
    routed(world, when=when)
    assert by_channel(world).keys() == {SMS}
    assert left(world) == [SMS]


def test_a_dose_is_told_of_once_and_within_its_half_hour(world):
    reminder = routed(world, when=TIMES)
    let_pass(world, FIRST_DOSE + MINUTE, each=HOUR)
    let_pass(world, FIRST_DOSE + 40 * MINUTE)
    assert left(world) == [SMS, VOICE]
    for message in world.messages:
        assert message.expires_at == FIRST_DOSE + timedelta(minutes=30)
    assert now(world, reminder).counts == {Fate.SENT: 1}


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"route": replace(ROUTE, after=HOUR)}, "/route/after"),
        ({"when": TIMES, "route": replace(ROUTE, after=30 * MINUTE)}, "/route/after"),
        ({"when": TIMES, "route": Way((SMS, VOICE), RouteMode.ALL)}, "/route/mode"),
        ({"route": Way((SMS, EMAIL), RouteMode.FIRST, AFTER)}, "/route/channels/1"),
    ],
)
def test_what_comes_too_late_or_twice_or_says_nothing_is_refused(world, changes, pointer):
    both = Address("phone", "+14155550123"), Address("email", "a@example.com")
    world.contacts.contacts.clear()
    world.contacts.add(make_contact(ADA, *both, timezone=ZONE, region="US-NY"))
    with pytest.raises(Refusal) as refused:
        routed(world, **changes)
    assert [each.pointer for each in refused.value.faults] == [pointer]
    assert not world.reminders.kept


def test_all_channels_at_once_are_for_a_moment(world):
    routed(world, Way((SMS, VOICE), RouteMode.ALL))
    let_pass(world, HOUR_BEFORE + MINUTE, each=HOUR)
    let_pass(world, HOUR_BEFORE + 2 * MINUTE)
    assert sorted(left(world)) == [SMS, VOICE]
