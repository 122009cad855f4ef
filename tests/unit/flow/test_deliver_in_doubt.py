"""A worker that dies, and an answer that never comes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from outbound.domain.message import Status
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.words import Mode, OnUnconfirmed
from outbound.flow.deliver import deliver
from outbound.flow.feedback import receive
from tests.builders import PHONE, make_receipt
from tests.memory import MemoryMessages
from tests.memory.world import LEASE

MOMENT = timedelta(milliseconds=1)
UNKNOWN = Outcome(Kind.UNKNOWN, code="ReadTimeout")


class Killed(BaseException):
    """The process was killed here."""


class DyingMessages(MemoryMessages):
    """Messages whose writer is killed before it can record."""

    def apply(self, ref, change):
        raise Killed


def kill(outgoing):
    raise Killed


def die_in_the_call(world, ref, carrier=None):
    """Claim and hand over, and be killed before the answer."""
    carrier = carrier or world.carrier
    quiet, carrier.meanwhile = carrier.meanwhile, kill
    with pytest.raises(Killed):
        deliver(ref, world.deliver)
    carrier.meanwhile = quiet


@pytest.mark.parametrize("choice", list(OnUnconfirmed))
def test_a_lease_that_still_runs_is_respected(world, store, status, choice):
    ref = store(on_unconfirmed=choice)
    die_in_the_call(world, ref)
    world.clock.advance(LEASE - MOMENT)
    deliver(ref, world.deliver)
    assert (status(ref), world.carrier.calls) == (Status.SENDING, 1)


def test_a_claim_is_due_no_earlier_than_its_end(world, store):
    ref = store()
    die_in_the_call(world, ref)
    assert world.messages.due_at[ref] >= world.clock.now() + LEASE


def test_after_the_lease_what_must_not_be_sent_twice_stays_in_doubt(world, store, status):
    ref = store(on_unconfirmed=OnUnconfirmed.NEVER)
    die_in_the_call(world, ref)
    world.clock.advance(LEASE)
    for _ in range(3):
        deliver(ref, world.deliver)
        world.clock.advance(LEASE)
    assert (status(ref), world.carrier.calls) == (Status.UNCONFIRMED, 1)
    assert ref not in world.messages.due_at
    assert world.signals.counts["Unconfirmed"] == 1


def test_after_the_lease_what_may_be_sent_twice_is_sent_again(world, store, status):
    ref = store(on_unconfirmed=OnUnconfirmed.RESEND)
    die_in_the_call(world, ref)
    world.clock.advance(LEASE)
    deliver(ref, world.deliver)
    assert status(ref) is Status.SENT
    assert [outgoing.attempt for outgoing in world.carrier.sent] == [1, 2]
    steps = [entry.status for entry in world.messages.kept[ref].timeline]
    assert steps[1:] == [Status.SENDING, Status.UNCONFIRMED, Status.SENDING, Status.SENT]


def test_many_that_find_the_lease_over_send_once_again(world, store, status):
    ref = store()
    die_in_the_call(world, ref)
    world.clock.advance(LEASE)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: deliver(ref, world.deliver), range(32)))
    assert (status(ref), world.carrier.calls) == (Status.SENT, 2)


def test_what_expired_in_doubt_is_not_sent_again(world, store, status):
    ref = store(expires_at=world.clock.now() + LEASE)
    die_in_the_call(world, ref)
    world.clock.advance(LEASE)
    deliver(ref, world.deliver)
    assert (status(ref), world.carrier.calls) == (Status.UNCONFIRMED, 1)


@pytest.mark.parametrize("choice", list(OnUnconfirmed))
def test_without_an_answer_the_message_is_in_doubt(world, store, choice):
    ref = store(on_unconfirmed=choice)
    world.carrier.answer(UNKNOWN)
    claimed_until = world.clock.now() + LEASE
    deliver(ref, world.deliver)
    message = world.messages.kept[ref]
    assert message.status is Status.UNCONFIRMED
    assert (message.timeline[-1].reason, message.timeline[-1].code) == ("no_answer", "ReadTimeout")
    due = world.messages.due_at.get(ref)
    if choice is OnUnconfirmed.RESEND:
        assert due is not None
        assert claimed_until <= due < claimed_until + timedelta(minutes=1)
    else:
        assert due is None


@pytest.mark.parametrize(
    ("choice", "calls", "end"),
    [
        (OnUnconfirmed.RESEND, 2, Status.SENT),
        (OnUnconfirmed.NEVER, 1, Status.UNCONFIRMED),
    ],
)
def test_doubt_is_resolved_after_the_lease_as_the_message_says(
    world, store, status, choice, calls, end
):
    ref = store(on_unconfirmed=choice)
    world.carrier.answer(UNKNOWN)
    deliver(ref, world.deliver)
    world.clock.advance(LEASE - MOMENT)
    deliver(ref, world.deliver)
    assert world.carrier.calls == 1
    world.clock.advance(MOMENT)
    deliver(ref, world.deliver)
    assert (world.carrier.calls, status(ref)) == (calls, end)


def test_a_receipt_resolves_doubt_so_that_nothing_is_sent_again(world, store, status):
    ref = store()
    world.carrier.answer(UNKNOWN)
    deliver(ref, world.deliver)
    receive(make_receipt(message=ref), world.feedback)
    world.clock.advance(LEASE)
    deliver(ref, world.deliver)
    assert (status(ref), world.carrier.calls) == (Status.DELIVERED, 1)
    assert ref not in world.messages.due_at


@pytest.mark.parametrize("tags_come_back", [True, False])
def test_what_may_have_left_is_remembered_where_tags_do_not_come_back(world, store, tags_come_back):
    world.carrier.tags_come_back = tags_come_back
    world.carrier.answer(UNKNOWN)
    claimed_at = world.clock.now()
    ref = store()
    deliver(ref, world.deliver)
    expected = set() if tags_come_back else {(PHONE, claimed_at, ref)}
    assert world.correlation.losses == expected


@pytest.mark.parametrize("tags_come_back", [True, False])
def test_what_a_dead_worker_may_have_sent_is_remembered_likewise(world, store, tags_come_back):
    world.carrier.tags_come_back = tags_come_back
    claimed_at = world.clock.now()
    ref = store(on_unconfirmed=OnUnconfirmed.NEVER)
    die_in_the_call(world, ref)
    world.clock.advance(LEASE + timedelta(seconds=7))
    deliver(ref, world.deliver)
    expected = set() if tags_come_back else {(PHONE, claimed_at, ref)}
    assert world.correlation.losses == expected


def test_a_rehearsal_is_never_remembered_as_perhaps_sent(world, store, status):
    ref = store(mode=Mode.TEST, on_unconfirmed=OnUnconfirmed.NEVER)
    die_in_the_call(world, ref, world.rehearsal)
    world.clock.advance(LEASE)
    deliver(ref, world.deliver)
    assert status(ref) is Status.UNCONFIRMED
    assert not world.correlation.losses


def test_the_providers_id_is_linked_before_the_answer_is_recorded(world, store, status):
    ref = store()
    dying = DyingMessages(world.clock, kept=world.messages.kept, bodies=world.messages.bodies)
    whole, world.messages = world.messages, dying
    with pytest.raises(Killed):
        deliver(ref, world.deliver)
    world.messages = whole
    assert status(ref) is Status.SENDING
    receive(make_receipt(provider_id="sns-1"), world.feedback)
    assert status(ref) is Status.DELIVERED
    world.clock.advance(LEASE)
    deliver(ref, world.deliver)
    assert world.carrier.calls == 1
