from __future__ import annotations

import pytest

from tests.unit.client.test_routes import ROUTE

SEND = ("send", "--to", "+14155550123", "--purpose", "transactional")
STORY = [
    {"status": "sent", "at": ROUTE["created_at"], "channel": "sms", "message_id": "msg_1"},
]


def test_a_text_is_sent_that_a_call_follows(api, outbound):
    api.answer(202, ROUTE)

    words = ("--text", "Ready.", "--voice", "JOANNA")
    result = outbound(*SEND, "--route", "sms,voice", "--after", "PT10M", *words)

    assert result.code == 0
    assert "rte_1" in result.out
    assert "voice    no address" in result.out
    assert api.body()["route"] == {
        "mode": "first",
        "channels": ["sms", "voice"],
        "after": "PT10M",
    }
    assert api.body()["content"] == {
        "sms": {"text": "Ready."},
        "voice": {"text": "Ready.", "voice": "JOANNA"},
    }


def test_all_are_used_at_once(api, outbound):
    api.answer(202, ROUTE)

    words = ("--text", "Ready.", "--subject", "Table", "--ssml", "<speak/>")
    outbound(*SEND, "--route", "email,sms,voice", "--all", *words)

    assert api.body()["route"] == {"mode": "all", "channels": ["email", "sms", "voice"]}
    assert api.body()["content"] == {
        "email": {"subject": "Table", "text": "Ready."},
        "sms": {"text": "Ready."},
        "voice": {"ssml": "<speak/>"},
    }


@pytest.mark.parametrize("way", [(), ("--channel", "sms", "--route", "sms,voice")])
def test_it_goes_by_one_way(api, outbound, way):
    result = outbound(*SEND, *way, "--text", "Ready.")
    assert result.code != 0
    assert "--channel, or --route" in result.err
    assert not api.asked


def test_a_route_is_shown_and_cancelled_by_its_id(api, outbound):
    api.answer(200, {**ROUTE, "timeline": STORY})
    api.answer(200, {**ROUTE, "status": "cancelled"})

    shown, cancelled = (outbound("messages", verb, "rte_1") for verb in ("get", "cancel"))

    assert "sms  sent" in shown.out
    assert "status   cancelled" in cancelled.out
    assert [request.url.path for request in api.asked] == [
        "/v1/routes/rte_1",
        "/v1/routes/rte_1/cancel",
    ]
