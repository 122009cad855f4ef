"""Rules over HTTP, and events as they reach the function."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from functions.rules.handler import handler
from outbound.adapters.api.contract.event_rules import EVENT, PATTERN
from tests.functions.conftest import CONTEXT
from tests.functions.test_cost import counted

SHIPPED = {
    "purpose": "transactional",
    "channels": {
        "sms": {"text": "Order {{ order }} has shipped."},
        "email": {"subject": "Order {{ order }}", "text": "Your order {{ order }} has shipped."},
    },
}
RULE = {
    "pattern": PATTERN,
    "contact": {"phone": "$.detail.customer.phone"},
    "channel": "sms",
    "purpose": "transactional",
    "template": {"id": "order-shipped"},
    "data": {"order": "$.detail.order"},
}
PHONE = "+14255550166"


@pytest.fixture
def ruled(api):
    assert api.ask("PUT", "/v1/templates/order-shipped", SHIPPED).status in (200, 201)
    assert api.ask("PUT", "/v1/rules/shipped", RULE).status in (200, 201)
    return api


def event(**changes):
    detail = {"carrier": "ups", "order": "A-77", "customer": {"phone": PHONE}}
    now = datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return {**EVENT, "id": str(uuid4()), "time": now, "detail": detail, **changes}


def put(*events):
    """What the function answers to what EventBridge has put into its queue."""
    records = [
        {"messageId": str(index), "body": each if isinstance(each, str) else json.dumps(each)}
        for index, each in enumerate(events)
    ]
    return handler({"Records": records}, CONTEXT)


def test_an_event_becomes_a_text_once(ruled, monkeypatch):
    shipped = event()
    assert put(shipped, shipped) == {"batchItemFailures": []}
    put(shipped)

    ruled.work_off("sms", monkeypatch)

    sent = [item for item in ruled.carrier.outbox.items() if item.to == (PHONE,)]
    assert [item.text for item in sent] == ["Order A-77 has shipped."]


def test_an_event_costs_the_requests_that_the_readme_says(ruled, monkeypatch):
    put(event())
    with counted("dynamodb", "sqs") as counts:
        put(event())
    print(dict(counts))
    ruled.work_off("sms", monkeypatch)
    assert counts == {"Query": 1, "BatchGetItem": 1, "GetItem": 1, "PutItem": 1, "SendMessage": 1}


def test_an_event_without_the_path_is_shown_with_its_reason(ruled):
    lost = event(detail={"carrier": "ups", "order": "A-77"})
    assert put(lost) == {"batchItemFailures": []}

    page = ruled.ask("GET", "/v1/rules/shipped/refused", query={"limit": "1"}).body

    assert (page["items"][0]["event_id"], page["items"][0]["code"]) == (lost["id"], "path_missing")
    if page["next_cursor"]:
        query = {"cursor": page["next_cursor"]}
        assert ruled.ask("GET", "/v1/rules/shipped/refused", query=query).status == 200


def test_what_is_no_event_comes_back_and_keeps_no_other(ruled):
    bad = ["not json", event(time="yesterday"), event(detail="x"), {"id": "1"}]
    good = event()
    answer = put(*bad, good)
    assert [each["itemIdentifier"] for each in answer["batchItemFailures"]] == list("0123")


def test_a_rule_is_kept_looked_at_listed_and_removed(ruled):
    route = {"mode": "first", "channels": ["sms", "email"], "after": "PT10M"}
    both = {**{name: value for name, value in RULE.items() if name != "channel"}, "route": route}
    made = ruled.ask("PUT", "/v1/rules/both", both)
    assert made.status == 201
    assert made.body["route"] == route
    changed = ruled.ask("PUT", "/v1/rules/both", {**both, "enabled": False})
    assert (changed.status, changed.body["enabled"]) == (200, False)
    assert changed.body["created_at"] == made.body["created_at"]
    assert ruled.ask("GET", "/v1/rules/both").body == changed.body
    listed = ruled.ask("GET", "/v1/rules").body["items"]
    assert [each["id"] for each in listed] == ["both", "shipped"]

    assert ruled.ask("DELETE", "/v1/rules/both").body == changed.body

    for method in ("GET", "DELETE"):
        assert ruled.ask(method, "/v1/rules/both").body["code"] == "unknown_rule"
    other = ruled.make_key(tenant="clinic")["secret"]
    assert ruled.ask("GET", "/v1/rules/shipped", key=other).status == 404
    assert ruled.ask("GET", "/v1/rules", key=other).body == {"items": []}


def test_a_pattern_is_tried(ruled):
    other = {**EVENT, "detail": {"carrier": "pickup"}}
    tries = [
        ruled.ask("POST", "/v1/rules/test", {"pattern": PATTERN, "event": each}).body
        for each in (EVENT, other)
    ]
    assert tries == [
        {"matches": True, "differs_at": None},
        {"matches": False, "differs_at": "/pattern/detail/carrier"},
    ]
    wrong = ruled.ask("POST", "/v1/rules/test", {"pattern": {"detail": []}, "event": EVENT})
    assert wrong.body["errors"][0]["pointer"] == "/pattern/detail"


def pattern(**changes):
    return {"pattern": {**PATTERN, **changes}}


@pytest.mark.parametrize(
    ("wrong", "code", "pointer"),
    [
        ({"pattern": {}}, "invalid_pattern", "/pattern"),
        ({"pattern": {"detail-type": ["x"]}}, "invalid_pattern", "/pattern/source"),
        (pattern(source=[{"prefix": "com."}]), "invalid_pattern", "/pattern/source/0"),
        (
            pattern(detail={"a": [{"numeric": []}]}),
            "invalid_pattern",
            "/pattern/detail/a/0/numeric",
        ),
        (pattern(source=["outbound"]), "rule_triggers_itself", "/pattern/source/0"),
        (pattern(source=["outbound.local"]), "rule_triggers_itself", "/pattern/source/0"),
        (pattern(source=["com.example.clinic"]), "source_not_bound", "/pattern/source/0"),
        (pattern(source=["aws.s3"]), "source_not_bound", "/pattern/source/0"),
        ({"template": {"id": "gone"}}, "unknown_template", "/template"),
        ({"purpose": "marketing"}, "wrong_purpose", "/purpose"),
        ({"channel": "voice"}, "channel_without_content", "/channel"),
        (
            {"channel": None, "route": {"mode": "all", "channels": ["sms", "voice"]}},
            "channel_without_content",
            "/route/channels/1",
        ),
        ({"contact": {}}, "invalid_request", "/contact"),
        ({"contact": {"phone": "detail.phone"}}, "invalid_request", "/contact/phone"),
        ({"data": {"order": "A-77"}}, "invalid_request", "/data/order"),
        ({"channel": None}, "invalid_request", ""),
        ({"purpose": "emergency"}, "invalid_request", "/purpose"),
    ],
)
def test_what_is_wrong_with_a_rule_is_named(ruled, wrong, code, pointer):
    refused = ruled.ask("PUT", "/v1/rules/wrong", {**RULE, **wrong})
    assert (refused.status, refused.body["code"]) == (422, code)
    assert refused.body["errors"][0]["pointer"] == pointer
    assert "Purpose." not in str(refused.body)
    assert ruled.ask("GET", "/v1/rules/wrong").status == 404


def test_a_key_makes_rules_only_for_its_purposes(ruled):
    key = ruled.make_key(purposes=["marketing"])["secret"]
    refused = ruled.ask("PUT", "/v1/rules/wrong", RULE, key=key)
    assert refused.body["code"] == "purpose_not_allowed"
