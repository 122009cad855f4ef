"""Coupons over HTTP, and in texts that leave."""

from __future__ import annotations

import boto3
import pytest

from tests.aws import BUCKET
from tests.functions.upkeep import work_off

TEXT = {
    "to": {"phone": "+14155550123"},
    "channel": "sms",
    "purpose": "transactional",
    "content": {"text": "Your code: {{ coupon }}"},
}

FILE = {"media_id": f"med_{'0' * 20}"}


@pytest.fixture
def pool(api):
    """Makes a pool with codes."""

    def pool(name, *codes):
        assert api.ask("PUT", f"/v1/coupon-pools/{name}", {}).status == 201
        if codes:
            added = api.ask("POST", f"/v1/coupon-pools/{name}/codes", {"codes": list(codes)})
            assert added.body == {"added": len(codes), "duplicates": 0}
        return name

    return pool


def test_a_code_is_added_given_and_counted(api, pool, monkeypatch):
    pool("spring", "A-1", "A-2")
    accepted = api.ask("POST", "/v1/messages", {**TEXT, "coupon_pool": "spring"})
    assert accepted.status == 202

    api.work_off("sms", monkeypatch)

    assert [item.text for item in api.carrier.outbox.items()] == ["Your code: A-1"]
    found = api.ask("GET", "/v1/coupon-pools/spring").body
    assert found["codes"] == {"added": 2, "taken": 1, "free": 1}
    again = api.ask("PUT", "/v1/coupon-pools/spring", {"expires_at": "2099-01-01T00:00:00Z"})
    assert (again.status, again.body["code"]) == (422, "time_too_far")


def test_an_empty_pool_is_told_at_once(api, pool):
    answer = api.ask("POST", "/v1/messages", {**TEXT, "coupon_pool": pool("nothing")})
    assert (answer.status, answer.body["code"]) == (422, "coupon_pool_empty")
    assert [each["pointer"] for each in answer.body["errors"]] == ["/coupon_pool"]


def test_a_file_of_codes_is_read_in_the_background(api, pool):
    pool("large")
    content = b"A-1,x\nA-2,y\nno code\nA-1,x\n"
    wanted = {"name": "codes.csv", "type": "text/csv", "size": len(content)}
    announced = api.ask("POST", "/v1/media", wanted).body
    key = announced["upload"]["fields"]["key"]
    boto3.client("s3").put_object(Bucket=BUCKET, Key=key, Body=content)

    begun = api.ask("POST", "/v1/coupon-pools/large/imports", {"media_id": announced["id"]})
    assert (begun.status, begun.body["state"]) == (202, "running")
    work_off()

    (done,) = api.ask("GET", "/v1/coupon-pools/large").body["imports"]
    assert (done["state"], done["lines"]) == ("finished", 4)
    assert (done["added"], done["duplicates"], done["invalid"]) == (2, 1, 1)


def test_another_tenant_has_no_such_pool(api, pool):
    pool("private", "A-1")
    other = api.make_key(tenant="other")["secret"]
    asked = [
        api.ask("GET", "/v1/coupon-pools/private", key=other),
        api.ask("POST", "/v1/coupon-pools/private/codes", {"codes": ["B"]}, key=other),
        api.ask("POST", "/v1/coupon-pools/private/imports", FILE, key=other),
    ]
    assert [answer.body["code"] for answer in asked] == ["unknown_coupon_pool_id"] * 3
    text = api.ask("POST", "/v1/messages", {**TEXT, "coupon_pool": "private"}, key=other)
    assert text.body["code"] == "unknown_coupon_pool"


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("/codes", {"codes": []}, "/codes"),
        ("/codes", {"codes": ["A"] * 501}, "/codes"),
        ("/codes", {"codes": ["A", "two words"]}, "/codes/1"),
        ("/codes", {"codes": ["A" * 65]}, "/codes/0"),
        ("/codes", {"codes": [1]}, "/codes/0"),
        ("/imports", {"media_id": "codes.csv"}, "/media_id"),
        ("/imports", {}, "/media_id"),
    ],
)
def test_what_is_no_code_is_refused_at_its_place(api, path, body, pointer):
    api.ask("PUT", "/v1/coupon-pools/checked", {})
    before = api.written()
    answer = api.ask("POST", f"/v1/coupon-pools/checked{path}", body)
    assert (answer.status, answer.body["code"]) == (422, "invalid_request")
    assert [each["pointer"] for each in answer.body["errors"]] == [pointer]
    assert api.written() == before
