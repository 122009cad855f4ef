"""Each row of the providers' tables: the provider's code, and what is made of it."""

from __future__ import annotations

from dataclasses import replace
from email.header import decode_header, make_header
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from outbound.adapters.carriers import end_user_messaging, end_user_messaging_codes, ses, sns
from outbound.adapters.carriers.common_codes import COMMON
from outbound.domain.content import Attachment, Enclosed
from outbound.domain.ids import MessageRef
from outbound.domain.outcome import Kind
from outbound.domain.sender import Sender
from outbound.domain.suppression import Reason
from outbound.domain.words import Purpose
from outbound.ports import Outgoing
from tests.builders import EMAIL, PHONE, PNG, make_media
from tests.memory.media import MemoryFiles

REF = MessageRef("acme", "msg_" + "0" * 36)
BODIES = {"subject": "Order", "text": "Order A-77 has shipped."}
UNVERIFIED = (
    "Email address is not verified. The following identities failed the check in region US-EAST-1"
)
SESSION: Any = boto3.Session("test", "test", region_name="us-east-1")


def build(provider):
    """A provider over a real client, the name of its call, and its address."""
    if provider == "ses":
        client = SESSION.client("sesv2")
        carrier = ses.Ses(client, "Acme <news@example.com>", "outbound")
        return client, carrier, "send_email", EMAIL
    if provider == "sns":
        client = SESSION.client("sns")
        return client, sns.Sns(client, "0.20"), "publish", PHONE
    client = SESSION.client("pinpoint-sms-voice-v2")
    if provider == "voice":
        voice = end_user_messaging.EndUserMessagingVoice(
            client, "outbound", "0.50", "+12065550100", "JOANNA"
        )
        return client, voice, "send_voice_message", PHONE
    text = end_user_messaging.EndUserMessagingSms(client, "outbound", "0.20")
    return client, text, "send_text_message", PHONE


def hand_over(carrier, address, purpose=Purpose.TRANSACTIONAL):
    outgoing = Outgoing(REF, 1, address, purpose, BODIES, unsubscribe="https://example.com/u/x")
    return carrier.hand_over(outgoing)


def refused(provider, code, status=400, message="", **more):
    client, carrier, call, address = build(provider)
    with Stubber(client) as stub:
        stub.add_client_error(
            call,
            service_error_code=code,
            service_message=message,
            http_status_code=status,
            modeled_fields=more or None,
        )
        outcome = hand_over(carrier, address)
        stub.assert_no_pending_responses()
    client.close()
    return outcome


TABLES = {
    "ses": ses.OUTCOMES,
    "sns": sns.OUTCOMES,
    "sms": end_user_messaging_codes.OUTCOMES,
    "voice": end_user_messaging_codes.OUTCOMES,
}
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


@pytest.mark.parametrize(("voice", "expected"), [(None, "JOANNA"), ("CHANTAL", "CHANTAL")])
def test_a_call_is_read_by_the_voice_of_its_message_else_by_the_usual_one(voice, expected):
    client, carrier, call, address = build("voice")
    sent: dict[str, Any] = {}
    client.meta.events.register(
        "provide-client-params.*.SendVoiceMessage", lambda params, **_: sent.update(params)
    )
    outgoing = Outgoing(REF, 1, address, Purpose.HEALTHCARE, {"ssml": "<speak>Hi</speak>"}, voice)
    with Stubber(client) as stub:
        stub.add_response(call, {"MessageId": "id-1"})
        assert carrier.hand_over(outgoing).kind is Kind.SENT
    client.close()
    assert sent["VoiceId"] == expected
    assert (sent["MessageBodyTextType"], sent["MaxPricePerMinute"]) == ("SSML", "0.50")


