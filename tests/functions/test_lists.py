"""The list of all contacts over HTTP: who was not reached, and how well it is."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="module")
def people(api):
    key = api.make_key(tenant="listed")["secret"]
    for name, body in {
        "ada": {"email": "ada@example.com"},
        "bo": {"email": "info@mailinator.com", "phone": "+14255550161"},
        "cy": {},
    }.items():
        assert api.ask("PUT", f"/v1/contacts/{name}", body, key=key).status == 201
    listed = {"email": "ada@example.com", "reason": "manual", "source": "letter"}
    assert api.ask("PUT", "/v1/suppressions", listed, key=key).status in (200, 201)
    return key


def through(api, key, path, **query):
    """Each part of it."""
    cursor: dict[str, str] | None = {}
    parts: list[Any] = []
    while cursor is not None:
        parts.append(api.ask("GET", path, key=key, query=query | cursor).body)
        following = parts[-1]["next_cursor"]
        cursor = {"cursor": following} if following else None
        assert len(parts) < 40
    return parts


def test_who_was_not_reached_is_listed_part_by_part(api, people):
    parts = through(api, people, "/v1/contacts", stale="P0D", limit="2")
    assert sorted(each["id"] for part in parts for each in part["items"]) == ["ada", "bo", "cy"]
    assert all(len(part["items"]) <= 2 for part in parts)
    parts = through(api, people, "/v1/contacts", stale="P1D")
    assert [each for part in parts for each in part["items"]] == []


def test_how_well_the_list_is_is_counted(api, people):
    [part] = through(api, people, "/v1/lists/health")
    assert part == {
        "contacts": 3,
        "no_address": 1,
        "no_consent": 3,
        "role": 1,
        "disposable": 1,
        "stale": None,
        "suppressed": {
            "bounced": 0,
            "invalid": 0,
            "complained": 0,
            "opted_out": 0,
            "manual": 1,
        },
        "next_cursor": None,
    }
    [part] = through(api, people, "/v1/lists/health", stale="P0D")
    assert part["stale"] == 3


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("/v1/contacts", {"stale": "P"}, "invalid_parameter"),
        ("/v1/contacts", {"stale": "PT5H"}, "invalid_parameter"),
        ("/v1/contacts", {"stale": "1Y"}, "invalid_parameter"),
        ("/v1/contacts", {"stale": "P99Y"}, "invalid_parameter"),
        ("/v1/contacts", {"stale": "P1D", "email": "a@b.co"}, "invalid_parameter"),
        ("/v1/contacts", {"stale": "P1D", "cursor": "eA=="}, "invalid_cursor"),
        ("/v1/lists/health", {"limit": "5"}, "invalid_parameter"),
        ("/v1/lists/health", {"cursor": "x"}, "invalid_cursor"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_place(api, people, path, query, code):
    answer = api.ask("GET", path, key=people, query=query)
    assert (answer.status, answer.body["code"]) == (400, code)


def test_a_forged_cursor_leads_nowhere_but_into_ones_own_contacts(api, people):
    forged = {"cursor": "OTkgeA=="}
    answer = api.ask("GET", "/v1/contacts", key=people, query={"stale": "P0D", **forged})
    assert (answer.status, answer.body["items"]) == (200, [])
