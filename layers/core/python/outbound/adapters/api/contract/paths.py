"""Operations as OpenAPI writes them."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contract.operation import JSON
from outbound.adapters.api.contract.schemas import name_of, ref
from outbound.adapters.api.problems import CONTENT_TYPE, PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from pydantic import BaseModel

    from outbound.adapters.api.contract.operation import Answer, Operation, Parameter

    Bodies = Collection[type[BaseModel]]

HEADERS = {
    401: {"WWW-Authenticate": "Bearer."},
    409: {"Retry-After": "Seconds to wait before the same request is sent again."},
    429: {"Retry-After": "Seconds to wait."},
}
SHARED = (401, 413, 415, 429, 500)
LIMITED = {
    "RateLimit": "What the key has left, and for how many seconds: "
    "draft-ietf-httpapi-ratelimit-headers. Each process counts for itself.",
    "RateLimit-Policy": "What the key may do in a window.",
}
ALWAYS_THERE = ("Location", "WWW-Authenticate", "ETag", "Cache-Control", *LIMITED)


def paths_of(
    operations: Sequence[Operation], bodies: Bodies
) -> tuple[dict[str, Any], dict[str, Any]]:
    """All paths, each with its methods; and the answers that many of them share, by name."""
    shared = _shared(operations)
    paths: dict[str, Any] = {}
    for operation in operations:
        methods = paths.setdefault(operation.path, {})
        methods[operation.method.lower()] = _operation(operation, bodies, shared)
    return paths, {name: _problem(*key) for key, name in shared.items()}


def _operation(
    operation: Operation, bodies: Bodies, shared: Mapping[tuple[int, tuple[str, ...]], str]
) -> dict[str, Any]:
    written: dict[str, Any] = {
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": operation.description,
        "security": [{"key": [operation.scope]}] if operation.scope else [],
    }
    if operation.parameters:
        written["parameters"] = [_parameter(each) for each in operation.parameters]
    if operation.body:
        written["requestBody"] = {
            "required": operation.body.required,
            "content": {
                JSON: {
                    "schema": ref(name_of(operation.body.model, bodies)),
                    "examples": _examples(operation.body.examples),
                },
                **{
                    kind: {"schema": {"type": "string"}, "examples": _examples(examples)}
                    for kind, examples in operation.body.also.items()
                },
            },
        }
    limited = LIMITED if operation.scope else {}
    answers = {str(each.status): _answer(each, bodies, limited) for each in operation.answers}
    for status, codes in _grouped(operation.all_problems).items():
        name = shared.get((status, codes))
        answers[str(status)] = (
            {"$ref": f"#/components/responses/{name}"} if name else _problem(status, codes)
        )
    return {**written, "responses": answers}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    written = {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.required or parameter.place == "path",
        "description": parameter.description,
        "schema": dict(parameter.schema),
    }
    if parameter.schema.get("type") == "array":
        written |= {"style": "form", "explode": False}
    return written if parameter.example is None else {**written, "example": parameter.example}


def _answer(answer: Answer, bodies: Bodies, limited: Mapping[str, str]) -> dict[str, Any]:
    written: dict[str, Any] = {"description": answer.description}
    if answer.headers or limited:
        written["headers"] = _headers({**answer.headers, **limited})
    if answer.model is not None:
        schema = ref(name_of(answer.model, bodies))
        written["content"] = {JSON: {"schema": schema, "examples": _examples(answer.examples)}}
    elif answer.media_type:
        kind = "object" if answer.media_type == JSON else "string"
        written["content"] = {answer.media_type: {"schema": {"type": kind}}}
    if answer.links:
        written["links"] = {
            name: {"operationId": name, "parameters": dict(parameters)}
            for name, parameters in answer.links.items()
        }
    return written


def _grouped(codes: Iterable[str]) -> dict[int, tuple[str, ...]]:
    """Codes by their status."""

    def status(code: str) -> int:
        return PROBLEMS[code][0]

    ordered = sorted(codes, key=status)
    return {number: tuple(group) for number, group in groupby(ordered, key=status)}


def _shared(operations: Iterable[Operation]) -> dict[tuple[int, tuple[str, ...]], str]:
    """The names of what most operations with a status answer with it."""
    found = Counter(each for one in operations for each in _grouped(one.all_problems).items())
    names: dict[int, tuple[int, tuple[str, ...]]] = {}
    for (status, codes), times in found.most_common():
        if times > 1 and status in SHARED:
            names.setdefault(status, (status, codes))
    return {key: f"Problem{status}" for status, key in sorted(names.items())}


def _problem(status: int, codes: tuple[str, ...]) -> dict[str, Any]:
    titles = "; ".join(f"{PROBLEMS[code][1]} (`{code}`)" for code in codes)
    written: dict[str, Any] = {"description": f"{titles}."}
    if status in HEADERS:
        written["headers"] = _headers(HEADERS[status])
    schema = {
        "allOf": [ref("Problem")],
        "properties": {"status": {"const": status}, "code": {"enum": list(codes)}},
    }
    return {**written, "content": {CONTENT_TYPE: {"schema": schema}}}


def _headers(headers: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: {
            "description": text,
            "required": name in ALWAYS_THERE,
            "schema": {"type": "integer"} if name == "Retry-After" else {"type": "string"},
        }
        for name, text in headers.items()
    }


def _examples(examples: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name.lower().replace(" ", "-"): {"summary": name, "value": value}
        for name, value in examples.items()
    }
