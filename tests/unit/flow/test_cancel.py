"""Cancelling: before it leaves, and then no more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from outbound.domain.errors import Refusal
from outbound.domain.message import WAITING, Status
from outbound.domain.words import Mode
from outbound.flow.cancel import cancel
from outbound.flow.deliver import deliver
from outbound.flow.feedback import receive
from tests.builders import make_key, make_receipt

HOUR = timedelta(hours=1)


def call_off(world, ref, **key):
    return cancel(ref.id, make_key(**key), world.messages, world.clock.now())


@pytest.mark.parametrize("waiting", sorted(WAITING))
def test_what_has_not_left_is_cancelled_and_never_sent(world, store, waiting):
    ref = store(status=waiting)
    message = call_off(world, ref)
    assert (message.status, message.timeline[-1].reason) == (Status.CANCELLED, "requested")
    assert ref not in world.messages.due_at
    world.clock.advance(HOUR)
    deliver(ref, world.deliver)
    assert world.carrier.calls == 0


def test_cancelling_again_changes_nothing(world, store):
    ref = store()
    first = call_off(world, ref)
    before = world.snapshot()
    world.clock.advance(HOUR)
    assert call_off(world, ref) == first
    assert world.snapshot() == before


@pytest.mark.parametrize("status", sorted(frozenset(Status) - WAITING - {Status.CANCELLED}))
def test_what_is_on_its_way_or_over_is_not_cancelled(world, store, status):
    ref = store(status=status)
    before = world.snapshot()
    with pytest.raises(Refusal) as refusal:
        call_off(world, ref)
    assert (refusal.value.code, str(status) in refusal.value.detail) == ("not_cancellable", True)
    assert world.snapshot() == before


@pytest.mark.parametrize("key", [{"tenant": "other"}, {"mode": Mode.TEST}])
def test_nobody_else_cancels_it(world, store, key):
    ref = store()
    with pytest.raises(Refusal) as refusal:
        call_off(world, ref, **key)
    assert refusal.value.code == "unknown_message"
    assert world.messages.kept[ref].status is Status.ACCEPTED


def test_a_claim_at_the_same_time_wins_or_loses_cleanly(world, store):
    refs = [store(f"cause {number}") for number in range(60)]

    def both(ref):
        with ThreadPoolExecutor(2) as pool:
            sending = pool.submit(deliver, ref, world.deliver)
            cancelling = pool.submit(call_off, world, ref)
            sending.result()
            return not cancelling.exception()

    cancelled = [both(ref) for ref in refs]
    sent = {outgoing.ref for outgoing in world.carrier.sent}
    for ref, was_cancelled in zip(refs, cancelled, strict=True):
        assert was_cancelled is (ref not in sent)
        expected = Status.CANCELLED if was_cancelled else Status.SENT
        assert world.messages.kept[ref].status is expected


def test_a_receipt_of_an_earlier_attempt_still_tells_the_truth(world, store, status):
    ref = store(status=Status.DEFERRED, attempt=1)
    call_off(world, ref)
    receive(make_receipt(message=ref), world.feedback)
    assert status(ref) is Status.DELIVERED
