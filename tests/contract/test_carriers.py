"""Each row of the providers' tables: the provider's code, and what is made of it."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from outbound.adapters.carriers import end_user_messaging
from outbound.adapters.carriers.common_codes import COMMON
from outbound.domain.outcome import Kind
from outbound.domain.suppression import Reason
from tests.contract.carriers import TABLES, UNVERIFIED, build, hand_over, refused

ROWS = [
    (provider, code, kind)
    for provider, table in TABLES.items()
    for code, kind in {**COMMON, **table}.items()
]


@pytest.mark.parametrize(("provider", "code", "kind"), ROWS)
def test_a_code_becomes_the_outcome_of_its_table(provider, code, kind):
    outcome = refused(provider, code)
    assert (outcome.kind, outcome.code) == (kind, code)


@pytest.mark.parametrize(
    ("status", "kind"), [(400, Kind.TEMPORARY), (429, Kind.TEMPORARY), (502, Kind.UNKNOWN)]
)
@pytest.mark.parametrize("provider", TABLES)
def test_an_unknown_code_is_temporary_when_refused_and_else_unknown(provider, status, kind):
    assert refused(provider, "NeverHeardOf", status).kind is kind


@pytest.mark.parametrize(
    ("code", "status", "failing"),
    [
        ("InternalFailure", 500, True),
        ("ServiceUnavailable", 503, True),
        ("NeverHeardOf", 502, True),
        ("NeverHeardOf", 400, False),
        ("ThrottlingException", 400, False),
        ("TooManyRequestsException", 429, False),
        ("AccessDenied", 403, False),
    ],
)
@pytest.mark.parametrize("provider", TABLES)
def test_a_provider_that_breaks_is_told_from_one_that_is_busy(provider, code, status, failing):
    assert refused(provider, code, status).failing is failing


@pytest.mark.parametrize("provider", ["sms", "voice"])
def test_a_reason_says_more_than_its_exception(provider):
    opted_out = "DESTINATION_PHONE_NUMBER_OPTED_OUT"
    outcome = refused(provider, "ConflictException", Reason=opted_out)
    assert (outcome.kind, outcome.suppress) == (Kind.PERMANENT, Reason.OPTED_OUT)
    spent = "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT"
    outcome = refused(provider, "ServiceQuotaExceededException", Reason=spent)
    assert (outcome.kind, outcome.code) == (Kind.STOPPED, spent)
    inactive = refused(provider, "ConflictException", Reason="RESOURCE_NOT_ACTIVE")
    assert inactive.kind is Kind.STOPPED


def test_a_reason_that_is_new_leaves_its_exception_to_judge():
    outcome = refused("sms", "ValidationException", Reason="NEVER_HEARD_OF")
    assert (outcome.kind, outcome.code) == (Kind.PERMANENT, "NEVER_HEARD_OF")


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["OriginationIdentity"], Kind.STOPPED),
        (["configurationSetName", "maxPrice"], Kind.STOPPED),
        (["destinationPhoneNumber"], Kind.PERMANENT),
        (["destinationPhoneNumber", "originationIdentity"], Kind.PERMANENT),
        ([], Kind.PERMANENT),
    ],
)
def test_a_field_that_the_deployment_fills_stops_the_channel(names, kind):
    fields = [{"Name": name, "Message": "is wrong"} for name in names]
    given = {"Reason": "FIELD_VALIDATION_FAILED", "Fields": fields}
    assert refused("sms", "ValidationException", **given).kind is kind


@pytest.mark.parametrize(
    ("operation", "kind"),
    [("SendTextMessage", Kind.STOPPED), ("SendMediaMessage", Kind.PERMANENT)],
)
def test_a_number_without_media_does_not_stop_texts(operation, kind):
    response: Any = {
        "Error": {"Code": "ConflictException", "Message": "No."},
        "Reason": "NUMBER_CAPABILITIES_MISMATCH",
        "ResponseMetadata": {"HTTPStatusCode": 400},
    }
    assert end_user_messaging._judge(ClientError(response, operation)).kind is kind


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Email address is not verified.", Kind.STOPPED),
        (f"{UNVERIFIED}: Acme <news@example.com>", Kind.STOPPED),
        (f"{UNVERIFIED}: ada@example.org, Acme <News@Example.com>", Kind.STOPPED),
        (f"{UNVERIFIED}: ada@example.org", Kind.TEMPORARY),
    ],
)
def test_our_sender_unverified_stops_the_channel_and_a_recipient_in_the_sandbox_waits(
    message, kind
):
    outcome = refused("ses", "MessageRejected", message=message)
    assert (outcome.kind, outcome.code) == (kind, "IdentityNotVerified")


@pytest.mark.parametrize(
    ("code", "message", "kind", "name"),
    [
        ("ThrottlingException", "Maximum sending rate exceeded.", Kind.TEMPORARY, None),
        (
            "ThrottlingException",
            "Daily message quota exceeded.",
            Kind.STOPPED,
            "DailyQuotaExceeded",
        ),
        ("Throttling", "Daily message quota exceeded.", Kind.STOPPED, "DailyQuotaExceeded"),
        (
            "TooManyRequestsException",
            "Daily message quota exceeded.",
            Kind.STOPPED,
            "DailyQuotaExceeded",
        ),
        ("TooManyRequestsException", "Too many requests.", Kind.TEMPORARY, None),
        (
            "MessageRejected",
            "Sending paused for this account. For more information, please check the inbox.",
            Kind.STOPPED,
            "SendingPaused",
        ),
        (
            "MessageRejected",
            "Sending suspended for this account. For more information, see the inbox.",
            Kind.STOPPED,
            "SendingSuspended",
        ),
        ("MessageRejected", "The message has a virus.", Kind.PERMANENT, None),
        ("BadRequestException", "The daily news is not a subject.", Kind.PERMANENT, None),
    ],
)
def test_a_code_of_several_meanings_is_told_by_its_sentence(code, message, kind, name):
    outcome = refused("ses", code, message=message)
    assert (outcome.kind, outcome.code) == (kind, name or code)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Invalid parameter: PhoneNumber Reason: +1 is not valid to publish to", Kind.PERMANENT),
        ("Invalid parameter: AWS.SNS.SMS.SenderID Reason: not valid", Kind.STOPPED),
        ("Invalid parameter: AWS.MM.SMS.OriginationNumber is not yours", Kind.STOPPED),
    ],
)
def test_an_attribute_of_the_deployment_stops_the_channel(message, kind):
    outcome = refused("sns", "InvalidParameter", message=message)
    assert (outcome.kind, outcome.code) == (kind, "InvalidParameter")


def test_no_code_is_longer_or_stranger_than_codes_are():
    outcome = refused("ses", "<b>ada@example.org</b>" * 1000)
    assert outcome.code is not None
    assert len(outcome.code) == 80
    assert not set("<>@") & set(outcome.code)


@pytest.mark.parametrize("provider", TABLES)
def test_nothing_reached_means_again_later(provider):
    client, carrier, _, address = build(provider)
    client.meta.events.register("before-send", connection_refused)
    outcome = hand_over(carrier, address)
    client.close()
    assert (outcome.kind, outcome.code) == (Kind.TEMPORARY, "EndpointConnectionError")
    assert outcome.failing


def connection_refused(request, **_):
    from botocore.exceptions import EndpointConnectionError

    raise EndpointConnectionError(endpoint_url=request.url)
