"""Whom a word is said to, and who of carrier, AWS and us answers it: exactly one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.keywords import Kind
from outbound.domain.suppression import ANY_TENANT
from outbound.domain.two_way import (
    AWS_STOPS,
    Answerer,
    NumberType,
    TwoWayNumber,
    TwoWayNumbers,
    who_answers,
)

# https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html
REQUIRED = "opt-outs of US toll-free numbers are managed by the carrier; only STOP, and START back"
# https://docs.aws.amazon.com/sms-voice/latest/userguide/opt-out-list-self-managed.html
SELF_MANAGED = "self-managed: AWS answers nothing, we are responsible"
# https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords.html
KEYWORDS = "AWS answers what begins with a keyword, in any case"

TABLE = [
    ("toll_free", False, Kind.STOP, "STOP", "carrier", REQUIRED),
    ("toll_free", True, Kind.STOP, " stop ", "carrier", REQUIRED),
    ("toll_free", False, Kind.STOP, "QUIT", "ourselves", REQUIRED),
    ("toll_free", False, Kind.STOP, "please stop", "ourselves", REQUIRED),
    ("toll_free", False, Kind.START, "START", "carrier", REQUIRED),
    ("toll_free", True, Kind.START, "unstop", "carrier", REQUIRED),
    ("toll_free", False, Kind.START, "opt in", "ourselves", REQUIRED),
    ("toll_free", False, Kind.HELP, "HELP", "aws", KEYWORDS),
    ("ten_dlc", True, Kind.STOP, "STOP", "ourselves", SELF_MANAGED),
    ("ten_dlc", True, Kind.STOP, "please stop", "ourselves", SELF_MANAGED),
    ("ten_dlc", True, Kind.START, "START", "ourselves", SELF_MANAGED),
    ("ten_dlc", True, Kind.HELP, "HELP", "ourselves", SELF_MANAGED),
    ("short_code", True, Kind.STOP, "ARRET", "ourselves", SELF_MANAGED),
    ("ten_dlc", False, Kind.STOP, "STOP", "aws", KEYWORDS),
    ("ten_dlc", False, Kind.STOP, "Stop!!", "aws", KEYWORDS),
    ("ten_dlc", False, Kind.STOP, "stop texting me", "aws", KEYWORDS),
    ("ten_dlc", False, Kind.STOP, "STOPALL", "aws", KEYWORDS),
    ("ten_dlc", False, Kind.STOP, "opt out", "aws", "added by outbound setup"),
    ("ten_dlc", False, Kind.STOP, "Revoke", "aws", "added by outbound setup"),
    ("ten_dlc", False, Kind.STOP, "please stop", "ourselves", KEYWORDS),
    ("ten_dlc", False, Kind.STOP, "“STOP”", "ourselves", KEYWORDS),
    ("ten_dlc", False, Kind.STOP, "baja", "ourselves", REQUIRED),
    ("ten_dlc", False, Kind.START, "START", "aws", "added by outbound setup"),
    ("ten_dlc", False, Kind.HELP, "help me", "aws", KEYWORDS),
    ("ten_dlc", False, Kind.HELP, "INFO", "ourselves", KEYWORDS),
    ("ten_dlc", False, Kind.YES, "YES", "ourselves", KEYWORDS),
    ("ten_dlc", False, Kind.JOIN, "JOIN offers", "ourselves", KEYWORDS),
    ("long_code", False, Kind.STOP, "end", "aws", KEYWORDS),
    ("short_code", False, Kind.STOP, "TD", "aws", KEYWORDS),
]


@pytest.mark.parametrize(("kind_of_number", "managed", "kind", "body", "expected", "source"), TABLE)
def test_exactly_one_answers(kind_of_number, managed, kind, body, expected, source):
    number = TwoWayNumber("+12065550143", None, NumberType(kind_of_number), self_managed=managed)
    assert who_answers(number, kind, body) == expected, source


@given(st.sampled_from(list(NumberType)), st.sampled_from(AWS_STOPS), st.text(max_size=20))
def test_a_number_that_aws_manages_leaves_its_words_to_others(kind, word, more):
    number = TwoWayNumber("+12065550143", None, kind, self_managed=False)
    answerer = who_answers(number, Kind.STOP, word)
    if kind is NumberType.TOLL_FREE:
        assert answerer is (Answerer.CARRIER if word == "STOP" else Answerer.OURSELVES)
    else:
        assert answerer is Answerer.AWS
        assert who_answers(number, Kind.STOP, word + more) is Answerer.AWS


def test_a_number_that_nobody_has_set_is_shared_and_managed_by_aws():
    number = TwoWayNumbers().number("+12065550143")
    assert (number.party, number.self_managed, number.emergency) == (ANY_TENANT, False, False)


def test_a_no_to_a_tenants_number_is_said_to_that_tenant():
    number = TwoWayNumber("+12065550143", "clinic", NumberType.TEN_DLC, self_managed=True)
    assert TwoWayNumbers({number.value: number}).number(number.value).party == "clinic"
