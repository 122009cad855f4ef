"""Intake killed between any two writes, repeated, and asked by many at once."""

import signal
import threading

import pytest

from outbound.domain.errors import Refusal

KILLED = -signal.SIGKILL
AFTER_A_CRASH = 25


@pytest.mark.parametrize("step", ["after reserve", "before insert", "after insert", "before send"])
def test_a_request_repeated_after_a_crash_ends_in_one_message(world, step):
    from datetime import timedelta

    given = world.given(idempotency_key=f"order-{world.to}")
    assert world.killed("intake", step, given) == KILLED

    world.now += timedelta(seconds=AFTER_A_CRASH)
    message = world.accept(idempotency_key=given["idempotency_key"])
    again = world.accept(idempotency_key=given["idempotency_key"])
    world.let_pass()

    assert message.id == again.id
    assert world.message(message.id).status == "sent"
    assert len(world.sent()) == 1
    assert not world.is_due(message.id)


@pytest.mark.parametrize(("step", "sent"), [("before insert", 0), ("after insert", 1)])
def test_what_was_written_is_sent_by_the_sweep_though_nobody_asks_again(world, step, sent):
    assert world.killed("intake", step, world.given()) == KILLED
    assert world.queued() == []

    world.let_pass()

    assert len(world.sent()) == sent


def test_a_long_text_whose_intake_dies_between_its_two_items_is_taken_up_again(world):
    world.text = world.text + " word" * 200
    given = world.given(idempotency_key=f"long-{world.to}")
    assert world.killed("intake", "after insert", given) == KILLED

    world.let_pass()

    assert len(world.sent()) == 1


def test_twenty_at_once_with_one_key_make_one_message(world):
    from outbound.flow.intake import accept
    from tests.faults.requests import request_of
    from tests.faults.stage import build

    ports = build("intake", world.now)
    request, key = request_of(world.given(idempotency_key=f"twenty-{world.to}"))
    made, refused = [], []

    def ask():
        try:
            made.append(accept(request, key, ports).message.id)
        except Refusal as refusal:
            refused.append(refusal.code)

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    world.let_pass(4)

    assert len(made) + len(refused) == 20
    assert len(set(made)) == 1
    assert set(refused) <= {"request_in_flight"}
    assert len(world.sent()) == 1


def test_the_same_key_with_another_body_is_refused(world):
    key = f"other-{world.to}"
    world.accept(idempotency_key=key)

    with pytest.raises(Refusal) as refused:
        world.accept(idempotency_key=key, text="Another text.")

    assert refused.value.code == "idempotency_key_reused"
