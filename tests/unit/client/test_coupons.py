from __future__ import annotations

from typing import Any

from tests.unit.client.conftest import MESSAGE

POOL: dict[str, Any] = {
    "id": "spring",
    "created_at": "2026-11-23T16:40:00.123Z",
    "expires_at": None,
    "codes": {"added": 3, "taken": 1, "free": 2},
    "imports": [],
}
RUNNING = {
    "media_id": "med_1",
    "state": "running",
    "reason": None,
    "lines": 0,
    "added": 0,
    "duplicates": 0,
    "invalid": 0,
    "started_at": "2026-11-23T16:40:00.123Z",
}


def test_a_pool_is_made_and_looked_at(api, client):
    api.answer(201, POOL)
    api.answer(200, POOL)

    assert client.put_coupon_pool("spring", expires_at="2027-04-01T00:00:00Z").id == "spring"
    assert client.get_coupon_pool("spring").codes.free == 2
    assert api.body(0) == {"expires_at": "2027-04-01T00:00:00Z"}
    assert [each.method for each in api.asked] == ["PUT", "GET"]
    assert all(each.url.path.endswith("/v1/coupon-pools/spring") for each in api.asked)


def test_many_codes_are_added_five_hundred_in_a_request(api, client):
    api.answer(200, {"added": 499, "duplicates": 1})
    api.answer(200, {"added": 1, "duplicates": 0})

    done = client.add_coupons("spring", [f"C-{each}" for each in range(501)])

    assert (done.added, done.duplicates) == (500, 1)
    assert [len(api.body(each)["codes"]) for each in range(2)] == [500, 1]


def test_a_file_of_codes_is_read_in_the_background(api, client):
    api.answer(202, RUNNING)
    assert client.import_coupons("spring", "med_1").state == "running"
    assert api.body(0) == {"media_id": "med_1"}
    assert api.asked[0].url.path.endswith("/v1/coupon-pools/spring/imports")


def test_a_message_names_its_pool(api, client):
    api.answer(202, MESSAGE)
    client.send_message(
        to={"phone": "+14155550123"},
        channel="sms",
        purpose="marketing",
        content={"text": "{{ coupon }}"},
        coupon_pool="spring",
    )
    assert api.body(0)["coupon_pool"] == "spring"
