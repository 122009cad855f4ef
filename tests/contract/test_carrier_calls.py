"""What the providers are asked: voices, headers, files, and the number an answer leaves from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from botocore.stub import Stubber

from outbound.domain.content import Attachment, Enclosed
from outbound.domain.ids import MessageRef
from outbound.domain.outcome import Kind
from outbound.domain.words import Purpose
from outbound.ports import Outgoing
from tests.builders import EMAIL, PHONE, PNG, make_media
from tests.contract.carriers import BODIES, REF, asked, build, hand_over
from tests.memory.media import MemoryFiles


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