@pytest.mark.parametrize(
    ("purpose", "headers"),
    [
        (Purpose.MARKETING, {"List-Unsubscribe", "List-Unsubscribe-Post"}),
        (Purpose.INFORMATIONAL, {"List-Unsubscribe", "List-Unsubscribe-Post"}),
        (Purpose.TRANSACTIONAL, set()),
        (Purpose.HEALTHCARE, set()),
    ],
)
def test_subscribed_email_can_be_unsubscribed_by_one_click(purpose, headers):
    client, carrier, call, address = build("ses")
    sent: dict[str, Any] = {}
    client.meta.events.register(
        "provide-client-params.*.SendEmail", lambda params, **_: sent.update(params)
    )
    with Stubber(client) as stub:
        stub.add_response(call, {"MessageId": "id-1"})
        outcome = hand_over(carrier, address, purpose)
    client.close()
    assert (outcome.kind, outcome.provider_id) == (Kind.SENT, "id-1")
    assert {header["Name"] for header in sent["Content"]["Simple"]["Headers"]} == headers
    assert {tag["Name"] for tag in sent["EmailTags"]} == {
        "outbound_tenant",
        "outbound_message",
        "outbound_attempt",
    }


MEDIA = make_media()


def enclosing(enclosed, address, **changes):
    ref = MessageRef("acme", "msg_" + "0" * 36)
    files = MemoryFiles(kept={f"acme/{MEDIA.id}": PNG})
    bodies, purpose = {**BODIES, **changes}, Purpose.TRANSACTIONAL
    media = {MEDIA.id: MEDIA}
    return files, Outgoing(ref, 1, address, purpose, bodies, None, enclosed, media)


def asked(carrier, client, call, outgoing):
    """What a provider was asked by one call, and what was made of its answer."""
    sent: dict[str, Any] = {}
    client.meta.events.register("provide-client-params", lambda params, **_: sent.update(params))
    with Stubber(client) as stub:
        stub.add_response(call, {"MessageId": "id-1"})
        outcome = carrier.hand_over(outgoing)
    client.close()
    return sent, outcome


def test_an_email_has_its_files_pictures_and_reply_to():
    enclosed = Enclosed(
        attachments=(
            Attachment(None, None, media_id=MEDIA.id, content_id="logo"),
            Attachment("note.txt", "text/plain", data="SGVsbG8="),
        ),
        reply_to=("help@example.com",),
    )
    files, outgoing = enclosing(enclosed, EMAIL, html='<img src="cid:logo">')
    client, carrier, call, _ = build("ses")
    sent, outcome = asked(replace(carrier, files=files), client, call, outgoing)

    assert outcome.kind is Kind.SENT
    assert sent["ReplyToAddresses"] == ["help@example.com"]
    picture, note = sent["Content"]["Simple"]["Attachments"]
    assert (picture["FileName"], picture["ContentType"]) == ("menu.png", "image/png")
    assert (picture["RawContent"], picture["ContentId"]) == (PNG, "logo")
    assert (note["FileName"], note["RawContent"]) == ("note.txt", b"Hello")
    assert [each["ContentDisposition"] for each in (picture, note)] == ["INLINE", "ATTACHMENT"]


def test_an_email_whose_file_is_gone_fails_without_a_call():
    _, outgoing = enclosing(Enclosed((Attachment(None, None, media_id=MEDIA.id),)), EMAIL)
    client, carrier, *_ = build("ses")
    with Stubber(client):
        outcome = replace(carrier, files=MemoryFiles()).hand_over(outgoing)
    client.close()
    assert (outcome.kind, outcome.reason) == (Kind.PERMANENT, "media_gone")


def test_a_text_with_a_file_names_its_place():
    files, outgoing = enclosing(Enclosed(media_id=MEDIA.id), PHONE)
    client, carrier, *_ = build("sms")
    carrier = replace(carrier, files=files, origination="+12065550100")
    sent, outcome = asked(carrier, client, "send_media_message", outgoing)

    assert outcome.kind is Kind.SENT
    assert sent["MediaUrls"] == [files.place(MEDIA)]
    assert sent["OriginationIdentity"] == "+12065550100"
    assert sent["Context"]["outbound_message"] == outgoing.ref.id


ANSWER = Outgoing(REF, 1, PHONE, Purpose.TRANSACTIONAL, BODIES, origination="+12065550143")


@pytest.mark.parametrize(("provider", "call"), [("sns", "publish"), ("sms", "send_text_message")])
def test_an_answer_leaves_from_the_number_that_was_texted(provider, call):
    client, carrier, _, _ = build(provider)
    sent, _ = asked(replace(carrier, origination="ACME"), client, call, ANSWER)
    number = sent.get("OriginationIdentity") or sent["MessageAttributes"][
        "AWS.MM.SMS.OriginationNumber"
    ].get("StringValue")
    assert number == "+12065550143"


