"""What follows from a provider's answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.domain.message import Provider, Status
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.suppression import Reason
from outbound.domain.words import OnUnconfirmed
from outbound.flow.deliver import deliver
from outbound.flow.feedback import receive
from outbound.flow.record import RECEIPTS
from tests.builders import PHONE, TENANT, make_receipt, make_suppression
from tests.memory.world import LEASE

BUSY = Outcome(Kind.TEMPORARY, code="Throttling")
STOPPED = Outcome(Kind.STOPPED, code="MonthlySpendLimit")
REFUSED = Outcome(Kind.PERMANENT, code="InvalidNumber", suppress=Reason.INVALID)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("choice", list(OnUnconfirmed))
@pytest.mark.parametrize(
    ("outcome", "status", "reason", "is_due"),
    [
        (Outcome(Kind.SENT, provider_id="sns-1"), Status.SENT, None, False),
        (BUSY, Status.DEFERRED, "provider_busy", True),
        (STOPPED, Status.DEFERRED, "channel_stopped", False),
        (REFUSED, Status.FAILED, "provider_refused", False),
    ],
)
def test_a_definite_answer_is_recorded_whatever_doubt_would_do(
    world, store, outcome, status, reason, is_due, choice
):
    ref = store(on_unconfirmed=choice)
    world.carrier.answer(outcome)
    deliver(ref, world.deliver)
    message = world.messages.kept[ref]
    last = message.timeline[-1]
    assert (message.status, last.reason, last.code) == (status, reason, outcome.code)
    assert (ref in world.messages.due_at) is is_due
    assert world.signals.by_channel[status.capitalize(), message.channel] == 1


def test_who_took_it_is_kept(world, store):
    ref = store()
    deliver(ref, world.deliver)
    assert world.messages.kept[ref].provider == Provider("sns", "sns-1")


@pytest.mark.parametrize("tags_come_back", [True, False])
def test_a_sent_message_is_linked_where_tags_do_not_come_back(world, store, tags_come_back):
    world.carrier.tags_come_back = tags_come_back
    ref = store()
    deliver(ref, world.deliver)
    until = world.clock.now() + RECEIPTS
    expected = {} if tags_come_back else {("sns", "sns-1"): (ref, until)}
    assert world.correlation.links == expected


@pytest.mark.parametrize("outcome", [BUSY, STOPPED, REFUSED])
def test_what_was_surely_not_sent_is_neither_linked_nor_lost(world, store, outcome):
    world.carrier.answer(outcome)
    deliver(store(), world.deliver)
    assert not world.correlation.links
    assert not world.correlation.losses


def test_an_address_that_does_not_work_is_suppressed(world, store):
    world.carrier.answer(REFUSED)
    deliver(store(), world.deliver)
    [suppression] = world.suppressions.of(TENANT, PHONE)
    assert suppression == make_suppression(
        Reason.INVALID, at=world.clock.now(), source="sns InvalidNumber"
    )
    assert not world.suppressions.of("other", PHONE)


def test_a_permanent_refusal_alone_suppresses_nothing(world, store):
    world.carrier.answer(Outcome(Kind.PERMANENT, code="InvalidParameter"))
    deliver(store(), world.deliver)
    assert not world.suppressions.standing


def test_a_busy_provider_is_asked_again_ever_later_until_the_message_expires(world, store, status):
    ref = store()
    world.carrier.answer(*[BUSY] * 1000)
    waits = []
    while status(ref) is not Status.EXPIRED:
        deliver(ref, world.deliver)
        message = world.messages.kept[ref]
        if message.status is Status.DEFERRED:
            waits.append(message.not_before - world.clock.now())
            assert message.not_before <= world.messages.due_at[ref]
            assert world.messages.due_at[ref] - message.not_before < MINUTE
            world.clock.advance_to(world.messages.due_at[ref])
    assert waits[:4] == sorted(waits[:4])
    assert max(waits) <= timedelta(minutes=45)
    assert world.clock.now() < message.expires_at
    assert message.timeline[-1].rule == "expired"
    assert message.attempt == world.carrier.calls == len(waits) + 1
    assert ref not in world.messages.due_at


def test_what_a_provider_refused_for_now_is_sent_when_it_can(world, store, status):
    ref = store(on_unconfirmed=OnUnconfirmed.NEVER)
    world.carrier.answer(BUSY)
    deliver(ref, world.deliver)
    world.clock.advance_to(world.messages.due_at[ref])
    deliver(ref, world.deliver)
    assert (status(ref), world.carrier.calls) == (Status.SENT, 2)


def test_a_message_that_met_a_stop_is_parked(world, store):
    ref = store()
    world.carrier.answer(STOPPED)
    deliver(ref, world.deliver)
    assert world.messages.kept[ref].parked
    assert ref not in world.messages.due_at


def test_what_cannot_be_tried_again_in_time_expires_now(world, store, status):
    ref = store(expires_at=world.clock.now() + timedelta(seconds=30))
    world.carrier.answer(BUSY)
    deliver(ref, world.deliver)
    assert status(ref) is Status.EXPIRED
    assert world.messages.kept[ref].timeline[-1].code == BUSY.code


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(Kind.SENT, provider_id="sns-1"),
        Outcome(Kind.UNKNOWN),
        REFUSED,
        BUSY,
        STOPPED,
    ],
)
@pytest.mark.parametrize("receipt", [Status.DELIVERED, Status.UNDELIVERED, Status.BOUNCED])
def test_a_receipt_that_was_quicker_than_the_record_stands(world, store, status, outcome, receipt):
    ref = store()
    early = make_receipt(message=ref, status=receipt)
    world.carrier.meanwhile = lambda outgoing: receive(early, world.feedback)
    world.carrier.answer(outcome)
    deliver(ref, world.deliver)
    world.clock.advance(LEASE)
    deliver(ref, world.deliver)
    assert (status(ref), world.carrier.calls) == (receipt, 1)
    assert ref not in world.messages.due_at


def test_a_late_answer_does_not_touch_the_next_attempt(world, store, status):
    ref = store()

    def slow(outgoing):
        world.carrier.meanwhile = lambda outgoing: None
        world.clock.advance(LEASE)
        deliver(ref, world.deliver)

    world.carrier.meanwhile = slow
    deliver(ref, world.deliver)
    message = world.messages.kept[ref]
    assert (message.status, message.attempt, world.carrier.calls) == (Status.SENT, 2, 2)
    assert [entry.status for entry in message.timeline].count(Status.SENT) == 1
