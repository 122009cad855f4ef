from __future__ import annotations

import httpx
import pytest

from tests.unit.client.conftest import MESSAGE, PROBLEM

SEND = ("send", "--to", "+14155550123", "--channel", "sms", "--purpose", "transactional")


def test_a_text_is_sent(api, outbound):
    api.answer(202, MESSAGE)

    result = outbound(*SEND, "--text", "Shipped.", "--idempotency-key", "order-77")

    assert result.code == 0
    assert "msg_1" in result.out
    assert "+1415•••0123" in result.out
    assert "0.00900 USD" in result.out
    assert api.body() == {
        "to": {"phone": "+14155550123"},
        "channel": "sms",
        "purpose": "transactional",
        "content": {"text": "Shipped."},
    }
    assert api.asked[0].headers["Idempotency-Key"] == "order-77"


def test_an_email_is_sent_from_a_sender_that_is_shown(api, outbound):
    sender = "Clinic <news@clinic.org>"
    api.answer(202, MESSAGE | {"from": sender})
    api.answer(202, MESSAGE | {"from": sender})
    mail = ("send", "--to", "a@example.com", "--channel", "email", "--purpose", "transactional")

    shown = outbound(*mail, "--subject", "Hi", "--text", "Hello.", "--from", sender)
    printed = outbound(*mail, "--subject", "Hi", "--text", "Hello.", "--from", sender, "--json")

    assert api.body()["content"] == {"subject": "Hi", "text": "Hello.", "from": sender}
    assert f"from      {sender}" in shown.out
    assert printed.json()["from"] == sender


def test_a_call_is_sent_with_its_voice(api, outbound):
    api.answer(202, MESSAGE)

    outbound(*SEND, "--ssml", "<speak/>", "--voice", "HANS", "--locale", "de")

    assert api.body()["content"] == {"ssml": "<speak/>", "voice": "HANS", "locale": "de"}


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("+14155550123", {"phone": "+14155550123"}),
        ("ann+shop@example.com", {"email": "ann+shop@example.com"}),
        ("patient-7", {"contact_id": "patient-7"}),
    ],
)
def test_whom_it_goes_to_is_told_by_the_form(api, outbound, to, expected):
    api.answer(202, MESSAGE)

    outbound("send", "--to", to, "--channel", "x", "--purpose", "y", "--text", "z")

    assert api.body()["to"] == expected


def test_a_stored_template_is_sent_with_its_data(api, outbound):
    api.answer(202, MESSAGE)

    result = outbound(
        *SEND,
        *("--template", "shipped@3", "--data", "order=007", "--data", 'items=[{"name": "tea"}]'),
        "--json",
    )

    assert api.body()["template"] == {"id": "shipped", "version": 3}
    assert api.body()["data"] == {"order": "007", "items": [{"name": "tea"}]}
    assert result.json()["id"] == "msg_1"
    assert result.json()["price"]["amount"] == "0.00900"


def test_a_refusal_says_what_to_put_right(api, outbound):
    api.answer(422, PROBLEM)

    result = outbound(*SEND, "--text", "{{ order }}")

    assert result.code == 1
    assert result.out == ""
    assert "422 missing_variable" in result.err
    assert "/data/order: give order a value" in result.err
    assert "req_1" in result.err


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ((), "--text"),
        (("--text", "a", "--template", "b"), "--text"),
        (("--template", "shipped@new"), "shipped@3"),
        (("--template", "a", "--data", "order"), "NAME=VALUE"),
        (("--text", "a", "--idempotency-key", "two words"), "visible ASCII"),
        (("--text", "a", "--url", "example.com"), "https://"),
        (("--text", "a", "--api-key", "line\nbreak"), "API key"),
        (("--unknown",), "unrecognized arguments"),
    ],
)
def test_wrong_usage_is_told_and_nothing_is_sent(api, outbound, arguments, hint):
    result = outbound(*SEND, *arguments)

    assert result.code == 2
    assert hint in result.err
    assert api.asked == []


def test_no_answer_has_an_exit_code_of_its_own(api, outbound):
    api.answers += [httpx.ConnectError("refused")] * 4

    result = outbound(*SEND, "--text", "a")

    assert result.code == 3
    assert "no answer from api.example.com" in result.err
    assert "Traceback" not in result.err


def test_an_answer_of_something_else_is_told(api, outbound):
    api.answers.append(httpx.Response(200, content=b"<html>"))

    result = outbound(*SEND, "--text", "a")

    assert result.code == 3
    assert "isn't a Message" in result.err


def test_an_interruption_is_no_traceback(api, outbound):
    api.answers.append(KeyboardInterrupt())

    assert outbound(*SEND, "--text", "a").code == 130
