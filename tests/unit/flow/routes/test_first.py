"""One channel after another, until one has it delivered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.domain.message import Change, Entry, Status, before
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.words import Channel, Mode, OnUnconfirmed
from outbound.flow.cancel import cancel
from outbound.flow.routes import cancel_route
from tests.builders import make_key, ref_of
from tests.unit.flow.routes.journey import AFTER, make_route

MINUTE = timedelta(minutes=1)
REFUSED = Outcome(Kind.PERMANENT, code="NO_SUCH_NUMBER")
BUSY = Outcome(Kind.TEMPORARY, code="THROTTLED")
ALL = (Channel.SMS, Channel.VOICE, Channel.EMAIL)


def reasons(message):
    return [entry.reason for entry in message.timeline]


def test_a_text_that_is_not_delivered_is_followed_by_one_call(journey):
    journey.accept()
    journey.work_off()
    journey.let_pass(AFTER - MINUTE)
    assert journey.sent == {"sms": 1}

    journey.let_pass(MINUTE * 30)

    assert journey.sent == {"sms": 1, "voice": 1}
    assert journey.statuses == ["sent", "sent"]


def test_a_late_receipt_keeps_the_call_from_being_made(journey):
    journey.accept()
    journey.work_off()
    journey.let_pass(AFTER - MINUTE)

    journey.receipt(Channel.SMS, Status.DELIVERED)
    assert journey.statuses == ["delivered", "cancelled"]
    journey.let_pass(MINUTE * 30)

    assert journey.sent == {"sms": 1}
    assert reasons(journey.on(Channel.VOICE))[-1] == "delivered_before"


def test_what_nobody_told_the_call_it_finds_out_by_itself(journey, world):
    """Whoever applied the receipt died before anything followed from it."""
    journey.accept()
    journey.work_off()
    delivered = Change(
        Status.DELIVERED, Entry(Status.DELIVERED, world.clock.now()), before(Status.DELIVERED)
    )
    assert world.messages.apply(ref_of(journey.on(Channel.SMS)), delivered)

    journey.let_pass(MINUTE * 30)

    assert journey.sent == {"sms": 1}
    assert journey.statuses == ["delivered", "cancelled"]


def test_what_nobody_told_of_a_failure_it_still_goes_in_its_time(journey, world):
    journey.accept()
    journey.work_off()
    lost = Change(
        Status.UNDELIVERED, Entry(Status.UNDELIVERED, world.clock.now()), before(Status.UNDELIVERED)
    )
    assert world.messages.apply(ref_of(journey.on(Channel.SMS)), lost)
    journey.let_pass(AFTER - MINUTE)
    assert journey.sent == {"sms": 1}

    journey.let_pass(MINUTE * 2)

    assert journey.sent == {"sms": 1, "voice": 1}


def test_the_queue_that_brings_a_failed_text_again_tells_the_call(journey, world):
    journey.accept()
    journey.work_off()
    text = ref_of(journey.on(Channel.SMS))
    lost = Change(
        Status.UNDELIVERED, Entry(Status.UNDELIVERED, world.clock.now()), before(Status.UNDELIVERED)
    )
    assert world.messages.apply(text, lost)

    journey.deliver(Channel.SMS, text)
    journey.let_pass(MINUTE)

    assert journey.sent == {"sms": 1, "voice": 1}


@pytest.mark.parametrize("end", [Status.UNDELIVERED, Status.BOUNCED, Status.FAILED])
def test_the_call_is_made_at_once_when_the_carrier_gives_the_text_up(journey, end):
    journey.accept()
    journey.work_off()

    journey.receipt(Channel.SMS, end)
    journey.let_pass(MINUTE)

    assert journey.sent == {"sms": 1, "voice": 1}


def test_the_call_is_made_at_once_when_the_text_is_refused(journey):
    journey.answer(Channel.SMS, REFUSED)
    journey.accept()
    journey.work_off()
    journey.let_pass(MINUTE)

    assert journey.sent == {"sms": 1, "voice": 1}
    assert journey.statuses == ["failed", "sent"]


def test_of_two_that_fail_the_third_one_goes(journey):
    journey.answer(Channel.SMS, REFUSED)
    journey.answer(Channel.VOICE, REFUSED)
    journey.accept(make_route(ALL))
    journey.work_off()
    journey.let_pass(MINUTE * 2)

    assert journey.sent == {"sms": 1, "voice": 1, "email": 1}
    assert journey.statuses == ["failed", "failed", "sent"]


def test_each_has_its_time_before_the_next_one_goes(journey):
    journey.accept(make_route(ALL))
    journey.work_off()
    journey.let_pass(AFTER + MINUTE)
    assert journey.sent == {"sms": 1, "voice": 1}
    journey.let_pass(AFTER - MINUTE)
    assert journey.sent == {"sms": 1, "voice": 1}

    journey.let_pass(MINUTE * 2)

    assert journey.sent == {"sms": 1, "voice": 1, "email": 1}


def test_a_text_that_waits_for_a_busy_provider_gives_up_its_turn(journey):
    journey.answer(Channel.SMS, *[BUSY] * 20)
    journey.accept()
    journey.work_off()
    journey.let_pass(AFTER + MINUTE)
    tried = journey.sent["sms"]
    journey.let_pass(timedelta(hours=2))

    assert journey.sent == {"sms": tried, "voice": 1}
    assert reasons(journey.on(Channel.SMS))[-1] == "next_channel"


def test_a_text_in_doubt_is_not_sent_again_but_called(journey):
    journey.answer(Channel.SMS, Outcome(Kind.UNKNOWN))
    journey.accept(make_route(on_unconfirmed=OnUnconfirmed.RESEND))
    journey.work_off()
    journey.let_pass(timedelta(hours=1))

    assert journey.sent == {"sms": 1, "voice": 1}
    assert journey.statuses == ["unconfirmed", "sent"]


def test_what_leaves_later_has_its_time_from_then(journey, world):
    journey.accept(make_route(send_at=world.clock.now() + MINUTE * 60))
    journey.work_off()
    journey.let_pass(MINUTE * 59)
    assert journey.sent == {}

    journey.let_pass(MINUTE * 4)
    assert journey.sent == {"sms": 1}
    journey.let_pass(MINUTE * 4)
    assert journey.sent == {"sms": 1, "voice": 1}


def test_a_receipt_twice_changes_nothing(journey, world):
    journey.accept()
    journey.work_off()
    journey.receipt(Channel.SMS, Status.UNDELIVERED)
    once = world.snapshot()

    journey.receipt(Channel.SMS, Status.UNDELIVERED)

    assert world.messages.kept == once["messages.kept"]
    journey.let_pass(MINUTE * 3)
    assert journey.sent == {"sms": 1, "voice": 1}


def test_a_cancelled_route_goes_nowhere(journey, world):
    journey.accept(make_route(send_at=world.clock.now() + MINUTE * 60))

    cancel_route(journey.id, make_key(), world.messages, world.clock.now())
    journey.let_pass(MINUTE * 120)

    assert journey.sent == {}
    assert journey.statuses == ["cancelled", "cancelled"]


def test_a_cancelled_text_takes_its_call_along(journey, world):
    journey.accept()

    cancel(journey.on(Channel.SMS).id, make_key(), world.messages, world.clock.now())
    journey.work_off()
    journey.let_pass(MINUTE * 30)

    assert journey.sent == {}
    assert reasons(journey.on(Channel.VOICE))[-1] == "route_cancelled"


def test_cancelling_once_the_text_has_left_keeps_the_call_from_being_made(journey, world):
    journey.accept()
    journey.work_off()

    cancel_route(journey.id, make_key(), world.messages, world.clock.now())
    journey.let_pass(MINUTE * 30)

    assert journey.sent == {"sms": 1}
    assert journey.statuses == ["sent", "cancelled"]


def test_under_a_test_key_a_rehearsed_delivery_ends_the_route(journey, world):
    world.rehearsal.answer(Outcome(Kind.SENT, receipt=Status.DELIVERED))
    journey.accept(key=make_key(mode=Mode.TEST))
    journey.work_off()

    assert [message.status for message in world.messages] == ["delivered", "cancelled"]
    assert journey.sent == {}
