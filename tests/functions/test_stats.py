"""Statistics, from what messages become to what is told of them."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from functions.feedback.handler import handler as feedback
from outbound.wiring import process
from tests.benchmarks.replay import Recorder
from tests.functions.conftest import CONTEXT
from tests.functions.streamed import Stream

TEXT = {
    "to": {"phone": "+14255550181"},
    "channel": "sms",
    "purpose": "transactional",
    "content": {"text": "Order {{ order }} has shipped."},
    "data": {"order": "A-77"},
}


@pytest.fixture
def stream(api):
    """What has changed since; what changed before this is counted by nobody."""
    stream = Stream()
    stream.read()
    return stream


@pytest.fixture
def key(api, request):
    """That of a tenant who has sent nothing yet."""
    return api.make_key(tenant=request.node.name[-24:].strip("_").replace("_", "-"))["secret"]


def counted(api, key, **query):
    answer = api.ask("GET", "/v1/stats", key=key, query=query)
    assert answer.status == 200
    return answer.body


def test_a_text_is_counted_on_its_way_and_once(api, stream, key, monkeypatch):
    api.ask("POST", "/v1/messages", TEXT, key=key)
    feedback(stream.read(), CONTEXT)
    accepted = counted(api, key)["total"]
    api.work_off("sms", monkeypatch)
    feedback(stream.read(), CONTEXT)
    api.feed_back()
    last = stream.read()
    for _ in range(2):
        feedback(last, CONTEXT)

    total = counted(api, key, by="provider")["total"]

    assert (accepted["accepted"], accepted["sent"], accepted["statuses"]) == (1, 0, {})
    assert (total["accepted"], total["sent"], total["parts"]) == (1, 1, 1)
    assert total["statuses"] == {"delivered": 1}
    assert total["cost"]["amount"] != "0.00000"
    assert total["seconds_to_deliver"]["p50"] == total["seconds_to_deliver"]["p95"] > 0


def test_what_they_are_broken_down_by_is_named(api, stream, key):
    api.ask("POST", "/v1/messages", TEXT, key=key)
    feedback(stream.read(), CONTEXT)

    today = datetime.now(UTC).date().isoformat()
    for by, value in {"day": today, "channel": "sms", "region": "US", "campaign": None}.items():
        (item,) = counted(api, key, by=by)["items"]
        assert (item["value"], item["accepted"]) == (value, 1)


def test_they_are_exported_as_csv(api, stream, key):
    api.ask("POST", "/v1/messages", TEXT, key=key)
    feedback(stream.read(), CONTEXT)

    answer = api.ask("GET", "/v1/stats/export", key=key, query={"by": "channel"})

    (row,) = csv.DictReader(io.StringIO(answer.body))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert (row["channel"], row["accepted"], row["sent"], row["p50"]) == ("sms", "1", "0", "")


def test_a_change_that_cannot_be_read_holds_up_no_other(api, stream, key):
    api.ask("POST", "/v1/messages", TEXT, key=key)
    batch = stream.read()
    batch["Records"].insert(0, {"eventID": "0", "dynamodb": {"NewImage": {"timeline": {"S": "?"}}}})
    feedback(batch, CONTEXT)

    assert counted(api, key)["total"]["accepted"] == 1


def test_operators_see_it_in_metrics(api, stream, key, monkeypatch, watch):
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "feedback")
    api.ask("POST", "/v1/messages", TEXT, key=key)
    api.work_off("sms", monkeypatch)
    feedback(stream.read(), CONTEXT)
    written = [json.loads(line) for line in watch.lines if line.startswith('{"_aws"')]

    seen = {each["_aws"]["CloudWatchMetrics"][0]["Metrics"][0]["Name"]: each for each in written}
    assert {"Accepted", "SpentUsd"} <= set(seen)
    assert (seen["Accepted"]["channel"], seen["Accepted"]["Accepted"]) == ("sms", [1.0])
    assert seen["SpentUsd"]["SpentUsd"][0] > 0


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-02-30"}, "from"),
        ({"to": "2026-1-1"}, "to"),
        ({"from": "2026-01-01", "to": "2026-03-01"}, "from"),
        ({"from": "2026-01-02", "to": "2026-01-01"}, "from"),
        ({"by": "address"}, "by"),
        ({"limit": "5"}, "limit"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/stats", "/v1/stats/export"])
def test_what_cannot_be_told_is_refused_with_its_place(api, path, query, pointer):
    answer = api.ask("GET", path, query=query)

    assert (answer.status, answer.body["code"]) == (400, "invalid_parameter")
    assert [error["pointer"] for error in answer.body["errors"]] == [pointer]


def test_a_batch_costs_the_writes_that_the_readme_says(api, stream, key):
    """A transaction: a mark, and an item for all messages that have everything in common."""
    body = {"messages": [TEXT] * 50}
    assert api.ask("POST", "/v1/messages/batch", body, key=key).status == 200
    batch = stream.read()
    with Recorder([process.client("dynamodb")]) as tape:
        feedback(batch, CONTEXT)

    assert len(batch["Records"]) >= 50
    assert tape.requests == {"TransactWriteItems": 1}
    assert tape.write_units == 4
