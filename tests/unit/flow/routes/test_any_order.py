"""Whatever happens in whatever order, each channel is used once at most, and one after another."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from outbound.domain.message import WAITING, Status
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.words import Channel, OnUnconfirmed
from tests.builders import EMAIL, PHONE, make_contact
from tests.memory import World
from tests.unit.flow.routes.journey import AFTER, Journey, make_route

CHANNELS = (Channel.SMS, Channel.VOICE, Channel.EMAIL)
KINDS = [Kind.SENT, Kind.TEMPORARY, Kind.PERMANENT, Kind.UNKNOWN]
RECEIPTS = [Status.DELIVERED, Status.UNDELIVERED, Status.BOUNCED, Status.FAILED]
LOST = {Status.UNDELIVERED, Status.BOUNCED, Status.FAILED}
EVENTS = st.one_of(
    st.tuples(st.just("receipt"), st.sampled_from(CHANNELS), st.sampled_from(RECEIPTS)),
    st.tuples(st.just("again"), st.sampled_from(CHANNELS), st.just(0)),
    st.tuples(st.just("time"), st.just(0), st.integers(1, 12)),
)


def outcomes():
    answers = st.lists(st.sampled_from(KINDS), max_size=3)
    return st.fixed_dictionaries(dict.fromkeys(CHANNELS, answers))


@settings(max_examples=60)
@given(outcomes(), st.lists(EVENTS, max_size=12))
def test_in_any_order_nothing_is_doubled_and_nothing_stranded(answers, events):
    world = World()
    world.contacts.add(make_contact("con_ada", EMAIL, PHONE))
    journey = Journey(world)
    for channel, kinds in answers.items():
        journey.answer(channel, *(Outcome(kind) for kind in kinds))
    journey.accept(make_route(CHANNELS))
    journey.work_off()
    delivered_at: dict[Channel, int] = {}

    for kind, channel, value in events:
        if kind == "time":
            journey.let_pass(timedelta(minutes=value))
        elif kind == "again":
            message = journey.on(channel)
            journey.deliver(channel, next(r for r in world.messages.kept if r.id == message.id))
        elif journey.on(channel).status not in WAITING and journey.on(channel).attempt:
            journey.receipt(channel, value)
        for each in journey.messages:
            if each.status is Status.DELIVERED:
                delivered_at.setdefault(each.channel, sum(journey.sent.values()))
    journey.let_pass(timedelta(days=2))

    check_one_after_another(journey)
    check_end(journey)
    for sent in delivered_at.values():
        assert sum(journey.sent.values()) == sent, "it was delivered, and another one left"


def check_one_after_another(journey):
    """A channel is used when the one before had its time, or is given up; then never again."""
    before = None
    for message in journey.messages:
        claims = claims_of(message)
        taken = [e for e in message.timeline if e.status in {Status.SENT, Status.UNCONFIRMED}]
        assert len(taken) <= 1 or message.on_unconfirmed is OnUnconfirmed.RESEND
        if before is not None and taken:
            given_up = before.status in LOST | {Status.BLOCKED, Status.EXPIRED, Status.CANCELLED}
            had_its_time = taken[0].at >= max(claims_of(before)) + AFTER
            assert given_up or had_its_time or before.status is Status.DELIVERED
            assert not [at for at in claims_of(before) if at > taken[0].at]
        if claims:
            before = message


def check_end(journey):
    statuses = [message.status for message in journey.messages]
    assert not WAITING & set(statuses), "something was left waiting"
    if all(status in LOST for status in statuses):
        assert all(message.attempt for message in journey.messages)


def claims_of(message):
    return [entry.at for entry in message.timeline if entry.status is Status.SENDING]
