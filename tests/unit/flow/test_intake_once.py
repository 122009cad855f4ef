"""What an idempotency key does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from outbound.domain.errors import Refusal
from outbound.domain.message import Status
from outbound.domain.words import Channel, Mode
from outbound.flow.deliver import deliver
from outbound.flow.intake import TemplateChoice, accept, initial
from outbound.flow.once import IN_FLIGHT
from tests.builders import make_content, make_key, make_request, make_template, ref_of
from tests.memory import MemoryMessages

REQUEST = make_request(idempotency_key="order-77")
SECOND = timedelta(seconds=1)


class Gone(Exception):
    """The process ended here."""


class DyingMessages(MemoryMessages):
    """Messages whose writer dies before the write."""

    def insert(self, message, body, *, due):
        raise Gone


def test_the_same_request_twice_is_one_message(world):
    first = accept(REQUEST, make_key(), world.intake)
    before = world.snapshot()
    world.clock.advance(SECOND)
    second = accept(REQUEST, make_key(), world.intake)
    assert (first.replayed, second.replayed) == (False, True)
    assert second.message == first.message
    assert world.snapshot() == before


def test_a_replay_tells_the_first_answer_of_a_message_that_moved_on(world):
    first = accept(REQUEST, make_key(), world.intake)
    deliver(ref_of(first.message), world.deliver)
    second = accept(REQUEST, make_key(), world.intake)
    assert second.message.status is Status.SENT
    assert initial(second.message) == initial(first.message)
    assert world.carrier.calls == 1


def test_twenty_at_once_make_one_message(world):
    def post(_):
        try:
            return accept(REQUEST, make_key(), world.intake).message.id
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(post, range(20)))
    (message,) = world.messages
    assert answers <= {message.id, "request_in_flight"}
    assert world.queue.refs == [ref_of(message)]


def test_without_a_key_each_request_is_a_message(world):
    first = accept(make_request(), make_key(), world.intake)
    second = accept(make_request(), make_key(), world.intake)
    assert first.message.id != second.message.id
    assert len(world.idempotency) == 0


def test_another_request_with_the_same_key_is_refused(world):
    accept(REQUEST, make_key(), world.intake)
    before = world.snapshot()
    other = make_request(idempotency_key="order-77", fingerprint="another")
    with pytest.raises(Refusal) as refusal:
        accept(other, make_key(), world.intake)
    assert refusal.value.code == "idempotency_key_reused"
    assert world.snapshot() == before


@pytest.mark.parametrize("key", [make_key(mode=Mode.TEST), make_key(tenant="other")])
def test_another_mode_or_tenant_does_not_meet_the_key(world, key):
    mine = accept(REQUEST, make_key(), world.intake)
    theirs = accept(REQUEST, key, world.intake)
    assert not theirs.replayed
    assert mine.message.id != theirs.message.id


def test_another_key_of_the_same_tenant_and_mode_meets_it(world):
    first = accept(REQUEST, make_key(), world.intake)
    assert accept(REQUEST, make_key(id="key_2"), world.intake).message == first.message


def test_a_request_being_worked_on_is_in_flight(world):
    died = leave_a_claim_behind(world)
    world.clock.advance(IN_FLIGHT - timedelta(milliseconds=1))
    with pytest.raises(Refusal) as refusal:
        accept(REQUEST, make_key(), world.intake)
    assert (refusal.value.code, refusal.value.retry_after) == ("request_in_flight", 1)
    assert died.resource not in {message.id for message in world.messages}


def test_what_a_crash_left_behind_is_taken_over_under_the_same_id(world):
    died = leave_a_claim_behind(world)
    world.clock.advance(IN_FLIGHT)
    taken = accept(REQUEST, make_key(), world.intake)
    assert not taken.replayed
    assert (taken.message.id, taken.message.created_at) == (died.resource, died.at)
    assert ref_of(taken.message) in world.queue
    assert accept(REQUEST, make_key(), world.intake).replayed


def test_two_that_take_over_at_once_make_one_message(world):
    leave_a_claim_behind(world)
    world.clock.advance(IN_FLIGHT)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: accept(REQUEST, make_key(), world.intake), range(8)))
    assert len({answer.message.id for answer in answers}) == len(world.messages) == 1
    assert sum(not answer.replayed for answer in answers) == len(world.queue) == 1


def test_a_key_is_free_again_after_a_week(world):
    first = accept(REQUEST, make_key(), world.intake)
    world.clock.advance(timedelta(days=7))
    second = accept(REQUEST, make_key(), world.intake)
    assert not second.replayed
    assert second.message.id != first.message.id


def test_a_replay_is_answered_though_its_send_at_has_passed(world):
    request = make_request(idempotency_key="order-77", send_at=world.clock.now() + SECOND)
    first = accept(request, make_key(), world.intake)
    world.clock.advance(2 * SECOND)
    assert accept(request, make_key(), world.intake).message == first.message


def test_a_replay_is_answered_though_the_template_has_a_new_version(world):
    world.templates.put(make_template(template_id="t"), publish=True)
    request = make_request(idempotency_key="order-77", template=TemplateChoice("t"))
    first = accept(request, make_key(), world.intake)
    new = {Channel.SMS: make_content(text="{{ order }} {{ another }}")}
    world.templates.put(make_template(new, "t"), publish=True)
    assert accept(request, make_key(), world.intake).message == first.message


def leave_a_claim_behind(world):
    whole, world.messages = world.messages, DyingMessages(world.clock)
    with pytest.raises(Gone):
        accept(REQUEST, make_key(), world.intake)
    world.messages = whole
    (claim,) = world.idempotency.claims.values()
    return claim
