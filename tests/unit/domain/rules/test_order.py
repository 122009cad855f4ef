"""What each rule of the gate objects to, and which is heard first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from outbound.domain.consent import ConsentStatus, Level
from outbound.domain.message import Decision
from outbound.domain.phone_details import phone_details
from outbound.domain.rules.facts import Slot
from outbound.domain.suppression import Reason
from outbound.domain.words import Channel, Purpose
from outbound.flow.gate import SEND, decide
from tests.builders import PHONE, make_suppression
from tests.unit.domain.rules.facts import consent, contact, make_facts

NOON = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
"""In San Francisco, a Tuesday."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def reason_of(facts: Any) -> str | None:
    return decide(facts).reason


def with_contact(facts: Any, **changes: Any) -> Any:
    return replace(facts, contact=replace(facts.contact, **changes))


def test_what_nothing_objects_to_is_sent():
    assert decide(make_facts(NOON)) == SEND


def test_nothing_leaves_at_or_after_its_end():
    for purpose in Purpose:
        assert decide(make_facts(NOON, purpose=purpose, expires_at=NOON)) == Decision(
            "block", "expired", "the message's expires_at", "expired"
        )


def test_what_was_accepted_before_an_erasure_is_for_nobody():
    facts = make_facts(NOON, purpose=Purpose.EMERGENCY)
    erased = with_contact(facts, erased_at=NOON)
    assert reason_of(erased) == "erased"
    assert reason_of(replace(erased, accepted_at=NOON + HOUR)) is None
    nobody = with_contact(erased, created_at=None)
    assert reason_of(replace(nobody, accepted_at=NOON + HOUR)) == "erased"


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("purpose", list(Purpose))
def test_what_is_broken_gets_nothing_and_who_said_no_only_alerts(reason, purpose):
    facts = make_facts(NOON, purpose=purpose, suppressions=(make_suppression(reason),))
    silenced = purpose is not Purpose.EMERGENCY or reason in (Reason.BOUNCED, Reason.INVALID)
    assert (reason_of(facts) == f"suppressed_{reason}") is silenced


def test_a_no_to_one_purpose_is_none_to_the_others():
    suppression = replace(
        make_suppression(Reason.OPTED_OUT), purposes=frozenset({Purpose.MARKETING})
    )
    for purpose, reason in (
        (Purpose.MARKETING, "suppressed_opted_out"),
        (Purpose.HEALTHCARE, None),
    ):
        assert reason_of(make_facts(NOON, purpose=purpose, suppressions=(suppression,))) == reason


def test_a_suppression_ends_when_it_says():
    suppression = replace(make_suppression(Reason.BOUNCED), expires_at=NOON)
    for now, reason in ((NOON - HOUR, "suppressed_bounced"), (NOON, None)):
        assert reason_of(make_facts(now, suppressions=(suppression,))) == reason


def test_an_answer_to_a_stop_may_leave_but_not_to_a_broken_address():
    facts = make_facts(NOON, purpose=Purpose.TRANSACTIONAL, said="revoked", answers=True)
    said_no = replace(facts, suppressions=(make_suppression(Reason.OPTED_OUT),))
    assert reason_of(said_no) is None
    broken = replace(facts, suppressions=(make_suppression(Reason.INVALID),))
    assert reason_of(broken) == "suppressed_invalid"


def test_a_forbidden_channel_is_not_used_even_for_an_alert():
    facts = make_facts(NOON, purpose=Purpose.EMERGENCY)
    assert reason_of(with_contact(facts, forbidden=frozenset({Channel.SMS}))) == "forbidden_channel"
    assert reason_of(with_contact(facts, forbidden=frozenset({Channel.EMAIL}))) is None


def test_a_pause_holds_back_what_is_not_needed():
    for purpose in Purpose:
        facts = with_contact(make_facts(NOON, purpose=purpose), paused_until=NOON + DAY)
        held = purpose in (Purpose.MARKETING, Purpose.INFORMATIONAL)
        assert reason_of(facts) == ("paused" if held else None)
        assert reason_of(with_contact(facts, paused_until=NOON)) is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"covers": frozenset({"another"})}, "consent_for_another_address"),
        ({"expires_at": NOON}, "consent_expired"),
        ({"status": ConsentStatus.PENDING}, "consent_pending"),
        ({"level": Level.EXPRESS}, "consent_too_weak"),
        ({"topic": "news"}, "no_consent"),
        ({"channel": Channel.EMAIL}, "no_consent"),
        ({"status": ConsentStatus.REVOKED}, "revoked"),
        ({"status": ConsentStatus.REVOKED, "topic": "news"}, "no_consent"),
    ],
)
def test_a_consent_that_is_none_says_why(changes, reason):
    values = {"channel": Channel.SMS} | changes
    channel = values.pop("channel")
    said = consent(channel, Purpose.MARKETING, "express_written", NOON - DAY, **values)
    facts = make_facts(NOON, topic="offers")
    assert reason_of(with_contact(facts, consents=said)) == reason


