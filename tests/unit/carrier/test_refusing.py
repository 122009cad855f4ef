import pytest
from botocore.exceptions import ClientError

from infra.local.carrier.transport import Request
from tests.unit.carrier.account import bulk, call, email, entry, media, simple, text

MANY = {"ToAddresses": [f"u{n}@example.org" for n in range(51)]}
HEADER = {"Name": "X-A", "Value": "1"}


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        (email(FromEmailAddress="a@other.test"), "MessageRejected"),
        (email(FromEmailAddress="b@elsewhere.test"), "MessageRejected"),
        (email(ConfigurationSetName="unknown"), "NotFoundException"),
        (email(Destination=MANY), "BadRequestException"),
        (email(Destination={}), "BadRequestException"),
        (email("no-at-sign"), "BadRequestException"),
        (email("ünïcode@example.org"), "BadRequestException"),
        (email("a@example.org\r\nBcc: b@example.org"), "BadRequestException"),
        (email(Content=simple(Headers=[HEADER] * 16)), "BadRequestException"),
        (email(Content=simple(Headers=[{**HEADER, "Name": "X A"}])), "BadRequestException"),
        (email(Content=simple(Headers=[{**HEADER, "Value": "é"}])), "BadRequestException"),
        (
            email(Content=simple(Headers=[{"Name": "X" * 100, "Value": "v" * 900}])),
            "BadRequestException",
        ),
        (email(Content=simple(Subject={"Data": "a\nb"})), "BadRequestException"),
        (email(Content=simple(Body={})), "BadRequestException"),
        (email(Content={}), "BadRequestException"),
        (email(EmailTags=[{"Name": "a b", "Value": "1"}]), "BadRequestException"),
        (email(EmailTags=[{"Name": "a", "Value": "ü"}]), "BadRequestException"),
        (email(Content={"Template": {"TemplateName": "stored"}}), "NotFoundException"),
    ],
)
def test_ses_refuses_an_email(aws, parameters, code):
    with pytest.raises(ClientError) as refused:
        aws.ses.send_email(**parameters)
    assert refused.value.response["Error"]["Code"] == code
    assert type(refused.value) is getattr(aws.ses.exceptions, code)
    assert aws.carrier.outbox.items() == []


def test_ses_refuses_more_than_40_mb(aws):
    attachment = {"RawContent": b"0" * (31 * 1024 * 1024), "FileName": "big"}
    with pytest.raises(aws.ses.exceptions.MessageRejected):
        aws.ses.send_email(**email(Content=simple(Attachments=[attachment])))


@pytest.mark.parametrize("count", [0, 51])
def test_ses_refuses_a_bulk_call_of_the_wrong_size(aws, count):
    entries = [entry(f"u{n}@example.org") for n in range(count)]
    with pytest.raises(aws.ses.exceptions.BadRequestException):
        aws.ses.send_bulk_email(**bulk(*entries))


