from __future__ import annotations

import io
from typing import Any

import httpx
import pytest

from outbound_client import Unreachable
from tests.unit.client.conftest import UPLOAD

SEGMENT: dict[str, Any] = {
    "id": "pro",
    "expression": 'attributes.plan == "pro"',
    "contact_ids": None,
    "exclude": {"expression": None, "segments": [], "contact_ids": []},
    "created_at": "2026-11-23T16:40:00.123Z",
    "updated_at": "2026-11-23T16:40:00.123Z",
}
ESTIMATE: dict[str, Any] = {
    "id": "est_1",
    "state": "finished",
    "segment": "pro",
    "purpose": "marketing",
    "topic": None,
    "at": "2026-11-23T16:40:00.123Z",
    "shards": {"counted": 32, "of": 32},
    "read": 9,
    "selected": 2,
    "channels": [
        {
            "channel": "sms",
            "decisions": [{"verdict": "send", "reason": None, "rule": None, "count": 2}],
        }
    ],
    "unknown_attributes": ["plna"],
    "sample": [
        {
            "contact_id": "ada",
            "masked": "+1415•••0123",
            "channel": "sms",
            "verdict": "send",
            "reason": None,
            "rule": None,
        }
    ],
    "created_at": "2026-11-23T16:40:00.123Z",
}
IMPORT: dict[str, Any] = {
    "id": "imp_1",
    "type": "contacts",
    "format": "csv",
    "source": "outbound",
    "columns": {},
    "constants": {},
    "state": "waiting",
    "reason": None,
    "size": None,
    "read": {"bytes": 0, "lines": 0},
    "rows": {"created": 0, "changed": 0, "unchanged": 0, "refused": 0},
    "reported": 0,
    "ignored_columns": [],
    "created_at": "2026-11-23T16:40:00.123Z",
    "started_at": None,
    "finished_at": None,
}
RUNNING = {**IMPORT, "state": "running", "size": 9, "report": None}


def test_a_segment_is_made_looked_at_listed_and_removed(api, client):
    for answer in (SEGMENT, SEGMENT, {"items": [SEGMENT], "next_cursor": "x"}, SEGMENT):
        api.answer(200, answer)

    client.put_segment("pro", expression=SEGMENT["expression"], exclude={"segments": ["staff"]})
    assert client.get_segment("pro").expression == SEGMENT["expression"]
    assert client.list_segments(limit=1).items[0].id == "pro"
    assert client.delete_segment("pro").id == "pro"

    assert api.body(0) == {
        "expression": SEGMENT["expression"],
        "exclude": {"segments": ["staff"]},
    }
    assert [each.method for each in api.asked] == ["PUT", "GET", "GET", "DELETE"]


def test_an_empty_list_of_contacts_is_sent(api, client):
    api.answer(201, {**SEGMENT, "expression": None, "contact_ids": []})
    assert client.put_segment("none", contact_ids=[]).contact_ids == ()
    assert api.body(0) == {"contact_ids": []}


def test_a_segment_is_estimated(api, client):
    api.answer(202, ESTIMATE)
    api.answer(200, ESTIMATE)

    made = client.estimate_segment("pro", purpose="marketing", channels=["sms"])
    assert client.get_estimate(made.id) == made

    assert api.body(0) == {"purpose": "marketing", "channels": ["sms"]}
    assert made.channels[0].decisions[0].count == 2
    assert made.sample[0].contact_id == "ada"


def test_a_file_is_announced_uploaded_and_started(api, client):
    api.answer(201, {**IMPORT, "upload": UPLOAD})
    api.answers.append(httpx.Response(204))
    api.answer(202, RUNNING)

    begun = client.import_contacts(io.BytesIO(b"id\nada\n"), "csv", constants={"region": "FR"})

    assert begun.state == "running"
    assert api.body(0) == {"format": "csv", "constants": {"region": "FR"}}
    assert b"id\nada\n" in api.asked[1].content
    assert api.asked[2].url.path.endswith("/v1/imports/imp_1/start")


def test_a_file_of_appointments_is_announced_as_such(api, client):
    api.answer(201, {**IMPORT, "type": "reminders", "upload": UPLOAD})
    api.answers.append(httpx.Response(204))
    api.answer(202, {**RUNNING, "type": "reminders"})

    begun = client.import_reminders(b"id,contact_id,at\n", "csv", constants={"channel": "sms"})

    assert begun.type == "reminders"
    assert api.body(0) == {
        "type": "reminders",
        "format": "csv",
        "constants": {"channel": "sms"},
    }


def test_what_is_not_uploaded_is_not_started(api, client):
    api.answer(201, {**IMPORT, "upload": UPLOAD})
    api.answers.append(httpx.Response(403))
    with pytest.raises(Unreachable):
        client.import_contacts(b"id\n", "csv")
    assert len(api.asked) == 2


def test_imports_are_looked_at_listed_and_cancelled(api, client):
    api.answer(200, {**RUNNING, "state": "finished", "report": "https://bucket/report.csv"})
    api.answer(200, {"items": [RUNNING], "next_cursor": None})
    api.answer(200, {**RUNNING, "state": "cancelled"})

    assert client.get_import("imp_1").report == "https://bucket/report.csv"
    assert client.list_imports().items[0].id == "imp_1"
    assert client.cancel_import("imp_1").state == "cancelled"
