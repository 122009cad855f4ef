"""Answers of AWS, recorded once and played again: so that only our own CPU is measured."""

from __future__ import annotations

import json
from collections import Counter, deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from tests.benchmarks import units

if TYPE_CHECKING:
    from collections.abc import Iterator

SKIPPED = ("GetSecretValue",)
KEYED = "GetItem"


def place(name: str, body: Any) -> str:
    """What is looked at isn't always looked at equally often: its process may know it still."""
    if name != KEYED:
        return name
    return f"{name} {json.dumps(json.loads(body)['Key'], sort_keys=True)}"


class _Body(BytesIO):
    def stream(self, **_: Any) -> Iterator[bytes]:
        while chunk := self.read(65_536):
            yield chunk


@dataclass
class Tape:
    """What was asked and answered, by operation; playing goes round and round.

    `requests` and `write_units` are of the last run alone, when all that is kept for a while is.
    """

    answers: dict[str, deque[tuple[int, dict[str, str], bytes]]] = field(default_factory=dict)
    requests: Counter[str] = field(default_factory=Counter)
    write_units: int = 0

    def begin(self) -> None:
        """Count anew."""
        self.requests.clear()
        self.write_units = 0

    def record(self, model: Any, params: Any, http: Any, parsed: Any) -> None:
        """Keep an answer as it came."""
        if model.name not in SKIPPED:
            self.requests[model.name] += 1
        self.write_units += units.written(model.name, params, parsed)
        kept = self.answers.setdefault(place(model.name, params.get("body")), deque())
        kept.append((http.status_code, dict(http.headers), http.content))

    def next(self, name: str) -> tuple[int, dict[str, str], bytes]:
        """The next answer to an operation; after the last comes the first again."""
        kept = self.answers[name]
        kept.rotate(-1)
        return kept[-1]

    def play(self, request: Any, event_name: str, **_: Any) -> AWSResponse:
        """The next answer to this operation, without a socket."""
        name = place(event_name.rpartition(".")[2], request.body)
        status, headers, content = self.next(name)
        return AWSResponse(request.url, status, HTTPHeaders.from_dict(headers), _Body(content))


@dataclass
class Recorder:
    """Watches clients while a case runs once, then answers them itself."""

    clients: list[Any]
    tape: Tape = field(default_factory=Tape)

    def __enter__(self) -> Tape:
        for client in self.clients:
            client.meta.events.register("before-call", self._before)
            client.meta.events.register("after-call", self._after)
        return self.tape

    def __exit__(self, *_: object) -> None:
        for client in self.clients:
            client.meta.events.unregister("before-call", self._before)
            client.meta.events.unregister("after-call", self._after)

    def _before(self, model: Any, params: Any, context: Any, **_: Any) -> None:
        context["asked"] = params

    def _after(self, model: Any, http_response: Any, parsed: Any, context: Any, **_: Any) -> None:
        self.tape.record(model, context["asked"], http_response, parsed)


@contextmanager
def playing(tape: Tape, clients: list[Any]) -> Iterator[None]:
    """The tape answers all that these clients ask."""
    for client in clients:
        client.meta.events.register("before-send", tape.play)
    yield
    for client in clients:
        client.meta.events.unregister("before-send", tape.play)
