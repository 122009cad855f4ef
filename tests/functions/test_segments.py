"""Segments over HTTPS."""

from typing import Any

import pytest

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
