"""Coupons on the way: looked for at intake, taken when the message leaves."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from outbound.domain.content import Content
from outbound.domain.coupon import REHEARSED, Pool
from outbound.domain.errors import Refusal
from outbound.domain.message import Status
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.words import Channel, Mode
from outbound.flow.deliver import deliver
from outbound.flow.intake import accept, rehearse
from tests.builders import TENANT, make_body, make_key, make_message, make_request, ref_of
from tests.memory.clock import START

CONTENT = Content(Channel.SMS, {"text": "Yours: {{ coupon }}"})
HOUR = timedelta(hours=1)


@pytest.fixture
def offer(world):
    """Makes the pool of an offer."""

    def offer(*codes, expires_at=None):
        world.coupons.put(Pool(TENANT, "spring", START, expires_at))
        world.coupons.add(TENANT, "spring", codes)

    return offer


def request(**changes):
    return make_request(content=CONTENT, coupon_pool="spring", **changes)


def texts(world):
    return [each.bodies["text"] for each in world.carrier.sent]


def test_a_message_leaves_with_a_code_of_its_pool(world, offer):
    offer("A-1", "LONGER-2")
    accepted = accept(request(), make_key(), world.intake).message

    deliver(ref_of(accepted), world.deliver)

    assert texts(world) == ["Yours: A-1"]
    assert world.coupons.get(TENANT, "spring").free == 1


def test_a_dry_run_has_a_place_as_long_as_the_longest_code_and_takes_none(world, offer):
    offer("A-1", "LONGER-2")
    before = world.snapshot()

    assert rehearse(request(), make_key(), world.intake).bodies["text"] == "Yours: XXXXXXXX"
    assert world.snapshot() == before


def test_a_message_that_is_tried_again_keeps_its_code(world, offer):
    offer("A-1", "A-2")
    accepted = accept(request(), make_key(), world.intake).message
    world.carrier.answer(Outcome(Kind.TEMPORARY, "Throttled"))

    deliver(ref_of(accepted), world.deliver)
    world.clock.advance(HOUR)
    deliver(ref_of(accepted), world.deliver)

    assert texts(world) == ["Yours: A-1", "Yours: A-1"]


def test_a_message_that_failed_keeps_its_code(world, offer):
    offer("A-1", "A-2")
    first, second = (
        accept(request(idempotency_key=each), make_key(), world.intake).message for each in "ab"
    )
    world.carrier.answer(Outcome(Kind.PERMANENT, "NoSuchNumber"))

    deliver(ref_of(first), world.deliver)
    deliver(ref_of(second), world.deliver)

    assert texts(world) == ["Yours: A-1", "Yours: A-2"]


def test_a_pool_that_is_empty_by_then_fails_the_message_with_the_reason(world, offer):
    offer("A-1")
    first, second = (
        accept(request(idempotency_key=each), make_key(), world.intake).message for each in "ab"
    )
    for message in (first, second):
        deliver(ref_of(message), world.deliver)

    last = world.messages.kept[ref_of(second)]
    assert (last.status, last.timeline[-1].reason) == (Status.FAILED, "coupon_pool_empty")
    assert texts(world) == ["Yours: A-1"]


def test_a_message_of_a_test_key_takes_no_code(world, offer):
    offer("A-1")
    accepted = accept(request(), make_key(mode=Mode.TEST), world.intake).message

    deliver(ref_of(accepted), world.deliver)

    assert world.rehearsal.sent[0].bodies["text"] == f"Yours: {REHEARSED}"
    assert world.coupons.get(TENANT, "spring").free == 1


def test_a_message_that_may_not_leave_takes_no_code(world, offer):
    offer("A-1")
    accepted = accept(request(), make_key(), world.intake).message
    world.clock.advance(timedelta(days=2))

    deliver(ref_of(accepted), world.deliver)

    assert world.coupons.get(TENANT, "spring").free == 1


@pytest.mark.parametrize(
    ("codes", "ends", "changes", "pointer", "code"),
    [
        ((), None, {}, "/coupon_pool", "coupon_pool_empty"),
        (("A",), HOUR, {"send_at": START + 2 * HOUR}, "/coupon_pool", "coupon_pool_expired"),
        (("A",), None, {"coupon_pool": "other"}, "/coupon_pool", "unknown_coupon_pool"),
        (("A",), None, {"data": {"coupon": "mine"}}, "/data/coupon", "reserved_name"),
    ],
)
def test_a_pool_that_has_nothing_is_found_at_intake(
    world, offer, codes, ends, changes, pointer, code
):
    offer(*codes, expires_at=START + ends if ends else None)
    before = world.snapshot()

    with pytest.raises(Refusal) as refused:
        values = {"content": CONTENT, "coupon_pool": "spring", **changes}
        accept(make_request(**values), make_key(), world.intake)

    assert [(each.pointer, each.code) for each in refused.value.faults] == [(pointer, code)]
    assert world.snapshot() == before


def test_who_names_no_pool_may_use_the_word(world):
    content = Content(Channel.SMS, {"text": "{{ coupon }}"})
    bodies = rehearse(
        make_request(content=content, data={"coupon": "mine"}), make_key(), world.intake
    ).bodies
    assert bodies["text"] == "mine"


class Killed(BaseException):
    """The process dies."""


def test_ten_thousand_recipients_get_ten_thousand_codes_though_a_worker_dies(world):
    number = 10_000
    codes = [f"C-{each}" for each in range(number)]
    world.coupons.put(Pool(TENANT, "spring", START))
    world.coupons.codes[TENANT, "spring"] = list(codes)
    refs = []
    for each in range(number):
        message = make_message(f"cause {each}", contact_id=f"con_{each % 100}")
        body = make_body(content=CONTENT, coupon_pool="spring")
        assert world.messages.insert(message, body, due=None)
        refs.append(ref_of(message))
    queues = [refs[worker::4] for worker in range(4)]

    def dies(_):
        if len(world.carrier.sent) == number // 8:
            raise Killed

    world.carrier.meanwhile = dies
    ports, left = world.deliver, [iter(queue) for queue in queues]
    while left:
        for worker in list(left):
            ref = next(worker, None)
            if ref is None:
                left.remove(worker)
                continue
            try:
                deliver(ref, ports)
            except Killed:
                # What this worker had left comes to the queue again.
                left.remove(worker)
                left.append(iter([ref, *worker]))
    world.clock.advance(HOUR)
    for ref in refs:
        deliver(ref, ports)

    leaving = {each.ref.id: each.bodies["text"] for each in world.carrier.sent}
    assert Counter(leaving.values()) == Counter(f"Yours: {code}" for code in codes)
    (again,) = [each for each in world.carrier.sent if each.attempt > 1]
    (before,) = [each for each in world.carrier.sent if each.ref == again.ref and each != again]
    assert again.bodies == before.bodies
