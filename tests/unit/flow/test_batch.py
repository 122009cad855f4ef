"""Many messages at once: each for itself, once, in few requests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from outbound.domain.address import Address
from outbound.domain.errors import Refusal, refused_at
from outbound.domain.message import Status
from outbound.domain.suppression import Reason
from outbound.domain.words import Mode
from outbound.flow.batch import Batch, accept_batch, rehearse_batch
from outbound.flow.intake import Accepted, accept, rehearse
from outbound.flow.once import IN_FLIGHT
from outbound.flow.recipient import To
from outbound.ports import Claim
from tests.builders import (
    PHONE,
    TENANT,
    make_contact,
    make_key,
    make_request,
    make_suppression,
    ref_of,
)
from tests.memory import MemoryMessages, MemoryQueue

KEY = make_key()
SECOND = timedelta(seconds=1)
UNREADABLE = refused_at("/channel", "invalid_request", "Must be one of: email, sms, voice.")


class Gone(Exception):
    """The process ended here."""


class DyingMessages(MemoryMessages):
    """Messages whose writer dies after some of a batch."""

    def insert_new(self, messages):
        super().insert_new(messages[:2])
        raise Gone


class DyingQueue(MemoryQueue):
    def send(self, channel, lane, refs):
        raise Gone


def to(number):
    return To(address=Address("phone", f"+1425555{number:04}"))


def batch_of(count=4, key="batch-1", **changes):
    items = [make_request(to=to(number), **changes) for number in range(count)]
    return Batch(items, key, f"fingerprint of {count} {key} {sorted(changes)}")


def accept_all(batch, world, key=KEY) -> list[Any]:
    return list(accept_batch(batch, key, world.intake))


def messages_of(results):
    assert all(isinstance(result, Accepted) for result in results), results
    return [result.message for result in results]


def test_each_item_becomes_a_message_in_its_order(world):
    messages = messages_of(accept_all(batch_of(), world))
    assert [message.address.value for message in messages] == [
        f"+1425555000{number}" for number in range(4)
    ]
    assert [ref_of(message) for message in messages] == world.queue.refs
    assert all(ref_of(message) in world.messages.due_at for message in messages)
    assert len(world.contacts) == 4


def test_a_batch_makes_what_single_requests_would(world):
    (batched,) = messages_of(accept_all(batch_of(1), world))
    single = accept(make_request(to=to(7)), KEY, world.intake).message
    for name in ("status", "decision", "price", "sms", "lane", "timeline", "expires_at"):
        assert getattr(batched, name) == getattr(single, name)


def test_a_bad_item_leaves_the_others_alone(world):
    items: list[Any] = [
        make_request(to=to(1)),
        UNREADABLE,
        make_request(to=to(2), data={}),
        make_request(to=To(contact_id="nobody")),
        make_request(to=to(3)),
    ]
    results = accept_all(Batch(items, None, ""), world)
    codes = [each.code if isinstance(each, Refusal) else None for each in results]
    assert codes == [None, "invalid_request", "missing_variable", "unknown_contact", None]
    assert len(world.messages) == len(world.queue) == 2


def test_one_recipient_twice_is_two_messages_and_one_contact(world):
    items = [make_request(to=to(1)), make_request(to=to(1))]
    first, second = messages_of(accept_all(Batch(items, None, ""), world))
    assert first.id != second.id
    assert first.contact_id == second.contact_id
    assert len(world.contacts) == 1


def test_a_suppressed_recipient_is_blocked_and_not_queued(world):
    world.suppressions.suppress(TENANT, to(1).address, make_suppression(Reason.OPTED_OUT))
    messages = messages_of(accept_all(batch_of(3), world))
    assert [message.status for message in messages] == ["accepted", "blocked", "accepted"]
    assert len(world.queue) == 2


def test_a_contact_is_reached_at_its_own_address_and_its_suppression_counts(world):
    world.contacts.add(make_contact("con_ada", PHONE))
    world.suppressions.suppress(TENANT, PHONE, make_suppression())
    items = [make_request(to=To(contact_id="con_ada"))]
    (message,) = messages_of(accept_all(Batch(items, None, ""), world))
    assert (message.address, message.status) == (PHONE, Status.BLOCKED)


def test_the_same_batch_again_changes_nothing(world):
    first = messages_of(accept_all(batch_of(), world))
    before = world.snapshot()
    world.clock.advance(SECOND)
    again = accept_all(batch_of(), world)
    assert messages_of(again) == first
    assert all(result.replayed for result in again)
    assert world.snapshot() == before


def test_a_batch_is_repeated_though_it_would_be_refused_today(world):
    send_at = world.clock.now() + SECOND
    first = messages_of(accept_all(batch_of(send_at=send_at), world))
    world.clock.advance(10 * SECOND)
    assert messages_of(accept_all(batch_of(send_at=send_at), world)) == first


def test_another_batch_with_the_key_is_refused(world):
    accept_all(batch_of(), world)
    with pytest.raises(Refusal) as refusal:
        accept_all(batch_of(5), world)
    assert refusal.value.code == "idempotency_key_reused"


def test_a_token_counts_once_in_a_batch_and_across_requests(world):
    token = make_request(to=to(1), idempotency_key="token")
    first, double = accept_all(Batch([token, token], None, ""), world)
    assert double.code == "duplicate_token"
    again = accept_all(Batch([token], "other batch", ""), world)
    single = accept(token, KEY, world.intake)
    assert {first.message.id, again[0].message.id, single.message.id} == {first.message.id}
    assert again[0].replayed
    assert single.replayed
    assert len(world.queue) == 1


def test_a_token_used_with_another_message_is_refused_alone(world):
    accept(make_request(idempotency_key="token"), KEY, world.intake)
    other = make_request(to=to(1), idempotency_key="token", fingerprint="another")
    results = accept_all(Batch([other, make_request(to=to(2))], None, ""), world)
    assert results[0].code == "idempotency_key_reused"
    assert isinstance(results[1], Accepted)


def test_a_batch_at_work_is_not_worked_on_twice(world):
    world.messages = DyingMessages(world.clock)
    with pytest.raises(Gone):
        accept_all(batch_of(), world)
    world.clock.advance(IN_FLIGHT - SECOND)
    with pytest.raises(Refusal) as refusal:
        accept_all(batch_of(), world)
    assert refusal.value.code == "request_in_flight"


def test_a_batch_left_by_a_crash_is_completed_under_the_same_ids(world):
    whole = world.messages
    dying = DyingMessages(world.clock, kept=whole.kept, bodies=whole.bodies, due_at=whole.due_at)
    world.messages = dying
    with pytest.raises(Gone):
        accept_all(batch_of(), world)
    left = set(whole.kept)
    assert len(left) == 2
    world.messages = whole
    world.clock.advance(IN_FLIGHT)
    results = accept_all(batch_of(), world)
    assert [result.replayed for result in results] == [True, True, False, False]
    assert {ref_of(result.message) for result in results} == set(whole.kept) > left
    assert len(whole.kept) == 4


def test_what_a_crash_kept_from_the_queue_is_due(world):
    world.queue = DyingQueue()
    with pytest.raises(Gone):
        accept_all(batch_of(), world)
    assert set(world.messages.due_at) == set(world.messages.kept)
    assert len(world.messages.kept) == 4


@pytest.mark.parametrize("changes", [{}, {"data": {}}, {"to": To(contact_id="nobody")}])
def test_a_dry_run_writes_nothing_and_says_what_would_be(world, changes):
    before = world.snapshot()
    request = make_request(idempotency_key="dry", **changes)
    results: list[Any] = rehearse_batch(Batch([request], "dry", ""), KEY, world.intake)
    result = results[0]
    if changes:
        assert isinstance(result, Refusal)
    else:
        assert result.bodies == {"text": "Order A-77 has shipped."}
        assert result == rehearse(request, KEY, world.intake)
    assert world.snapshot() == before


def test_modes_do_not_share_batches(world):
    live = messages_of(accept_all(batch_of(1), world))
    test = messages_of(accept_all(batch_of(1), world, make_key(mode=Mode.TEST)))
    assert live[0].id != test[0].id


def test_a_batch_at_work_keeps_no_token_from_it(world):
    token = make_request(to=to(1), idempotency_key="token")
    batch = Batch([token, make_request(to=to(2))], "batch", "f")
    world.idempotency.reserve(TENANT, Mode.LIVE, "batch", Claim("f", "batch", world.clock.now()))
    with pytest.raises(Refusal) as refusal:
        accept_all(batch, world)
    assert refusal.value.code == "request_in_flight"
    assert world.idempotency.find(TENANT, Mode.LIVE, "token", world.clock.now()) is None


def test_a_key_without_the_purpose_does_not_see_what_another_key_made(world):
    accept_all(batch_of(2), world)
    narrow = make_key(purposes=frozenset())
    codes = [result.code for result in accept_all(batch_of(2), world, narrow)]
    assert codes == ["purpose_not_allowed"] * 2
