import json
from datetime import UTC, datetime

import pytest

from tests.unit.carrier.account import FAILURE, SUCCESS, TAGS, call, email, media, text

SIMULATOR = "simulator.amazonses.com"


@pytest.mark.parametrize(
    ("mailbox", "events"),
    [
        ("success", ["Delivery"]),
        ("bounce+tag", ["Bounce"]),
        ("complaint", ["Delivery", "Complaint"]),
        ("ooto", ["Delivery"]),
        ("suppressionlist", ["Bounce"]),
    ],
)
def test_mailboxes_of_the_simulator(aws, receipts, mailbox, events):
    aws.ses.send_email(**email(f"{mailbox}@{SIMULATOR}"))
    aws.carrier.play_receipts()
    assert [receipt.body["eventType"] for receipt in receipts] == events


def test_an_event_carries_the_mail_and_its_tags(aws, receipts):
    sent = aws.ses.send_email(**email(f"bounce@{SIMULATOR}"))
    aws.carrier.play_receipts()
    [receipt] = receipts
    mail, bounce = receipt.body["mail"], receipt.body["bounce"]
    assert receipt.route == "email"
    assert mail["messageId"] == sent["MessageId"]
    assert mail["destination"] == [f"bounce@{SIMULATOR}"]
    assert mail["tags"]["ses:configuration-set"] == ["outbound"]
    assert mail["tags"]["ses:from-domain"] == ["example.com"]
    assert {name: mail["tags"][name] for name in TAGS} == {k: [v] for k, v in TAGS.items()}
    assert (bounce["bounceType"], bounce["bounceSubType"]) == ("Permanent", "General")
    assert bounce["bouncedRecipients"][0]["emailAddress"] == f"bounce@{SIMULATOR}"
    assert json.loads(json.dumps(receipt.body)) == receipt.body


def test_recipients_of_one_email_have_their_own_events(aws, receipts):
    both = {"ToAddresses": ["ann@example.org", f"bounce@{SIMULATOR}"]}
    aws.ses.send_email(**email(Destination=both))
    aws.carrier.play_receipts()
    delivery, bounce = receipts
    assert delivery.body["delivery"]["recipients"] == ["ann@example.org"]
    assert bounce.body["bounce"]["bouncedRecipients"][0]["emailAddress"] == f"bounce@{SIMULATOR}"


def test_without_a_configuration_set_nothing_is_said(aws, receipts):
    aws.ses.send_email(**{k: v for k, v in email().items() if k != "ConfigurationSetName"})
    aws.carrier.play_receipts()
    assert receipts == []


@pytest.mark.parametrize(
    ("operation", "parameters", "last"),
    [
        ("send_text_message", text(SUCCESS), "TEXT_SUCCESSFUL"),
        ("send_text_message", text(FAILURE), "TEXT_UNREACHABLE"),
        ("send_text_message", text("+33755512502"), "TEXT_UNREACHABLE"),
        ("send_media_message", media(SUCCESS), "MEDIA_SUCCESSFUL"),
        ("send_media_message", media(FAILURE), "MEDIA_UNREACHABLE"),
        ("send_voice_message", call("+14155550123"), "VOICE_COMPLETED"),
        ("send_voice_message", call(FAILURE), "VOICE_NO_ANSWER"),
    ],
)
def test_numbers_of_the_simulator(aws, receipts, operation, parameters, last):
    sent = getattr(aws.phone, operation)(**parameters)
    aws.carrier.play_receipts()
    final = [receipt for receipt in receipts if receipt.body["isFinal"]]
    assert [receipt.body["eventType"] for receipt in final] == [last]
    assert final == receipts[-1:]
    body = final[0].body
    assert body["messageId"] == sent["MessageId"]
    assert body["messageStatus"] == last.partition("_")[2]
    assert body["context"] == TAGS
    assert body["destinationPhoneNumber"] == parameters["DestinationPhoneNumber"]
    assert body["eventTimestamp"] > body["messageRequestTimestamp"]
    assert final[0].route == "phone"


@pytest.mark.parametrize(
    ("body", "encoding", "parts"),
    [("a" * 160, "GSM", 1), ("a" * 161, "GSM", 2), ("€" * 81, "GSM", 2), ("ж" * 71, "Unicode", 2)],
)
def test_a_text_event_counts_parts(aws, receipts, body, encoding, parts):
    aws.phone.send_text_message(**text(MessageBody=body))
    aws.carrier.play_receipts()
    said = receipts[-1].body
    assert (said["messageEncoding"], said["totalMessageParts"]) == (encoding, parts)


@pytest.mark.parametrize(
    ("number", "route", "status", "response"),
    [
        (SUCCESS, "success", "SUCCESS", "Message has been accepted by phone carrier"),
        (FAILURE, "failure", "FAILURE", "Phone is currently unreachable/unavailable"),
        ("+14155550199", "failure", "FAILURE", "Phone number is opted out"),
    ],
)
def test_sns_writes_a_delivery_log(aws, receipts, number, route, status, response):
    sent = aws.sns.publish(PhoneNumber=number, Message="Hi")
    aws.carrier.play_receipts()
    [receipt] = receipts
    assert (receipt.route, receipt.body["status"]) == (route, status)
    assert receipt.body["delivery"]["providerResponse"] == response
    assert receipt.body["delivery"]["destination"] == number
    notification = receipt.body["notification"]
    assert notification["messageId"] == sent["MessageId"]
    written = datetime.strptime(notification["timestamp"], "%Y-%m-%d %H:%M:%S.%f")
    assert abs((datetime.now(UTC) - written.replace(tzinfo=UTC)).total_seconds()) < 60


def test_sns_does_not_deliver_over_the_highest_price(aws, receipts):
    price = {"AWS.SNS.SMS.MaxPrice": {"DataType": "Number", "StringValue": "0.001"}}
    aws.sns.publish(PhoneNumber=SUCCESS, Message="Hi", MessageAttributes=price)
    aws.carrier.play_receipts()
    assert (
        receipts[0].body["delivery"]["providerResponse"] == "This delivery would exceed max price"
    )


def test_a_receipt_that_does_not_arrive_is_noted(aws, caplog):
    def broken(receipt):
        raise ConnectionError("no emulator")

    aws.carrier.sink = broken
    sent = aws.sns.publish(PhoneNumber=SUCCESS, Message="Hi")
    aws.carrier.play_receipts()
    [played] = aws.carrier.outbox.receipts(sent["MessageId"])
    assert played.problem == "no emulator"
