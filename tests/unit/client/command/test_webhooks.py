from __future__ import annotations

from tests.unit.client.test_webhooks import MADE, URL, WEBHOOK


def test_a_secret_is_shown_where_it_is_new(api, outbound):
    api.answer(201, MADE)
    api.answer(200, WEBHOOK)

    made = outbound("webhooks", "put", "shop", URL, "--types", "message.sent")
    shown = outbound("webhooks", "get", "shop")

    assert (made.code, api.body(0)) == (0, {"url": URL, "types": ["message.sent"]})
    assert MADE["secret"] in made.out
    assert "secret" not in shown.out
    assert "status_500" in shown.out


def test_all_webhooks_are_listed_with_their_state(api, outbound):
    answer = {"items": [WEBHOOK], "next_cursor": None}
    api.answer(200, answer)
    api.answer(200, answer)

    head, line = outbound("webhooks", "list").out.splitlines()

    assert head.split() == ["ID", "STATE", "FAILURE", "URL"]
    assert line.split() == ["shop", "failing", "status_500", URL]
    assert outbound("webhooks", "list", "--json").json()["items"][0]["id"] == "shop"


def test_a_webhook_is_rotated_tested_and_removed(api, outbound):
    api.answer(200, MADE)
    api.answer(202, {"event_id": "evt_2"})
    api.answer(200, WEBHOOK)

    assert MADE["secret"] in outbound("webhooks", "rotate", "shop").out
    assert "evt_2" in outbound("webhooks", "test", "shop").out
    assert outbound("webhooks", "remove", "shop").code == 0
    assert api.asked[2].method == "DELETE"
