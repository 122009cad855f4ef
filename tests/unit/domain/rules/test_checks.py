"""Look-ups of numbers: when one is needed, how old it may be, and what it says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.adapters.jurisdictions import rulebook
from outbound.adapters.jurisdictions.overlay import overlay_of
from outbound.domain.check import Check, CheckAnswer, CheckKind, newest, with_check
from outbound.domain.message import Decision
from outbound.domain.phone_details import phone_details
from outbound.domain.words import Channel, Purpose
from outbound.flow.gate import decide
from tests.builders import PHONE
from tests.unit.domain.rules.facts import consent, contact, make_facts

NOON = datetime(2026, 11, 24, 20, tzinfo=UTC)
DAY = timedelta(days=1)
WITHOUT_WRITTEN_CONSENT = rulebook(
    overlay_of(
        json.dumps(
            {
                "without": [
                    {"rule": rule, "reason": "by hand", "by": "counsel"}
                    for rule in ("us.tcpa.written-consent", "us.reassigned-numbers")
                ]
            }
        )
    )
)


def check(kind=CheckKind.REASSIGNED, answer=CheckAnswer.NO, at=NOON - DAY, **changes: Any):
    since = date(2026, 1, 1) if kind is CheckKind.REASSIGNED else None
    return Check(kind, answer, at, "register", **{"since": since} | changes)


def facts(*checks, said="express_written", consented=NOON - 60 * DAY, **changes: Any):
    """Somebody in San Francisco who said yes a while ago, with look-ups of their number."""
    facts = make_facts(NOON, **{"region": "US-CA"} | changes)
    assert facts.contact is not None
    phones = tuple(replace(each, checks=checks) for each in facts.contact.phones)
    consents = consent(facts.channel, facts.purpose, said, consented)
    return replace(facts, contact=replace(facts.contact, phones=phones, consents=consents))


def reason_of(facts):
    return decide(facts).reason


def test_the_rule_and_its_source_are_told():
    assert decide(facts()) == Decision(
        "block", "us.reassigned-numbers", "47 CFR 64.1200(m)", "reassigned_check_missing"
    )


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (check(), None),
        (check(at=NOON - 31 * DAY + timedelta(seconds=1)), None),
        (check(at=NOON - 31 * DAY), "reassigned_check_stale"),
        (check(answer=CheckAnswer.YES), "number_reassigned"),
        (check(answer=CheckAnswer.YES, at=NOON - 50 * DAY), "number_reassigned"),
        (check(answer=CheckAnswer.NO_DATA), "reassigned_no_data"),
        (check(since=(NOON - 60 * DAY).date()), None),
        (check(since=(NOON - 59 * DAY).date()), "reassigned_check_too_short"),
        (check(CheckKind.DO_NOT_CALL), "reassigned_check_missing"),
    ],
)
def test_an_old_consent_needs_a_look_up_that_reaches_back_to_it(found, reason):
    assert reason_of(facts(found)) == reason


@pytest.mark.parametrize(("days", "reason"), [(44, None), (45, "reassigned_check_missing")])
def test_a_number_rests_before_somebody_else_gets_it(days, reason):
    assert reason_of(facts(consented=NOON - days * DAY)) == reason


def test_who_said_yes_since_has_the_number_now():
    found = check(answer=CheckAnswer.YES, at=NOON - 50 * DAY)
    assert reason_of(facts(found, consented=NOON - 40 * DAY)) is None
    assert reason_of(facts(found, consented=NOON - 49 * DAY)) == "reassigned_check_stale"


@pytest.mark.parametrize(
    "changes",
    [
        {"purpose": Purpose.TRANSACTIONAL},
        {"purpose": Purpose.INFORMATIONAL},
        {"purpose": Purpose.EMERGENCY},
        {"number": "+33612345678", "region": "FR"},
    ],
)
def test_it_is_asked_for_offers_in_the_united_states_alone(changes):
    found = check(answer=CheckAnswer.YES)
    assert reason_of(facts(found, **changes)) in (None, "outside_hours")


class TestDoNotCall:
    """Where a deployment sends offers without written consent, and says so."""

    def reason(self, *checks, said="express"):
        return reason_of(facts(*checks, said=said, rulebook=WITHOUT_WRITTEN_CONSENT))

    def test_the_list_must_be_asked_each_31_days(self):
        kind = CheckKind.DO_NOT_CALL
        assert self.reason() == "do_not_call_check_missing"
        assert self.reason(check(kind)) is None
        assert self.reason(check(kind, at=NOON - 31 * DAY)) == "do_not_call_check_stale"

    def test_who_is_on_it_gets_nothing_whatever_they_say_short_of_writing(self):
        listed = check(CheckKind.DO_NOT_CALL, CheckAnswer.YES, at=NOON - 300 * DAY)
        assert self.reason(listed) == "do_not_call_listed"
        assert self.reason(listed, said="express_written") is None


class TestSeveralOnOneNumber:
    def other(self, *checks):
        phone = replace(phone_details(PHONE), checks=checks)
        return contact(phone, at=NOON, contact_id="bob")

    def test_a_look_up_is_about_the_number(self):
        assert reason_of(replace(facts(), others=(self.other(check()),))) is None

    def test_the_last_one_counts_whoever_it_was_made_for(self):
        newer = check(answer=CheckAnswer.YES, at=NOON - DAY / 2)
        assert (
            reason_of(replace(facts(check()), others=(self.other(newer),))) == "number_reassigned"
        )


CHECKS = st.builds(
    check,
    kind=st.sampled_from(CheckKind),
    answer=st.sampled_from(CheckAnswer),
    at=st.datetimes(datetime(2026, 8, 1), datetime(2026, 11, 24), timezones=st.just(UTC)),
)


@given(checks=st.lists(CHECKS, max_size=6))
def test_in_whatever_order_they_come_the_last_of_each_kind_stays(checks):
    kept: tuple[Check, ...] = ()
    for each in checks:
        kept = with_check(kept, each)
    for kind in CheckKind:
        last, stays = newest(checks, kind), newest(kept, kind)
        assert (last and last.at) == (stays and stays.at)
    assert len(kept) == len({each.kind for each in checks})


@given(checks=st.lists(CHECKS, max_size=3), days=st.integers(0, 200))
def test_no_look_up_lets_pass_what_another_rule_stops(checks, days):
    consented = NOON - days * DAY
    for said in ("none", "express", "revoked"):
        assert decide(facts(*checks, said=said, consented=consented)).verdict == "block"
    voice = facts(*checks, consented=consented, channel=Channel.VOICE)
    assert decide(voice).verdict == "block"
