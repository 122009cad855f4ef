"""Receipts: matched, held, let go; whatever their order and number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.consent import TRACKING, Consent, ConsentStatus, Level
from outbound.domain.ids import MessageRef, address_key
from outbound.domain.machines import HASTE
from outbound.domain.message import Provider, Status
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.price import Price
from outbound.domain.suppression import Reason
from outbound.domain.words import Channel, OnUnconfirmed
from outbound.flow.deliver import deliver
from outbound.flow.feedback import TRIES, Unmatched, receive
from tests.builders import (
    EMAIL,
    PHONE,
    TENANT,
    make_body,
    make_contact,
    make_message,
    make_receipt,
    ref_of,
)
from tests.memory import World

NEVER = OnUnconfirmed.NEVER
CLIMB = [Status.SENT, Status.FAILED, Status.UNDELIVERED, Status.DELIVERED, Status.BOUNCED]
SECOND = timedelta(seconds=1)


def lose(world, store, cause="a cause", **changes):
    """A message of which nobody knows whether it left."""
    world.carrier.answer(Outcome(Kind.UNKNOWN))
    ref = store(cause, on_unconfirmed=NEVER, **changes)
    deliver(ref, world.deliver)
    return ref


def untagged(world, **changes):
    """A receipt that names a number and a time, and an id that nobody has heard of."""
    values = {
        "provider_id": "unheard-of",
        "destination": PHONE.value,
        "requested_at": world.clock.now(),
    }
    return make_receipt(**values | changes)


def come_back(world):
    """Let each held receipt come back when its time has come, until none is held."""
    while world.held.held:
        world.clock.advance_to(min(at for at, _, _ in world.held.held))
        for receipt, tries in world.held.take():
            receive(receipt, world.feedback, tries=tries)


def test_a_tagged_receipt_finds_its_message(world, store):
    ref = store()
    deliver(ref, world.deliver)
    receipt = make_receipt(message=ref, provider="ses", provider_id="0100", code="250")
    receive(receipt, world.feedback)
    message = world.messages.kept[ref]
    last = message.timeline[-1]
    assert (message.status, message.provider) == (Status.DELIVERED, Provider("ses", "0100"))
    assert (last.at, last.reason, last.code) == (receipt.at, "receipt", "250")
    assert world.signals.counts["Delivered"] == 1


def test_what_a_receipt_says_of_the_price_takes_the_place_of_the_estimate(world, store):
    ref = store(price=Price(Decimal("0.009")))
    deliver(ref, world.deliver)
    charged = Price(Decimal("0.00881"), estimated=False)
    receive(make_receipt(message=ref, price=charged), world.feedback)
    assert world.messages.kept[ref].price == charged


def test_an_untagged_receipt_is_matched_by_the_providers_id(world, store, status):
    ref, other = store("one"), store("other")
    deliver(ref, world.deliver)
    deliver(other, world.deliver)
    receive(make_receipt(provider_id="sns-2"), world.feedback)
    assert (status(ref), status(other)) == (Status.SENT, Status.DELIVERED)


def test_another_providers_id_is_not_ours(world, store, status):
    ref = store()
    deliver(ref, world.deliver)
    receive(make_receipt(provider="voice", provider_id="sns-1"), world.feedback)
    assert status(ref) is Status.SENT
    assert len(world.held) == 1


def test_a_receipt_that_comes_before_its_message_is_known_waits_for_it(world, store, status):
    receive(make_receipt(provider_id="sns-1"), world.feedback)
    assert len(world.held) == 1
    ref = store()
    deliver(ref, world.deliver)
    come_back(world)
    assert status(ref) is Status.DELIVERED
    assert world.signals.counts["UnmatchedReceipts"] == 0


def test_what_is_never_matched_is_let_go_with_a_signal_after_half_an_hour(world):
    before = world.snapshot()
    start = world.clock.now()
    receive(untagged(world), world.feedback)
    come_back(world)
    assert timedelta(minutes=25) <= world.clock.now() - start <= timedelta(minutes=35)
    assert world.signals.counts == {"UnmatchedReceipts": 1}
    assert world.snapshot() == before


def test_an_unmatched_receipt_waits_longer_each_time_and_never_longer_than_a_queue_can(world):
    waits = []
    for tries in range(TRIES):
        receive(make_receipt(), world.feedback, tries=tries)
        at, _, counted = world.held.held.pop()
        assert counted == tries + 1
        waits.append(at - world.clock.now())
    assert waits == sorted(waits)
    assert max(waits) <= timedelta(minutes=15)


@pytest.mark.parametrize("seconds", [-5, 0, 1, 60])
def test_the_one_message_that_may_have_left_then_is_matched(world, store, status, seconds):
    ref = lose(world, store)
    requested_at = world.clock.now() + timedelta(seconds=seconds)
    receive(untagged(world, requested_at=requested_at), world.feedback)
    assert status(ref) is Status.DELIVERED


@pytest.mark.parametrize("seconds", [-6, 61, 3600])
def test_a_message_of_another_time_is_not_guessed(world, store, status, seconds):
    ref = lose(world, store)
    requested_at = world.clock.now() + timedelta(seconds=seconds)
    receive(untagged(world, requested_at=requested_at), world.feedback)
    assert (status(ref), len(world.held)) == (Status.UNCONFIRMED, 1)


def test_of_two_that_may_have_left_none_is_guessed(world, store, status):
    refs = [lose(world, store, "one"), lose(world, store, "other")]
    receive(untagged(world), world.feedback)
    come_back(world)
    assert [status(ref) for ref in refs] == [Status.UNCONFIRMED] * 2
    assert world.signals.counts["UnmatchedReceipts"] == 1


def test_a_message_to_another_number_is_not_guessed(world, store, status):
    ref = lose(world, store)
    receive(untagged(world, destination="+14155550124"), world.feedback)
    assert status(ref) is Status.UNCONFIRMED


@pytest.mark.parametrize("missing", ["destination", "requested_at"])
def test_without_number_or_time_nothing_is_guessed(world, store, status, missing):
    ref = lose(world, store)
    receive(untagged(world, **{missing: None}), world.feedback)
    assert status(ref) is Status.UNCONFIRMED


@pytest.mark.parametrize(
    "changes",
    [{}, {"status": None, "mark": "complained"}, {"suppress": Reason.BOUNCED}],
)
def test_a_receipt_never_makes_a_message_and_is_kept_for_a_person(world, changes):
    before = world.snapshot()
    nobody = MessageRef(TENANT, "msg_" + "0" * 36)
    with pytest.raises(Unmatched):
        receive(make_receipt(message=nobody, **changes), world.feedback, tries=TRIES)
    assert world.snapshot() == before


@pytest.mark.parametrize(
    "changes",
    [{}, {"status": None, "mark": "complained"}, {"suppress": Reason.BOUNCED}],
)
def test_a_receipt_that_is_quicker_than_its_message_waits_for_it(world, changes):
    message = make_message(status=Status.SENT)
    ref = MessageRef(message.tenant, message.id)
    receipt = make_receipt(message=ref, **changes)
    receive(receipt, world.feedback)
    [(_, held, tries)] = world.held.held
    assert world.messages.insert(message, make_body(), due=None)
    receive(held, world.feedback, tries=tries)
    found = world.messages.kept[ref]
    assert found.status is (receipt.status or Status.SENT)
    assert found.marks == ({"complained"} if receipt.mark else frozenset())
    assert bool(world.suppressions.standing) is (receipt.suppress is not None)


def test_a_message_that_is_written_while_its_receipt_looks_for_it_is_not_missed(world):
    message = make_message(status=Status.SENT)
    ref = MessageRef(message.tenant, message.id)

    class Racing:
        """Writes the message just after the receipt has found none."""

        def __getattr__(self, name):
            return getattr(world.messages, name)

        def apply(self, ref, change):
            changed = world.messages.apply(ref, change) if ref in world.messages else None
            world.messages.insert(message, make_body(), due=None)
            return changed

    receive(make_receipt(message=ref), replace(world.feedback, messages=Racing()))
    come_back(world)
    assert world.messages.kept[ref].status is Status.DELIVERED


def test_a_message_that_is_written_late_leaves_what_a_receipt_has_brought(world):
    message = make_message(status=Status.SENT)
    ref = MessageRef(message.tenant, message.id)
    world.messages.insert(message, make_body(), due=None)
    receive(make_receipt(message=ref), world.feedback)
    before = world.messages.kept[ref]
    world.messages.insert_alone([(message, make_body(), None)])
    assert not world.messages.insert(message, make_body(), due=None)
    assert world.messages.kept[ref] == before


def test_a_bounce_suppresses_the_address_for_its_tenant(world, store, status):
    ref = store(address=EMAIL)
    deliver(ref, world.deliver)
    bounce = make_receipt(
        message=ref,
        provider="ses",
        status=Status.BOUNCED,
        code="5.1.1",
        suppress=Reason.BOUNCED,
    )
    receive(bounce, world.feedback)
    [suppression] = world.suppressions.of(TENANT, EMAIL)
    assert (suppression.reason, suppression.at) == (Reason.BOUNCED, bounce.at)
    assert suppression.source == "ses 5.1.1"
    assert not world.suppressions.of("other", EMAIL)
    assert status(ref) is Status.BOUNCED


def test_a_complaint_marks_the_message_and_suppresses_without_moving_it(world, store):
    ref = store()
    deliver(ref, world.deliver)
    complaint = make_receipt(
        message=ref, provider="ses", status=None, mark="complained", suppress=Reason.COMPLAINED
    )
    for _ in range(2):
        receive(complaint, world.feedback)
    message = world.messages.kept[ref]
    assert (message.status, message.marks) == (Status.SENT, {"complained"})
    [suppression] = world.suppressions.of(TENANT, PHONE)
    assert (suppression.reason, suppression.source) == (Reason.COMPLAINED, "ses")


@pytest.mark.parametrize(
    ("topic", "after", "marks"),
    [
        (TRACKING, 2 * HASTE, {"opened"}),
        (TRACKING, HASTE / 2, set()),
        ("offers", 2 * HASTE, set()),
        (None, 2 * HASTE, set()),
    ],
)
def test_an_open_is_marked_with_consent_and_when_somebody_can_have_read(
    world, store, topic, after, marks
):
    ref = store(address=EMAIL, channel=Channel.EMAIL)
    message = world.messages.kept[ref]
    consent = Consent(
        channel=Channel.EMAIL,
        purpose=message.purpose,
        topic=topic,
        status=ConsentStatus.GRANTED,
        level=Level.EXPRESS,
        source="form",
        at=message.created_at,
        covers=frozenset({address_key(world.gate.secret, TENANT, EMAIL.value)}),
    )
    world.contacts.create_many([make_contact(message.contact_id, EMAIL, consents=(consent,))])
    deliver(ref, world.deliver)
    opened = world.clock.now() + after
    receive(make_receipt(message=ref, status=None, mark="opened", at=opened), world.feedback)
    assert world.messages.kept[ref].marks == marks


def test_each_reason_against_an_address_stays(world, store):
    ref = store()
    for reason in (Reason.BOUNCED, Reason.COMPLAINED):
        receive(make_receipt(message=ref, status=None, suppress=reason), world.feedback)
    reasons = [each.reason for each in world.suppressions.of(TENANT, PHONE)]
    assert reasons == [Reason.BOUNCED, Reason.COMPLAINED]


def test_a_duplicate_receipt_changes_nothing(world, store):
    ref = store()
    deliver(ref, world.deliver)
    receipt = make_receipt(message=ref, status=Status.BOUNCED, suppress=Reason.BOUNCED)
    receive(receipt, world.feedback)
    before, counts = world.snapshot(), world.signals.counts.copy()
    receive(receipt, world.feedback)
    assert (world.snapshot(), world.signals.counts) == (before, counts)


@given(
    st.lists(st.sampled_from(CLIMB), min_size=1, max_size=7).flatmap(
        lambda receipts: st.tuples(st.just(receipts), st.permutations(receipts))
    ),
    st.sampled_from([Outcome(Kind.SENT, provider_id="sns-1"), Outcome(Kind.UNKNOWN)]),
    st.integers(min_value=0, max_value=7),
)
def test_receipts_end_alike_in_any_order_before_or_after_the_record(orders, outcome, early):
    assert end_of(orders[0], outcome, 0) == end_of(orders[1], outcome, early)


def end_of(receipts, outcome, early):
    """The end of a message to which the first `early` receipts come before its record."""
    world = World()
    message = make_message(on_unconfirmed=NEVER)
    ref = ref_of(message)
    world.messages.insert(message, make_body(), due=message.not_before)

    def play(some):
        for status in some:
            receive(make_receipt(message=ref, status=status), world.feedback)

    world.carrier.answer(outcome)
    world.carrier.meanwhile = lambda outgoing: play(receipts[:early])
    deliver(ref, world.deliver)
    play(receipts[early:])
    return world.messages.kept[ref].status


def test_a_receipt_that_comes_after_we_gave_up_still_counts(world, store, status):
    ref = store(expires_at=world.clock.now() + SECOND)
    world.carrier.answer(Outcome(Kind.TEMPORARY))
    deliver(ref, world.deliver)
    assert status(ref) is Status.EXPIRED
    receive(make_receipt(message=ref), world.feedback)
    assert status(ref) is Status.DELIVERED
