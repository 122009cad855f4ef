"""The client keeps each field that the API answers with; the examples of its document have them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from pydantic import BaseModel

from outbound_client import OutboundClient, UnreadableAnswer
from tests.unit.client.every import DOCUMENT, NO_CALL, arguments_of, first_requests, is_asked

if TYPE_CHECKING:
    from collections.abc import Iterator

SEVERAL_ANSWERS = {"wait_for", "iterate_messages", "iterate_reminders"}
LEFT_OUT = {"dry_run"}  # A dry run has a model of its own.


def examples() -> list[Any]:
    """Operations and examples of their answers."""
    paths = json.loads(DOCUMENT.read_text(encoding="utf-8"))["paths"]
    return [
        pytest.param(operation["operationId"], example["value"], id=operation["operationId"])
        for methods in paths.values()
        for operation in methods.values()
        if operation["operationId"] not in NO_CALL
        for status, answer in operation["responses"].items()
        if status.startswith("2")
        for content in answer.get("content", {}).values()
        for example in content.get("examples", {}).values()
        if not isinstance(example["value"], str)
    ]


@pytest.fixture(scope="module")
def read():
    """What a call makes of an answer."""
    answers: list[Any] = []
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=answers[-1]))
    with OutboundClient("https://x.example.com", "key", transport=transport) as client:

        def read(name: str, answer: Any) -> Any:
            answers.append(answer)
            got = getattr(client, name)(**arguments_of(name))
            return got if isinstance(got, BaseModel | str) else list(got)

        yield read


@pytest.mark.parametrize(("operation", "example"), examples())
def test_every_field_of_an_answer_is_kept(read, operation, example):
    lost = []
    for name, request in first_requests().items():
        if is_asked(operation, request) and name not in SEVERAL_ANSWERS:
            try:
                lost.append([*missing(example, plain(read(name, example), example))])
            except UnreadableAnswer:
                lost.append([name])
    assert [] in lost, lost


def plain(got: Any, example: Any) -> Any:
    """What a call gave, in the form of its answer; alone, what was alone in it."""
    if isinstance(got, BaseModel):
        return got.model_dump(mode="json", by_alias=True)
    if isinstance(got, str):
        return dict.fromkeys(example, got)
    items = [plain(each, example) for each in got]
    return {"items": items, "next_cursor": None} if "items" in example else items[0]


def missing(example: Any, got: Any, place: str = "") -> Iterator[str]:
    """The places of an example that are not in what was made of it."""
    if isinstance(example, dict):
        # An item of a batch has its message under a name.
        kinds = [got.get(kind) for kind in ("message", "route", "reminder") if "index" in example]
        fields = got | next(filter(None, kinds), {})
        for name in example.keys() - LEFT_OUT:
            if name in fields:
                yield from missing(example[name], fields[name], f"{place}/{name}")
            else:
                yield f"{place}/{name}"
    elif isinstance(example, list):
        for index, (each, other) in enumerate(zip(example, got, strict=True)):
            yield from missing(each, other, f"{place}/{index}")
