"""Requests over several channels, through every function."""

import boto3
import pytest

from tests.examples import ahead
from tests.functions.test_cost import counted

SAYS = {"sms": {"text": "Order {{ order }} is here."}, "voice": {"text": "Order {{ order }}."}}


def route(**changes):
    return {
        "to": {"phone": "+14255550177"},
        "route": {"mode": "first", "channels": ["sms", "voice"], "after": "PT5M"},
        "purpose": "transactional",
        "content": SAYS,
        "data": {"order": "A-77"},
        **changes,
    }


@pytest.fixture
def known(api, monkeypatch):
    """The contact and its key are known, the processes warm."""
    api.ask("POST", "/v1/messages", route())
    api.work_off("sms", monkeypatch)
    api.feed_back()
    api.receipts.clear()
    return api


def test_a_delivered_text_calls_its_call_off(known, monkeypatch):
    accepted = known.ask("POST", "/v1/messages", route())
    assert accepted.status == 202
    assert accepted.headers["location"] == f"/v1/routes/{accepted.body['id']}"
    assert [each["status"] for each in accepted.body["messages"]] == ["accepted", "scheduled"]

    known.work_off("sms", monkeypatch)
    known.feed_back()

    found = known.ask("GET", f"/v1/routes/{accepted.body['id']}").body
    assert found["status"] == "delivered"
    assert [each["status"] for each in found["messages"]] == ["delivered", "cancelled"]
    assert "delivered_before" in [entry["reason"] for entry in found["timeline"]]
    one = known.ask("GET", f"/v1/messages/{found['messages'][0]['id']}").body
    assert one["route"] == found["id"]


def test_a_route_costs_the_requests_that_the_readme_says(known, monkeypatch):
    with counted("dynamodb", "sqs") as intake:
        headers = {"idempotency-key": "counted-route"}
        assert known.ask("POST", "/v1/messages", route(), headers=headers).status == 202
    with counted("dynamodb") as deliver:
        known.work_off("sms", monkeypatch)
    with counted("dynamodb") as feedback:
        known.feed_back()
    print("intake", dict(intake), "deliver", dict(deliver), "feedback", dict(feedback))

    assert intake == {"BatchGetItem": 1, "PutItem": 1, "TransactWriteItems": 1, "SendMessage": 1}
    assert deliver == {"UpdateItem": 2, "GetItem": 1, "BatchGetItem": 1, "PutItem": 1}
    assert feedback == {"UpdateItem": 2, "GetItem": 1}


def test_a_route_is_replayed_cancelled_and_not_found_by_others(api):
    headers = {"idempotency-key": "route-7"}
    later = route(send_at=ahead("2026-12-24T10:00:00Z"))
    first = api.ask("POST", "/v1/messages", later, headers=headers)
    again = api.ask("POST", "/v1/messages", later, headers=headers)
    assert again.body == first.body
    assert again.headers["idempotent-replayed"] == "true"

    path = f"/v1/routes/{first.body['id']}"
    cancelled = api.ask("POST", f"{path}/cancel").body

    assert cancelled["status"] == "cancelled"
    assert api.ask("POST", f"{path}/cancel").body == cancelled
    other = api.make_key(tenant="other")["secret"]
    assert api.ask("GET", path, key=other).body["code"] == "unknown_route_id"
    assert api.ask("GET", "/v1/routes/msg_nothing").body["code"] == "unknown_route_id"


def test_a_batch_and_a_dry_run_take_routes(api):
    single = route(route=None, channel="sms", content=SAYS["sms"])
    batch = api.ask("POST", "/v1/messages/batch", {"messages": [route(), single, route(to={})]})
    sent, message, refused = batch.body["items"]
    assert sent["id"].startswith("rte_")
    assert message["channel"] == "sms"
    assert refused["problem"]["code"] == "invalid_request"

    before = api.written()
    dry = {"dry_run": "true"}
    tried = api.ask("POST", "/v1/messages", route(), query=dry).body
    many = api.ask("POST", "/v1/messages/batch", {"messages": [route()]}, query=dry).body

    assert tried["messages"][1]["content"] == {"text": "Order A-77."}
    (item,) = many["items"]
    assert [each["channel"] for each in item["messages"]] == ["sms", "voice"]
    assert api.written() == before


def test_a_batch_of_routes_takes_few_requests(api):
    many = [route(to={"phone": f"+1425557{number:04}"}) for number in range(50)]
    api.ask("POST", "/v1/messages/batch", {"messages": many})
    with counted("dynamodb", "sqs") as counts:
        assert api.ask("POST", "/v1/messages/batch", {"messages": many}).status == 200
    print(dict(counts))

    assert counts["TransactWriteItems"] == 2
    assert counts["SendMessageBatch"] == 5
    boto3.client("sqs").purge_queue(QueueUrl=api.account.queues["sms.express"])


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"channel": "sms"}, ""),
        ({"route": None}, ""),
        ({"coupon_pool": "spring"}, ""),
        ({"route": {"mode": "first", "channels": ["sms"]}}, "/route/channels"),
        ({"route": {"mode": "first", "channels": ["sms", "sms"]}}, "/route/channels"),
        ({"route": {"mode": "first", "channels": ["sms", "pigeon"]}}, "/route/channels/1"),
        ({"route": {"mode": "any", "channels": ["sms", "voice"]}}, "/route/mode"),
        (
            {"route": {"mode": "first", "channels": ["sms", "voice"], "after": "PT1S"}},
            "/route/after",
        ),
        ({"route": {"mode": "all", "channels": ["sms", "voice"], "after": "PT5M"}}, "/route"),
        ({"content": {"sms": {"text": "One."}}}, "/route/channels/1"),
        ({"content": {**SAYS, "email": {"subject": "a", "text": "b"}}}, "/content"),
        ({"content": {**SAYS, "voice": {"subject": "a"}}}, "/content/voice"),
        ({"data": {}}, "/data/order"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(api, wrong, pointer):
    before = api.written()
    refused = api.ask("POST", "/v1/messages", route(**wrong))
    assert refused.status == 422
    assert refused.body["errors"][0]["pointer"].startswith(pointer)
    assert api.written() == before
