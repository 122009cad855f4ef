"""An address that fails again and again is left alone for a while."""

from __future__ import annotations

from datetime import timedelta

from outbound.domain.message import Status
from outbound.domain.soft_bounce import MOST, REST
from outbound.domain.suppression import Reason, covers
from outbound.domain.words import Purpose
from outbound.flow.deliver import deliver
from outbound.flow.feedback import receive
from tests.builders import EMAIL, TENANT, make_message, make_receipt, ref_of


def bounce_softly(world, store, number, after=timedelta()):
    ref = store(f"soft {number}", address=EMAIL)
    deliver(ref, world.deliver)
    world.clock.advance(after)
    bounce = make_receipt(
        message=ref,
        provider="ses",
        at=world.clock.now(),
        status=Status.UNDELIVERED,
        code="Transient/MailboxFull",
        soft=True,
    )
    receive(bounce, world.feedback)
    receive(bounce, world.feedback)
    return bounce


def test_five_soft_bounces_in_two_weeks_rest_an_address_and_no_fewer(world, store):
    for number in range(MOST - 1):
        bounce_softly(world, store, number, timedelta(days=3))
    assert world.suppressions.of(TENANT, EMAIL) == ()

    last = bounce_softly(world, store, "last", timedelta(days=1))
    [suppression] = world.suppressions.of(TENANT, EMAIL)
    assert (suppression.reason, suppression.expires_at) == (Reason.BOUNCED, last.at + REST)
    assert suppression.source == "ses 5 soft bounces in 14 days"
    assert not covers(suppression, Purpose.TRANSACTIONAL, last.at + REST)


def test_soft_bounces_further_apart_rest_nothing(world, store):
    for number in range(2 * MOST):
        bounce_softly(world, store, number, timedelta(days=4))

    assert world.suppressions.of(TENANT, EMAIL) == ()


def test_a_soft_bounce_before_its_message_waits_for_it(world):
    early = make_receipt(message=ref_of(make_message("unwritten")), soft=True)
    receive(early, world.feedback)

    assert len(world.held) == 1
