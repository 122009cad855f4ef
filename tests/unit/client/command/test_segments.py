from __future__ import annotations

from typing import Any

import pytest

SEGMENT: dict[str, Any] = {
    "id": "pro",
    "expression": 'attributes.plan == "pro"',
    "contact_ids": None,
    "exclude": {"expression": None, "segments": ["left"], "contact_ids": ["eve"]},
    "created_at": "2026-11-23T16:40:00.123Z",
    "updated_at": "2026-11-23T16:40:00.123Z",
}
ESTIMATE: dict[str, Any] = {
    "id": "est_1",
    "state": "running",
    "segment": "pro",
    "purpose": "marketing",
    "topic": None,
    "at": "2026-11-23T16:40:00.123Z",
    "shards": {"counted": 1, "of": 32},
    "read": 10,
    "selected": 4,
    "channels": [],
    "unknown_attributes": [],
    "sample": [],
    "created_at": "2026-11-23T16:40:00.123Z",
}
COUNTED = {
    **ESTIMATE,
    "state": "finished",
    "channels": [
        {
            "channel": "email",
            "decisions": [
                {"verdict": "block", "reason": "no_consent", "rule": "eu.consent", "count": 3}
            ],
        }
    ],
    "unknown_attributes": ["plam"],
}


def test_a_segment_is_made_of_an_expression(api, outbound):
    api.answer(201, SEGMENT)

    result = outbound(
        "segments", "put", "pro", "--expression", "attributes.plan", "--exclude-segment", "left"
    )

    assert api.body(0) == {"expression": "attributes.plan", "exclude": {"segments": ["left"]}}
    assert "segment left, 1 by name" in result.out


def test_a_segment_is_made_of_a_file_of_ids(api, outbound, tmp_path):
    (tmp_path / "ids").write_text("ada\nbob\n\n")
    api.answer(201, SEGMENT | {"expression": None, "contact_ids": ["ada", "bob"]})

    outbound("segments", "put", "pro", "--contacts", str(tmp_path / "ids"))

    assert api.body(0) == {"contact_ids": ["ada", "bob"]}


@pytest.mark.parametrize("who", [(), ("--expression", "x", "--contacts", "y")])
def test_a_segment_is_one_or_the_other(api, outbound, who):
    assert outbound("segments", "put", "pro", *who).code == 2
    assert api.asked == []


def test_an_estimate_is_waited_for(api, outbound):
    api.answer(202, ESTIMATE)
    api.answer(200, ESTIMATE)
    api.answer(200, COUNTED)

    result = outbound("segments", "estimate", "pro", "--purpose", "marketing")

    assert api.waits == [1.0, 1.0]
    assert ["email", "block", "no_consent", "3"] in [
        line.split() for line in result.out.splitlines()
    ]
    assert "plam" in result.err


def test_segments_are_listed_shown_and_removed(api, outbound):
    api.answer(200, {"items": [SEGMENT], "next_cursor": None})
    api.answer(200, SEGMENT)
    api.answer(200, SEGMENT)

    assert outbound("segments", "list").out.splitlines()[1].startswith("pro")
    assert outbound("segments", "get", "pro", "--json").json()["id"] == "pro"
    assert outbound("segments", "delete", "pro").code == 0
