"""Segments over HTTPS."""

from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from functions.expand.handler import handler as expand
from outbound.domain.ids import estimate_id
from outbound.domain.reach import Estimate
from outbound.domain.shards import SHARDS
from outbound.domain.task import Task, Work
from outbound.domain.words import Channel, Purpose
from outbound.wiring import process
from outbound.wiring import segments as wiring
from tests.contract.conftest import received

CONTEXT: Any = SimpleNamespace(
    aws_request_id="request-1", get_remaining_time_in_millis=lambda: 120_000
)

EXPRESSION = 'attributes.plan in ["pro", "team"]'
NONE: dict[str, Any] = {"expression": None, "segments": [], "contact_ids": []}


@pytest.fixture(scope="module")
def other(api):
    return api.make_key(tenant="gardens")["secret"]


def test_a_segment_is_made_replaced_read_and_removed(api):
    made = api.ask("PUT", "/v1/segments/pro", {"expression": EXPRESSION})
    assert made.status == 201
    assert (made.body["expression"], made.body["contact_ids"]) == (EXPRESSION, None)
    assert made.body["exclude"] == NONE
    assert api.ask("GET", "/v1/segments/pro").body == made.body
    listed = {"contact_ids": ["bob", "ada", "bob"]}
    replaced = api.ask("PUT", "/v1/segments/pro", listed)
    assert (replaced.status, replaced.body["contact_ids"]) == (200, ["ada", "bob"])
    assert replaced.body["expression"] is None
    assert api.ask("DELETE", "/v1/segments/pro").body == replaced.body
    for method in ("GET", "DELETE"):
        gone = api.ask(method, "/v1/segments/pro")
        assert (gone.status, gone.body["code"]) == (404, "unknown_segment_id")


def test_segments_are_listed_without_their_contacts_and_by_their_tenant(api, other):
    for name in ("one", "two"):
        api.ask("PUT", f"/v1/segments/{name}", {"contact_ids": ["ada"]}, key=other)
    page = api.ask("GET", "/v1/segments", key=other, query={"limit": "1"}).body
    rest = api.ask("GET", "/v1/segments", key=other, query={"cursor": page["next_cursor"]}).body
    items = page["items"] + rest["items"]
    assert [each["id"] for each in items] == ["one", "two"]
    assert not any("contact_ids" in each for each in items)
    assert api.ask("GET", "/v1/segments/one").status == 404


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({}, "invalid_request", ""),
        ({"expression": "1", "contact_ids": []}, "invalid_request", ""),
        ({"expression": "contact.__init__()"}, "invalid_expression", "/expression"),
        ({"expression": "1", "exclude": {"expression": "x"}}, "invalid_expression",
         "/exclude/expression"),
        ({"expression": "1", "exclude": {"segments": ["x"]}}, "unknown_segment",
         "/exclude/segments/0"),
        ({"expression": "1", "exclude": {"segments": ["self"]}}, "segment_too_deep",
         "/exclude/segments"),
        ({"contact_ids": ["not an id"]}, "invalid_request", "/contact_ids/0"),
        ({"contact_ids": [str(number) for number in range(4_001)]}, "invalid_request",
         "/contact_ids"),
        ({"expression": "1" * 4_001}, "invalid_request", "/expression"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_in_its_place(api, body, code, pointer):
    answer = api.ask("PUT", "/v1/segments/self", body)
    assert (answer.status, answer.body["code"]) == (422, code)
    assert answer.body["errors"][0]["pointer"] == pointer
    assert api.ask("GET", "/v1/segments/self").status == 404


def test_a_segment_is_estimated(api):
    for name, region in (("est-ada", "FR"), ("est-bob", "DE")):
        contact = {"email": f"{name}@example.org", "region": region}
        assert api.ask("PUT", f"/v1/contacts/{name}", contact).status == 201
    api.ask("PUT", "/v1/segments/french", {"expression": 'contact.region == "FR"'})
    wish = {"channels": ["email"], "purpose": "transactional"}
    asked = api.ask("POST", "/v1/segments/french/estimate", wish)
    assert (asked.status, asked.body["state"], asked.body["selected"]) == (202, "finished", 1)
    (channel,) = asked.body["channels"]
    assert channel["decisions"] == [{"verdict": "send", "reason": None, "rule": None, "count": 1}]
    assert asked.body["sample"][0]["masked"] == "e•••@example.org"
    found = api.ask("GET", asked.headers["location"])
    assert found.body == asked.body
    missing = api.ask("POST", "/v1/segments/none/estimate", wish)
    assert (missing.status, missing.body["code"]) == (404, "unknown_segment_id")


def test_what_is_not_counted_at_once_is_counted_by_expand(api):
    api.ask("PUT", "/v1/segments/later", {"expression": "1"})
    now = process.clock.now()
    asked = Estimate(
        tenant="acme",
        id=estimate_id("acme", now, "later"),
        segment="later",
        versions={"later": 1},
        channels=(Channel.EMAIL,),
        purpose=Purpose.MARKETING,
        topic=None,
        at=now,
        created_at=now,
    )
    wiring.reach().estimates.insert(asked)
    path = f"/v1/estimates/{asked.id}"
    assert api.ask("GET", path).body["state"] == "running"
    wiring.reach().tasks.send(
        [Task(Work.ESTIMATE, f"{asked.id}#{shard}", "acme") for shard in range(SHARDS)]
    )
    bodies = received(boto3.client("sqs"), api.account.expand_queue)
    records = [{"messageId": str(index), "body": body} for index, body in enumerate(bodies)]
    assert expand({"Records": records}, CONTEXT) == {"batchItemFailures": []}
    assert api.ask("GET", path).body["state"] == "finished"
