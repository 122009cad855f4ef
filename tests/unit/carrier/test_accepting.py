import pytest

from infra.local.carrier.listing import listing
from tests.unit.carrier.account import TAGS, bulk, call, email, entry, media, simple, text


def only(aws):
    [item] = listing(aws.carrier.outbox)["items"]
    return item


def test_an_email_is_kept_with_headers_attachments_and_tags(aws):
    content = simple(
        Headers=[{"Name": "List-Unsubscribe", "Value": "<https://example.com/u>"}],
        Attachments=[{"RawContent": b"\x00data", "FileName": "a.bin", "ContentType": "x/y"}],
    )
    sent = aws.ses.send_email(**email(Content=content, ReplyToAddresses=["help@example.com"]))
    item = only(aws)
    assert item["provider_id"] == sent["MessageId"]
    assert (item["channel"], item["message_id"], item["tags"]) == ("email", "msg_1", TAGS)
    assert (item["from"], item["subject"]) == ("Acme <news@example.com>", "Your order")
    assert (item["text"], item["html"]) == ("It has shipped.", "<p>It has shipped.")
    assert {"name": "List-Unsubscribe", "value": "<https://example.com/u>"} in item["headers"]
    assert {"name": "Reply-To", "value": "help@example.com"} in item["headers"]
    assert [(a["name"], a["size"]) for a in item["attachments"]] == [("a.bin", 5)]


def test_a_raw_email_is_read(aws):
    raw = (
        b"From: news@example.com\r\nTo: ann@example.org\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
        b"X-Mine: 1\r\n\r\nHello\r\n"
    )
    aws.ses.send_email(Content={"Raw": {"Data": raw}})
    item = only(aws)
    assert (item["to"], item["subject"]) == ("ann@example.org", "Grüße")
    assert item["text"].strip() == "Hello"
    assert {"name": "X-Mine", "value": "1"} in item["headers"]


def test_texts_media_and_calls_are_kept(aws):
    aws.phone.send_text_message(**text())
    aws.phone.send_media_message(**media())
    ssml = (
        '<speak>Your <amazon:effect name="drc">order</amazon:effect><break/> has shipped.</speak>'
    )
    aws.phone.send_voice_message(
        **call(MessageBody=ssml, MessageBodyTextType="SSML", VoiceId="JOANNA")
    )
    aws.sns.publish(
        PhoneNumber="+14155550123",
        Message="Hi",
        MessageAttributes={
            "AWS.SNS.SMS.SenderID": {"DataType": "String", "StringValue": "Acme"},
            "AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"},
        },
    )
    plain, spoken, picture, first = listing(aws.carrier.outbox)["items"]
    assert (first["channel"], first["text"]) == ("sms", "Your order has shipped.")
    assert picture["media"] == ["s3://media/leaflet.png"]
    assert (spoken["channel"], spoken["text"]) == ("voice", "Your order has shipped.")
    assert spoken["voice"] == {"voice_id": "JOANNA", "text_type": "SSML", "markup": ssml}
    assert (plain["to"], plain["from"], plain["message_id"]) == ("+14155550123", "Acme", None)


def test_a_bulk_call_merges_data_and_headers_per_entry(aws):
    headers = [{"Name": "X-Kind", "Value": "news"}, {"Name": "List-Unsubscribe", "Value": "<all>"}]
    sent = aws.ses.send_bulk_email(
        **bulk(
            entry("ann@example.org"),
            entry(
                "bob@example.org",
                ReplacementEmailContent={
                    "ReplacementTemplate": {"ReplacementTemplateData": '{"name": "Bob"}'}
                },
                ReplacementHeaders=[{"Name": "list-unsubscribe", "Value": "<bob>"}],
                ReplacementTags=[{"Name": "outbound_message", "Value": "msg_2"}],
            ),
            entry("not an address"),
            Headers=headers,
        )
    )
    results = sent["BulkEmailEntryResults"]
    assert [result["Status"] for result in results] == ["SUCCESS", "SUCCESS", "INVALID_PARAMETER"]
    bob, ann = listing(aws.carrier.outbox)["items"]
    assert (ann["subject"], ann["text"]) == ("Hi friend", "Hello friend")
    assert (bob["subject"], bob["text"], bob["message_id"]) == ("Hi Bob", "Hello Bob", "msg_2")
    assert bob["headers"] == [
        {"name": "X-Kind", "value": "news"},
        {"name": "list-unsubscribe", "value": "<bob>"},
    ]
    assert bob["provider_id"] == results[1]["MessageId"]


@pytest.mark.parametrize("body", ["Hi {{unknown}}", "{{#if name}}Hi{{/if}}"])
def test_a_template_that_cannot_be_rendered_is_accepted_and_never_sent(aws, receipts, body):
    content = {"Subject": "Hi", "Text": body}
    aws.ses.send_bulk_email(**bulk(entry("ann@example.org"), TemplateContent=content))
    aws.carrier.play_receipts()
    assert listing(aws.carrier.outbox)["items"] == []
    assert [receipt.body["eventType"] for receipt in receipts] == ["Rendering Failure"]


def test_a_dry_run_sends_nothing(aws):
    assert aws.phone.send_text_message(**text(DryRun=True))["MessageId"]
    assert aws.carrier.outbox.items() == []
