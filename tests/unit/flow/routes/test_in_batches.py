"""Routes in a batch, beside messages."""

from __future__ import annotations

from datetime import timedelta

from outbound.domain.message import Status
from outbound.domain.words import Channel
from outbound.flow.batch import Batch, accept_batch, rehearse_batch
from outbound.flow.recipient import To
from tests.builders import EMAIL, PHONE, make_key, make_request
from tests.unit.flow.routes.journey import make_route

ALL = (Channel.SMS, Channel.VOICE, Channel.EMAIL)


def channels(messages):
    return [str(message.channel) for message in messages]


def accepted(batch, world):
    return accept_batch(batch, make_key(), world.intake)


def rehearsed(batch, world):
    return rehearse_batch(batch, make_key(), world.intake)


def batch(*items, **changes):
    return Batch(items, changes.get("idempotency_key", "batch-1"), "fingerprint")


def test_a_batch_has_routes_beside_messages(world, journey):
    single, nobody = make_request(to=To(address=PHONE)), make_route(to=To(contact_id="con_x"))
    token = make_route(ALL, idempotency_key="mine")
    items = batch(make_route(), single, nobody, token)

    route, message, refused, own = accepted(items, world)

    assert channels(route.messages) == ["sms", "voice"]
    assert message.message.status is Status.ACCEPTED
    assert refused.code == "unknown_contact"
    assert channels(own.messages) == ["sms", "voice", "email"]
    assert len(world.messages) == 6
    assert len(world.queue) == 3


def test_a_batch_again_answers_the_same(world, journey):
    items = batch(make_route(), make_request(to=To(address=EMAIL), channel=Channel.EMAIL))
    first = accepted(items, world)
    before = world.snapshot()

    again = accepted(items, world)

    assert all(each.replayed for each in again)
    assert again[0].messages == first[0].messages
    assert world.snapshot() == before


def test_a_batch_left_by_a_crash_is_finished(world, journey):
    items = batch(make_route(), make_route((Channel.VOICE, Channel.EMAIL)))
    first = accepted(items, world)
    for message in first[1].messages:
        lost = next(ref for ref in world.messages.kept if ref.id == message.id)
        del world.messages.kept[lost]
    world.clock.advance(timedelta(minutes=1))

    again = accepted(items, world)

    assert [each.replayed for each in again] == [True, False]
    assert [m.id for m in again[1].messages] == [m.id for m in first[1].messages]


def test_routes_that_another_request_has_written_are_found_one_by_one(world, journey):
    mine = [make_route(idempotency_key=None), make_route(idempotency_key=None)]
    first = accepted(batch(*mine), world)
    world.idempotency.claims.clear()

    again = accepted(batch(*mine), world)

    assert [each.replayed for each in again] == [True, True]
    assert again[0].messages == first[0].messages


def test_a_batch_can_be_rehearsed(world, journey):
    before = world.snapshot()
    route, refused = rehearsed(batch(make_route(), make_route(to=To(contact_id="con_x"))), world)
    assert channels([each.message for each in route.each]) == ["sms", "voice"]
    assert refused.code == "unknown_contact"
    assert world.snapshot() == before
