from __future__ import annotations

import pytest

from tests.unit.client.test_settings_and_testers import TESTER, VERIFIED


@pytest.mark.parametrize(
    ("to", "body"),
    [
        ("+14255550123", {"phone": "+14255550123"}),
        ("ann@example.com", {"email": "ann@example.com"}),
    ],
)
def test_somebody_is_sent_a_code(api, outbound, to, body):
    api.answer(201, TESTER)

    result = outbound("testers", "add", "ann", "--to", to)

    assert (result.code, api.body(0)) == (0, body)
    assert "not yet" in result.out
    assert "2026-11-23 17:10:00Z" in result.out


def test_a_code_verifies_an_address(api, outbound):
    api.answer(200, VERIFIED)

    result = outbound("testers", "verify", "ann", "042137", "--json")

    assert result.json()["verified_at"] is not None
    assert api.body(0) == {"code": "042137"}


def test_all_testers_are_listed(api, outbound):
    answer = {"items": [TESTER, VERIFIED | {"id": "ben"}], "next_cursor": None}
    api.answer(200, answer)
    api.answer(200, answer)

    lines = outbound("testers", "list").out.splitlines()

    assert lines[0].split() == ["ID", "ADDRESS", "VERIFIED"]
    assert lines[1].endswith("not yet")
    assert "2026-11-23 16:41:00Z" in lines[2]
    assert [each["id"] for each in outbound("testers", "list", "--json").json()["items"]] == [
        "ann",
        "ben",
    ]


def test_a_tester_is_removed(api, outbound):
    api.answer(200, VERIFIED)

    assert outbound("testers", "remove", "ann").code == 0
    assert api.asked[0].method == "DELETE"