@pytest.mark.parametrize(
    ("provider", "code", "message"),
    [
        ("sns", "InvalidParameter", "Message attribute AWS.MM.SMS.OriginationNumber is wrong"),
        ("sms", "ResourceNotFoundException", ""),
    ],
)
def test_a_number_that_cannot_answer_does_not_stop_texts(provider, code, message):
    client, carrier, call, _ = build(provider)
    with Stubber(client) as stub:
        for _ in range(2):
            stub.add_client_error(call, service_error_code=code, service_message=message)
        kinds = [
            carrier.hand_over(outgoing).kind
            for outgoing in (ANSWER, replace(ANSWER, origination=None))
        ]
    client.close()
    assert kinds == [Kind.TEMPORARY, Kind.STOPPED]


@pytest.mark.parametrize("provider", ["sns", "sms"])
def test_a_text_with_a_file_never_leaves_without_it(provider):
    _, outgoing = enclosing(Enclosed(media_id=MEDIA.id), PHONE)
    client, carrier, *_ = build(provider)
    with Stubber(client):
        outcome = carrier.hand_over(outgoing)
    client.close()
    assert (outcome.kind, outcome.reason) == (Kind.PERMANENT, "mms_not_available")


OWN = Sender("news@clinic.test", "Clinic")
USUAL = Sender("News@Example.com", "Another name")


def mailed(sender, error=None, message=""):
    """What SES was asked for an email from a sender, and what was made of its answer."""
    client, carrier, call, address = build("ses")
    outgoing = Outgoing(REF, 1, address, Purpose.TRANSACTIONAL, BODIES, sender=sender)
    if error is None:
        return asked(carrier, client, call, outgoing)
    with Stubber(client) as stub:
        stub.add_client_error(call, error, message, http_status_code=400)
        outcome = carrier.hand_over(outgoing)
    client.close()
    return {}, outcome


@pytest.mark.parametrize(
    ("sender", "header"),
    [
        (None, "Acme <news@example.com>"),
        (Sender("news@clinic.test"), "news@clinic.test"),
        (OWN, "Clinic <news@clinic.test>"),
        (Sender("news@clinic.test", "Ward 3, Clinic"), '"Ward 3, Clinic" <news@clinic.test>'),
        (Sender("news@clinic.test", "Ärzte"), "=?utf-8?b?w4RyenRl?= <news@clinic.test>"),
    ],
)
def test_an_email_is_from_its_sender_in_seven_bits(sender, header):
    sent, outcome = mailed(sender)
    assert (outcome.kind, sent["FromEmailAddress"]) == (Kind.SENT, header)


def test_a_long_name_is_split_into_encoded_words_of_one_line():
    name = "Ärzte und Ärztinnen, Österreich" + " und Umgebung" * 5
    sent, _ = mailed(Sender("news@clinic.test", name))
    header = sent["FromEmailAddress"]
    assert str(make_header(decode_header(header))) == f"{name} <news@clinic.test>"
    assert len(header.splitlines()) == 1
    assert max(map(len, header.split())) <= 75


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("MessageRejected", "Email address is not verified."),
        ("MessageRejected", f"{UNVERIFIED}: Clinic <news@clinic.test>"),
        ("MailFromDomainNotVerifiedException", "No."),
        ("MailFromDomainNotVerified", "No."),
        ("AccessDeniedException", "No."),
        ("AccessDenied", "No."),
    ],
)
def test_what_is_wrong_with_a_tenants_sender_never_stops_the_channel(code, message):
    assert mailed(OWN, code, message)[1].kind is Kind.TEMPORARY
    assert mailed(None, code, message.replace("clinic.test", "example.com"))[1].kind is Kind.STOPPED
    assert mailed(USUAL, code, message.replace("clinic.test", "example.com"))[1].kind is (
        Kind.STOPPED
    )


def test_what_holds_for_the_account_stops_the_channel_whoever_sends():
    assert mailed(OWN, "SendingPausedException")[1].kind is Kind.STOPPED
    assert mailed(OWN, "AccountSuspendedException")[1].kind is Kind.STOPPED
