from __future__ import annotations

URL = "https://shop.example.com/outbound"
WEBHOOK = {
    "id": "shop",
    "url": URL,
    "types": ["message.sent"],
    "state": "failing",
    "failing_since": "2026-11-23T16:40:00.123Z",
    "failure": "status_500",
    "tried_again_at": None,
    "disabled_at": None,
    "disabled_reason": None,
    "secrets": [{"ends_at": None}],
    "tested": {"event_id": "evt_1", "at": "2026-11-23T16:41:00.123Z", "failure": None},
    "created_at": "2026-11-23T16:40:00.123Z",
    "updated_at": "2026-11-23T16:40:00.123Z",
}
MADE = WEBHOOK | {"secret": "whsec_c2VjcmV0", "state": "active"}


def test_a_webhook_is_made_looked_at_rotated_tested_and_removed(api, client):
    api.answer(201, MADE)
    api.answer(200, WEBHOOK)
    api.answer(200, {"items": [WEBHOOK], "next_cursor": None})
    api.answer(200, MADE)
    api.answer(202, {"event_id": "evt_2"})
    api.answer(200, WEBHOOK)

    assert client.put_webhook("shop", URL, types=["message.sent"]).secret == MADE["secret"]
    found = client.get_webhook("shop")
    assert (found.state, found.failure, found.secret) == ("failing", "status_500", None)
    assert found.tested.failure is None
    assert client.list_webhooks() == (found,)
    assert client.rotate_webhook("shop", "P2D").secret is not None
    assert client.test_webhook("shop") == "evt_2"
    assert client.delete_webhook("shop") == found

    path = "/stage/v1/webhooks/shop"
    assert [(each.method, each.url.path) for each in api.asked] == [
        ("PUT", path),
        ("GET", path),
        ("GET", "/stage/v1/webhooks"),
        ("POST", f"{path}/rotate"),
        ("POST", f"{path}/test"),
        ("DELETE", path),
    ]
    assert api.body(0) == {"url": URL, "types": ["message.sent"]}
    assert api.body(3) == {"overlap": "P2D"}
