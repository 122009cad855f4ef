"""The providers' tables beside the models of botocore: a code or reason without a row fails."""

from __future__ import annotations

from typing import Any

import botocore.session
import pytest
from botocore.retries import standard

from outbound.adapters.carriers import end_user_messaging_codes, ses, sns
from outbound.adapters.carriers.common_codes import COMMON, THROTTLED
from outbound.domain.outcome import Kind

MODELS = botocore.session.get_session()
SENDS = [
    ("sesv2", "SendEmail", ses.OUTCOMES),
    ("sns", "Publish", sns.OUTCOMES),
    ("pinpoint-sms-voice-v2", "SendTextMessage", end_user_messaging_codes.OUTCOMES),
    ("pinpoint-sms-voice-v2", "SendMediaMessage", end_user_messaging_codes.OUTCOMES),
    ("pinpoint-sms-voice-v2", "SendVoiceMessage", end_user_messaging_codes.OUTCOMES),
]


def errors_of(service, operation):
    return MODELS.get_service_model(service).operation_model(operation).error_shapes


def all_errors_of(service) -> list[Any]:
    """The errors of all operations of a service."""
    return list(MODELS.get_service_model(service).error_shapes)


def codes_of(service, operation):
    return {code for shape in errors_of(service, operation) for code in _names(shape)}


def _names(shape):
    return {shape.name, shape.error_code}


def reasons_of(service, operation):
    members = [shape.members.get("Reason") for shape in errors_of(service, operation)]
    return {reason for member in members if member is not None for reason in member.enum}


@pytest.mark.parametrize(("service", "operation", "table"), SENDS)
def test_each_error_of_the_model_has_a_row(service, operation, table):
    codes = codes_of(service, operation)
    assert codes, "the model names no errors"
    assert codes <= set(table)


@pytest.mark.parametrize(("service", "operation", "table"), SENDS[2:])
def test_each_reason_of_the_model_has_a_row_and_each_row_a_reason(service, operation, table):
    reasons = reasons_of(service, operation)
    assert len(reasons) > 100
    assert set(table) == reasons | codes_of(service, operation)


def test_what_is_not_of_a_send_has_no_other_row():
    lonely = end_user_messaging_codes.NOT_OF_A_SEND
    assert len(set(lonely)) == len(lonely)
    assert {end_user_messaging_codes.OUTCOMES[reason] for reason in lonely} == {Kind.TEMPORARY}


def test_whatever_botocore_takes_for_throttling_or_passing_is_temporary():
    throttled = standard.ThrottledRetryableChecker._THROTTLED_ERROR_CODES  # type: ignore[attr-defined]
    # By this one SES means a quota, which waiting for a second doesn't change.
    assert set(throttled) - {"LimitExceededException"} <= THROTTLED
    passing = standard.TransientRetryableChecker._TRANSIENT_ERROR_CODES  # type: ignore[attr-defined]
    assert {COMMON[code] for code in passing} == {Kind.TEMPORARY}


@pytest.mark.parametrize(
    "reason",
    sorted(
        reason
        for reason in end_user_messaging_codes.OUTCOMES
        if any(word in reason for word in ("DESTINATION", "COUNTRY", "SENDER_ID", "MEDIA"))
    ),
)
def test_what_depends_on_one_message_never_stops_the_channel(reason):
    assert end_user_messaging_codes.OUTCOMES[reason] is not Kind.STOPPED


@pytest.mark.parametrize("table", [COMMON, *{id(table): table for *_, table in SENDS}.values()])
def test_no_refusal_counts_as_sent(table):
    assert Kind.SENT not in table.values()
