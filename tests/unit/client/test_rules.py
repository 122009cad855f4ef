from __future__ import annotations

RULE = {
    "id": "shipped",
    "pattern": {"source": ["com.example.shop"]},
    "contact": {"phone": "$.detail.phone"},
    "channel": "sms",
    "route": None,
    "purpose": "transactional",
    "template": {"id": "order-shipped", "version": None},
    "data": {"order": "$.detail.order"},
    "enabled": True,
    "mode": "live",
    "created_at": "2026-11-23T16:40:00.123Z",
    "updated_at": "2026-11-23T16:40:00.123Z",
}
REFUSED = {
    "event_id": "event-1",
    "detail_type": "order.shipped",
    "at": "2026-11-23T16:40:00.123Z",
    "refused_at": "2026-11-23T16:40:01.123Z",
    "code": "path_missing",
    "detail": "The event has nothing at $.detail.phone.",
}


def test_a_rule_is_put_looked_at_listed_and_removed(api, client):
    for _ in range(2):
        api.answer(200, RULE)
    api.answer(200, {"items": [RULE]})
    api.answer(200, RULE)

    asked = ("pattern", "contact", "channel", "purpose", "data")
    made = client.put_rule(
        "shipped", template={"id": "order-shipped"}, **{name: RULE[name] for name in asked}
    )

    assert made == client.get_rule("shipped") == client.list_rules()[0]
    assert client.delete_rule("shipped") == made
    assert [(each.method, each.url.path) for each in api.asked] == [
        ("PUT", "/stage/v1/rules/shipped"),
        ("GET", "/stage/v1/rules/shipped"),
        ("GET", "/stage/v1/rules"),
        ("DELETE", "/stage/v1/rules/shipped"),
    ]
    assert api.body(0)["template"] == {"id": "order-shipped"}


def test_a_pattern_is_tried_and_what_was_refused_is_listed(api, client):
    api.answer(200, {"matches": False, "differs_at": "/pattern/source"})
    api.answer(200, {"items": [REFUSED], "next_cursor": "more"})

    assert client.test_pattern({"source": ["a"]}, {"source": "b"}).differs_at == "/pattern/source"
    page = client.list_refused_events("shipped", limit=1)

    assert (page.items[0].code, page.next_cursor) == ("path_missing", "more")
    assert api.asked[1].url.path == "/stage/v1/rules/shipped/refused"
