"""Receipts, and what the stream of messages brings of them to be counted."""

from __future__ import annotations

import itertools
import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from functions.feedback.handler import handler as feedback
from tests.aws import RECEIPTS_ARN
from tests.benchmarks.cases import Case, done, following
from tests.functions.streamed import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.cases import Bench

CONTEXT: Any = SimpleNamespace(aws_request_id="bench", get_remaining_time_in_millis=lambda: 100_000)
BATCH = 100
LOGGED = ("success", "failure")


def applied(bench: Bench, name: str) -> Case:
    """The last receipts of what was delivered, applied."""
    return _applied(_bodies(bench), name)


def applied_and_counted(bench: Bench, name: str) -> Iterator[Case]:
    """The same; then a batch of the stream, with what a hundred of them have changed."""
    bodies = _bodies(bench)
    yield _applied(bodies, name)
    stream = Stream()
    stream.read()
    for body in bodies[:BATCH]:
        _apply(body)
    changes, number = stream.read()["Records"], itertools.count()

    def run() -> None:
        # A batch is counted once by its name, which is that of its first record.
        changes[0]["eventID"] = f"bench {name} {next(number)}"
        assert feedback({"Records": changes}, CONTEXT) is None

    yield Case(f"count, {len(changes)} receipts, {name}", run, len(changes))


def _applied(bodies: list[str], name: str) -> Case:
    def run() -> None:
        _apply(following(bodies))

    return Case(f"receipt, {name}", run)


def _bodies(bench: Bench) -> list[str]:
    bench.receipts.clear()
    bench.carrier.play_receipts()
    last = {each.provider_id: each for each in bench.receipts if each.route not in LOGGED}
    return [json.dumps(each.body) for each in last.values()]


def _apply(body: str) -> None:
    record = {"messageId": "1", "body": body, "eventSourceARN": RECEIPTS_ARN}
    done(feedback({"Records": [record]}, CONTEXT))
