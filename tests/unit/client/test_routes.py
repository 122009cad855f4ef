from __future__ import annotations

import pytest

from outbound_client import Problem
from tests.unit.client.conftest import MESSAGE

ROUTE = {
    "id": "rte_1",
    "status": "accepted",
    "mode": "first",
    "channels": ["sms", "voice"],
    "after": "PT5M",
    "without_address": ["voice"],
    "purpose": "transactional",
    "contact_id": "con_1",
    "created_at": "2026-11-23T16:40:00.123Z",
    "messages": [MESSAGE],
}
ASKED = {
    "to": {"phone": "+14155550123"},
    "route": {"mode": "first", "channels": ["sms", "voice"], "after": "PT5M"},
    "purpose": "transactional",
    "content": {"sms": {"text": "Ready."}, "voice": {"text": "It is ready."}},
}


def test_a_route_is_posted_as_a_message(api, client):
    api.answer(202, ROUTE)

    route = client.send_route(**ASKED, idempotency_key="order-77")

    assert (api.asked[0].method, api.asked[0].url.path) == ("POST", "/stage/v1/messages")
    assert api.asked[0].headers["Idempotency-Key"] == "order-77"
    assert api.body() == ASKED
    assert (route.id, route.messages[0].id) == ("rte_1", "msg_1")
    assert route.without_address == ("voice",)


def test_a_route_is_tried_without_sending_it(api, client):
    said = {**MESSAGE, "content": {"text": "Ready."}, "expires_at": "2026-11-24T16:40:00.123Z"}
    api.answer(200, {**ROUTE, "dry_run": True, "messages": [said]})

    tried = client.try_route(**ASKED)

    assert api.asked[0].url.params["dry_run"] == "true"
    assert tried.messages[0].content == {"text": "Ready."}


def test_a_route_is_looked_at_and_cancelled(api, client):
    line = {"status": "accepted", "at": ROUTE["created_at"]}
    story = [{**line, "channel": "sms", "message_id": "msg_1"}]
    api.answer(200, {**ROUTE, "timeline": story})
    api.answer(409, {"code": "not_cancellable", "status": 409, "title": "No"})

    assert client.get_route("rte_1").timeline[0].channel == "sms"
    with pytest.raises(Problem):
        client.cancel_route("rte_1")

    paths = [request.url.path for request in api.asked]
    assert paths == ["/stage/v1/routes/rte_1", "/stage/v1/routes/rte_1/cancel"]


def test_a_batch_may_have_routes(api, client):
    api.answer(200, {"items": [{"index": 0, **ROUTE}, {"index": 1, **MESSAGE}]})

    first, second = client.send_batch([ASKED, ASKED])

    assert (first.route.id, first.message) == ("rte_1", None)
    assert (second.route, second.message.id) == (None, "msg_1")
