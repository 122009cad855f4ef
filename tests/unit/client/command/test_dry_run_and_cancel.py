from __future__ import annotations

import json

from tests.unit.client.conftest import MESSAGE

TRIED = {
    "dry_run": True,
    "channel": "sms",
    "purpose": "transactional",
    "decision": {"verdict": "send"},
    "expires_at": "2026-11-24T16:40:00Z",
    "content": {"text": "Hi"},
}


def test_the_command_shows_a_dry_run(api, outbound):
    api.answer(200, TRIED)

    result = outbound(
        *("send", "--to", "+14155550123", "--channel", "sms", "--purpose", "transactional"),
        *("--text", "Hi", "--dry-run"),
    )

    assert result.code == 0
    assert "leaves    at once" in result.out
    assert result.out.endswith("text:\nHi\n")


def test_the_command_cancels(api, outbound):
    api.answer(200, MESSAGE | {"status": "cancelled"})

    result = outbound("messages", "cancel", "msg_1")

    assert "status    cancelled" in result.out


def test_the_command_lets_a_message_leave_at_another_time(api, outbound):
    api.answer(200, MESSAGE | {"status": "scheduled"})

    result = outbound("messages", "move", "msg_1", "2026-12-24T09:00")

    assert "status    scheduled" in result.out
    assert json.loads(api.asked[0].content) == {"send_at": "2026-12-24T09:00"}