def test_a_no_to_one_topic_stands_against_what_does_not_say_what_it_is_about():
    yes = consent(Channel.SMS, Purpose.MARKETING, "express_written", NOON - DAY)
    no = consent(Channel.SMS, Purpose.MARKETING, "revoked", NOON - DAY, topic="news")
    for topic, reason in (("news", "revoked"), (None, "revoked"), ("offers", None)):
        facts = with_contact(make_facts(NOON, topic=topic), consents=(*yes, *no))
        assert reason_of(facts) == reason


class TestSeveralOnOneAddress:
    def other(self, **changes):
        return contact(phone_details(PHONE), at=NOON - DAY, contact_id="bob", **changes)

    def test_the_no_of_any_counts(self):
        no = consent(Channel.SMS, Purpose.MARKETING, "revoked", NOON - DAY)
        facts = make_facts(NOON, others=(self.other(consents=no),))
        assert reason_of(facts) == "revoked"

    def test_the_yes_of_another_is_nobodys(self):
        yes = consent(Channel.SMS, Purpose.MARKETING, "express_written", NOON - DAY)
        facts = make_facts(NOON, said="none", others=(self.other(consents=yes),))
        assert reason_of(facts) == "no_consent"

    def test_hours_are_judged_where_each_of_them_may_be(self):
        other = self.other(timezone="Asia/Tokyo", region="JP")
        decision = decide(make_facts(NOON, others=(other,)))
        assert (decision.verdict, decision.reason) != ("send", None)

    def test_the_pause_of_any_counts(self):
        facts = make_facts(NOON, others=(self.other(paused_until=NOON + DAY),))
        assert reason_of(facts) == "paused"


class TestCaps:
    def slots(self, *ages, topic="offers", purpose=Purpose.MARKETING):
        return tuple(Slot(f"msg_{age}", NOON - age, Channel.SMS, purpose, topic) for age in ages)

    def test_three_offers_on_one_subject_in_a_day_are_enough_in_florida(self):
        for ages, reason in (
            ((HOUR, 2 * HOUR, 3 * HOUR), "frequency_cap"),
            ((HOUR, 2 * HOUR, 25 * HOUR), None),
        ):
            facts = make_facts(NOON, region="US-FL", zone="America/New_York", topic="offers")
            assert reason_of(replace(facts, slots=self.slots(*ages))) == reason
            news = replace(facts, slots=self.slots(*ages, topic="news"))
            assert reason_of(news) is None

    def test_a_message_does_not_count_itself(self):
        facts = make_facts(NOON, region="US-FL", zone="America/New_York", topic="offers")
        slots = self.slots(HOUR, 2 * HOUR, 3 * HOUR)
        assert reason_of(replace(facts, slots=slots, message_id=slots[0].message_id)) is None

    def test_healthcare_without_consent_is_one_a_day_and_three_a_week(self):
        for ages, said, reason in (
            ((HOUR,), "none", "frequency_cap"),
            ((HOUR,), "express", None),
            ((30 * HOUR,), "none", None),
            ((2 * DAY, 3 * DAY, 4 * DAY), "none", "frequency_cap"),
            ((2 * DAY, 3 * DAY, 8 * DAY), "none", None),
        ):
            facts = make_facts(NOON, purpose=Purpose.HEALTHCARE, said=said)
            slots = self.slots(*ages, purpose=Purpose.HEALTHCARE)
            assert reason_of(replace(facts, slots=slots)) == reason

    def test_healthcare_without_consent_is_short(self):
        for parts, said, reason in (
            (1, "none", None),
            (2, "none", "too_long_without_consent"),
            (2, "express", None),
        ):
            facts = make_facts(NOON, purpose=Purpose.HEALTHCARE, said=said, parts=parts)
            assert reason_of(facts) == reason
        call = make_facts(NOON, purpose=Purpose.HEALTHCARE, channel=Channel.VOICE, said="none")
        assert reason_of(replace(call, seconds=61)) == "too_long_without_consent"


def test_where_no_zone_is_known_an_offer_is_not_sent():
    facts = make_facts(NOON, number="+870773111632")
    assert decide(facts).reason == "no_time_zone"


def test_who_would_have_to_wait_beyond_its_end_is_not_kept_waiting():
    night = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    facts = make_facts(night, expires_at=night + HOUR)
    assert decide(facts).reason == "expires_before_lawful_hour"


def test_a_clash_of_zones_is_judged_in_all_of_them():
    # Half past seven in Paris, where the number is from; half past eight where they say they are.
    evening = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
    assert decide(make_facts(evening, number="+33612345678")).verdict == "send"
    clashing = make_facts(evening, number="+33612345678", zone="Europe/Athens")
    assert decide(clashing).verdict == "defer"


def test_a_region_that_its_number_is_not_from_is_a_clash_too():
    # Ten in Miami, five in Honolulu, where the number is from.
    morning = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    assert decide(make_facts(morning, number="+13055550123", region="US-FL")).verdict == "send"
    clashing = make_facts(morning, number="+18085550123", region="US-FL")
    assert decide(clashing).verdict == "defer"
    toll_free = make_facts(morning, number="+18005550123", region="US-FL")
    assert decide(toll_free).verdict == "send"


def test_being_too_late_is_told_before_all_else():
    facts = make_facts(NOON, expires_at=NOON, suppressions=(make_suppression(),))
    assert decide(facts).rule == "expired"
