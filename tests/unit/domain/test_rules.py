"""The gate's decisions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.domain.message import Decision
from outbound.domain.rules import Facts
from outbound.domain.suppression import Reason
from outbound.domain.words import Purpose
from outbound.flow.gate import SEND, decide
from tests.builders import make_suppression
from tests.memory.clock import START

LATER = START + timedelta(hours=1)


def test_what_nothing_objects_to_is_sent():
    assert decide(Facts(START, Purpose.MARKETING, LATER, None)) == SEND


def test_nothing_leaves_at_or_after_its_end():
    just_before = LATER - timedelta(milliseconds=1)
    assert decide(Facts(just_before, Purpose.EMERGENCY, LATER, None)) == SEND
    for now in (LATER, LATER + timedelta(days=1)):
        decision = decide(Facts(now, Purpose.EMERGENCY, LATER, None))
        assert decision == Decision("block", "expired", "the message's expires_at", "expired")


@pytest.mark.parametrize("reason", list(Reason))
def test_a_suppressed_address_gets_nothing_and_the_decision_says_why(reason):
    suppression = make_suppression(reason, source="ses Bounce")
    decision = decide(Facts(START, Purpose.MARKETING, LATER, suppression))
    assert decision == Decision(
        "block", "suppressed", "suppression list (ses Bounce)", f"suppressed_{reason.value}"
    )


def test_an_alert_passes_an_opt_out():
    suppression = make_suppression(Reason.OPTED_OUT)
    assert decide(Facts(START, Purpose.EMERGENCY, LATER, suppression)) == SEND


def test_being_too_late_is_told_first():
    decision = decide(Facts(LATER, Purpose.MARKETING, LATER, make_suppression()))
    assert decision.rule == "expired"
