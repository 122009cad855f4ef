import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ReadTimeoutError,
)
from pydantic import ValidationError

from infra.local.carrier import Answer, Receipts, Rule
from infra.local.carrier.rules import read_rules
from tests.unit.carrier.account import SUCCESS, bulk, call, email, entry, text


def sent(aws):
    return [item.channel for item in aws.carrier.outbox.items()]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("TooManyRequestsException", 429),
        ("AccountSuspendedException", 400),
        ("SendingPausedException", 400),
        ("ThrottlingException", 400),
        ("InternalFailure", 500),
        ("ServiceUnavailable", 503),
    ],
)
def test_any_error_of_ses_can_be_asked_for(aws, code, status):
    aws.carrier.rules.replace([Rule(channel="email", answer=Answer(error=code))])
    with pytest.raises(ClientError) as refused:
        aws.ses.send_email(**email())
    assert refused.value.response["Error"]["Code"] == code
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == status
    assert sent(aws) == []


def test_an_error_can_have_a_reason(aws):
    answer = Answer(error="ServiceQuotaExceededException", reason="DAILY_DESTINATION_CALL_LIMIT")
    aws.carrier.rules.replace([Rule(operation="SendVoiceMessage", answer=answer)])
    with pytest.raises(aws.phone.exceptions.ServiceQuotaExceededException) as refused:
        aws.phone.send_voice_message(**call())
    assert refused.value.response["Reason"] == "DAILY_DESTINATION_CALL_LIMIT"
    aws.phone.send_text_message(**text())
    assert sent(aws) == ["sms"]


@pytest.mark.parametrize(("code", "status"), [("Throttled", 429), ("Unheard<of>", 400)])
def test_errors_of_sns_are_xml(aws, code, status):
    aws.carrier.rules.replace([Rule(answer=Answer(error=code))])
    with pytest.raises(ClientError) as refused:
        aws.sns.publish(PhoneNumber=SUCCESS, Message="Hi")
    assert refused.value.response["Error"]["Code"] == code
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == status


def test_a_rule_is_used_so_often_and_only_for_its_recipients(aws):
    aws.carrier.rules.replace(
        [Rule(to="*@example.org", times=1, answer=Answer(error="TooManyRequestsException"))]
    )
    aws.ses.send_email(**email("ann@example.net"))
    with pytest.raises(aws.ses.exceptions.TooManyRequestsException):
        aws.ses.send_email(**email("ann@example.org"))
    aws.ses.send_email(**email("ann@example.org"))
    assert len(sent(aws)) == 2


def test_one_entry_of_a_bulk_call_can_fail(aws):
    aws.carrier.rules.replace([Rule(to="bob@*", answer=Answer(error="ACCOUNT_THROTTLED"))])
    result = aws.ses.send_bulk_email(**bulk(entry("ann@example.org"), entry("bob@example.org")))
    assert [one["Status"] for one in result["BulkEmailEntryResults"]] == [
        "SUCCESS",
        "ACCOUNT_THROTTLED",
    ]
    assert sent(aws) == ["email"]


@pytest.mark.parametrize(
    ("drop", "kept"), [("before", []), ("within", ["sms"]), ("after", ["sms"])]
)
def test_the_line_can_drop_before_or_after_accepting(aws, drop, kept):
    aws.carrier.rules.replace([Rule(answer=Answer(drop=drop))])
    with pytest.raises(ConnectionClosedError):
        aws.phone.send_text_message(**text())
    assert sent(aws) == kept


def test_silence_is_a_timeout_of_an_accepted_message(aws):
    aws.carrier.rules.replace([Rule(answer=Answer(hang=1.5))])
    with pytest.raises(ReadTimeoutError):
        aws.phone.send_text_message(**text())
    assert sent(aws) == ["sms"]


def test_garbage_is_not_an_answer(aws):
    aws.carrier.rules.replace([Rule(answer=Answer(garbage=True))])
    with pytest.raises(ClientError) as refused:
        aws.ses.send_email(**email())
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 502
    assert sent(aws) == []


def test_garbage_can_come_with_another_status(aws):
    aws.carrier.rules.replace([Rule(answer=Answer(garbage=True, status=200))])
    assert "MessageId" not in aws.ses.send_email(**email())
    assert sent(aws) == []


def test_an_accepted_message_can_be_answered_with_anything(aws):
    answer = Answer(body='{"MessageId": "one"}', headers={"X-Line": "odd"})
    aws.carrier.rules.replace([Rule(answer=answer)])
    result = aws.phone.send_text_message(**text())
    assert result["MessageId"] == "one"
    assert result["ResponseMetadata"]["HTTPHeaders"]["x-line"] == "odd"
    assert sent(aws) == ["sms"]


def played(aws, receipts, rule: Receipts):
    aws.carrier.rules.replace([Rule(receipts=rule)])
    aws.ses.send_email(**email("complaint@simulator.amazonses.com"))
    before = len(receipts)
    aws.carrier.play_receipts()
    return before, [receipt.outcome for receipt in receipts]


@pytest.mark.parametrize(
    ("rule", "outcomes"),
    [
        (Receipts(times=2), ["Delivery", "Delivery", "Complaint", "Complaint"]),
        (Receipts(order="reversed"), ["Complaint", "Delivery"]),
        (Receipts(lost=True), []),
        (
            Receipts(outcomes=("DeliveryDelay", "Bounce/Transient/MailboxFull", "Reject")),
            ["DeliveryDelay", "Bounce/Transient/MailboxFull", "Reject"],
        ),
    ],
)
def test_receipts_follow_the_rule(aws, receipts, rule, outcomes):
    assert played(aws, receipts, rule) == (0, outcomes)


def test_a_receipt_can_come_before_the_answer(aws, receipts):
    aws.carrier.rules.replace([Rule(receipts=Receipts(early=True), answer=Answer(drop="after"))])
    with pytest.raises(ConnectionClosedError):
        aws.phone.send_text_message(**text())
    assert [receipt.outcome for receipt in receipts] == ["TEXT_PENDING", "TEXT_SUCCESSFUL"]


def test_reversed_receipts_keep_the_times_of_their_events(aws, receipts):
    played(aws, receipts, Receipts(order="reversed"))
    complaint, delivery = (receipt.body for receipt in receipts)
    assert complaint["complaint"]["timestamp"] > delivery["delivery"]["timestamp"]


def test_receipts_with_delay_come_after_those_without(aws, receipts):
    aws.carrier.rules.replace([Rule(channel="email", receipts=Receipts(delay=60))])
    aws.ses.send_email(**email())
    aws.sns.publish(PhoneNumber=SUCCESS, Message="Hi")
    aws.carrier.play_receipts()
    assert [receipt.route for receipt in receipts] == ["success", "email"]


def test_rules_are_read_from_toml_and_json(tmp_path):
    toml = tmp_path / "rules.toml"
    toml.write_text('[[rules]]\nto = "+1*"\ntimes = 2\nanswer = {error = "Throttled"}\n')
    json = tmp_path / "rules.json"
    json.write_text('{"rules": [{"to": "+1*", "times": 2, "answer": {"error": "Throttled"}}]}')
    assert read_rules(toml) == read_rules(json)


def test_a_rule_must_do_something():
    with pytest.raises(ValidationError):
        Rule(to="*")
