from __future__ import annotations

FINDING = {
    "rule": "voice.identity",
    "severity": "error",
    "place": "/bodies/voice/text",
    "message": "A call must begin with who is calling.",
    "source": "47 CFR 64.1200(b)(1)",
}
PREVIEW = {
    "template": {"id": "visit", "version": 3},
    "bodies": {"sms": {"text": "Ada, see you."}, "voice": {"text": "See you."}},
    "sms": {"encoding": "GSM-7", "parts": 1},
    "voice": {"voice": "JOANNA", "seconds": 2},
    "price": {
        "sms": {"amount": "0.01195", "currency": "USD", "estimated": True},
        "voice": None,
    },
    "findings": [FINDING],
}


def test_a_template_is_shown_with_its_cost_and_what_is_wrong(api, outbound):
    api.answer(200, PREVIEW)

    result = outbound("templates", "preview", "visit", "--data", "name=Ada", "--contact", "ada")

    assert result.code == 0
    assert api.body(0) == {"data": {"name": "Ada"}, "contact_id": "ada"}
    assert "== sms  (1 x GSM-7, 0.01195 USD)\ntext:\nAda, see you.\n" in result.out
    assert "== voice  (about 2 s, price unknown)" in result.out
    assert "error  /bodies/voice/text  voice.identity: A call must" in result.out
    assert "[47 CFR 64.1200(b)(1)]" in result.out


def test_a_preview_may_be_json(api, outbound):
    api.answer(200, PREVIEW)

    result = outbound("templates", "preview", "visit", "--channel", "sms", "--json")

    assert api.body(0) == {"data": {}, "channel": "sms"}
    assert result.json()["findings"] == [FINDING]


def test_tests_go_to_testers(api, outbound):
    sent = {"tester": "ann", "channel": "sms", "id": "msg_1", "status": "accepted"}
    api.answer(202, {"items": [{**sent, "reason": None}]})

    result = outbound("templates", "test", "visit", "--to", "ann", "ben", "--version", "2")

    assert result.code == 0
    assert api.body(0) == {"testers": ["ann", "ben"], "data": {}, "version": 2}
    assert "msg_1" in result.out
    assert api.asked[0].headers["Idempotency-Key"]


def test_a_refused_test_is_told(api, outbound):
    problem = {
        "code": "missing_variable",
        "title": "A variable",
        "status": 422,
        "detail": "It lacks day.",
    }
    api.answer(202, {"items": [{"tester": "ann", "channel": "sms", "problem": problem}]})

    result = outbound("templates", "test", "visit", "--to", "ann")

    assert result.code == 1
    assert "It lacks day." in result.out
    assert "1 of 1 tests were refused" in result.err