@pytest.mark.parametrize(
    ("operation", "parameters", "reason"),
    [
        ("send_text_message", text("12ab"), "FIELD_VALIDATION_FAILED"),
        ("send_text_message", text(MessageBody="x" * 1601), "FIELD_VALIDATION_FAILED"),
        ("send_text_message", text(MessageBody="  "), "FIELD_VALIDATION_FAILED"),
        ("send_text_message", text(MessageType="LOUD"), "FIELD_VALIDATION_FAILED"),
        ("send_text_message", text(MaxPrice="1"), "FIELD_VALIDATION_FAILED"),
        ("send_text_message", text(MaxPrice="0.001"), "PRICE_OVER_THRESHOLD"),
        ("send_text_message", text(TimeToLive=4), "FIELD_VALIDATION_FAILED"),
        (
            "send_text_message",
            text(Context=dict.fromkeys("abcdef", "1")),
            "FIELD_VALIDATION_FAILED",
        ),
        ("send_text_message", text(Context={"a": " spaced "}), "FIELD_VALIDATION_FAILED"),
        ("send_voice_message", text(), "MISSING_PARAMETER"),
        ("send_voice_message", call(MessageBody="x" * 3001), "INVALID_PARAMETER"),
        (
            "send_voice_message",
            call(MessageBody="x" * 6001, MessageBodyTextType="SSML"),
            "FIELD_VALIDATION_FAILED",
        ),
        (
            "send_voice_message",
            call(MessageBody="<speak>Hi", MessageBodyTextType="SSML"),
            "INVALID_PARAMETER",
        ),
        (
            "send_voice_message",
            call(MessageBody="<p>Hi</p>", MessageBodyTextType="SSML"),
            "INVALID_PARAMETER",
        ),
        ("send_voice_message", call(VoiceId="NOBODY"), "FIELD_VALIDATION_FAILED"),
        ("send_media_message", media(MediaUrls=[]), "FIELD_VALIDATION_FAILED"),
        ("send_media_message", media(MediaUrls=["s3://b/a"] * 2), "FIELD_VALIDATION_FAILED"),
        ("send_media_message", media(MediaUrls=["https://x/y"]), "FIELD_VALIDATION_FAILED"),
    ],
)
def test_end_user_messaging_refuses_what_is_not_valid(aws, operation, parameters, reason):
    with pytest.raises(aws.phone.exceptions.ValidationException) as refused:
        getattr(aws.phone, operation)(**parameters)
    assert refused.value.response["Reason"] == reason
    assert aws.carrier.outbox.items() == []


def test_end_user_messaging_refuses_an_opted_out_number(aws):
    with pytest.raises(aws.phone.exceptions.ConflictException) as refused:
        aws.phone.send_text_message(**text("+14155550199"))
    assert refused.value.response["Reason"] == "DESTINATION_PHONE_NUMBER_OPTED_OUT"


def test_end_user_messaging_does_not_find_an_unknown_configuration_set(aws):
    with pytest.raises(aws.phone.exceptions.ResourceNotFoundException) as refused:
        aws.phone.send_text_message(**text(ConfigurationSetName="unknown"))
    assert refused.value.response["ResourceType"] == "configuration-set"


@pytest.mark.parametrize(
    "parameters",
    [
        {"PhoneNumber": "4155550123", "Message": "Hi"},
        {"PhoneNumber": "+14155550123", "Message": ""},
        {"PhoneNumber": "+14155550123", "Message": "é" * 801},
    ],
)
def test_sns_refuses_what_is_not_valid(aws, parameters):
    with pytest.raises(aws.sns.exceptions.InvalidParameterException):
        aws.sns.publish(**parameters)


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("AWS.SNS.SMS.SMSType", "String", "Loud"),
        ("AWS.SNS.SMS.SenderID", "String", "12345"),
        ("AWS.SNS.SMS.MaxPrice", "String", "0.50"),
    ],
)
def test_sns_refuses_a_wrong_attribute(aws, name, kind, value):
    attributes = {name: {"DataType": kind, "StringValue": value}}
    with pytest.raises(aws.sns.exceptions.InvalidParameterException):
        aws.sns.publish(PhoneNumber="+14155550123", Message="Hi", MessageAttributes=attributes)


@pytest.mark.parametrize(
    "body", [b"[]", b'"text"', b"not json", b'{"DestinationPhoneNumber": {"a": 1}}', b"\xff"]
)
def test_a_body_that_cannot_be_read_is_refused(aws, body):
    headers = {"x-amz-target": "PinpointSMSVoiceV2.SendTextMessage"}
    assert aws.carrier.handle(Request("POST", "/", headers, body)).status == 400


def test_other_operations_are_not_known(aws):
    with pytest.raises(ClientError) as refused:
        aws.phone.describe_sender_ids()
    assert refused.value.response["Error"]["Code"] == "UnknownOperationException"
