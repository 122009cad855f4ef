"""Operations as OpenAPI writes them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contract.operation import JSON
from outbound.adapters.api.contract.schemas import name_of, ref
from outbound.adapters.api.problems import CONTENT_TYPE, PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pydantic import BaseModel

    from outbound.adapters.api.contract.operation import Answer, Operation, Parameter

    Bodies = Collection[type[BaseModel]]

HEADERS = {
    401: {"WWW-Authenticate": "Bearer."},
    409: {"Retry-After": "Seconds to wait before the same request is sent again."},
}
NEVER_MISSING = ("Location", "WWW-Authenticate", "ETag", "Cache-Control")
REQUEST_ID = "8f3a2c1e-5b7d-4f60-9a1b-2c3d4e5f6a7b"


def paths_of(operations: Iterable[Operation], bodies: Bodies) -> dict[str, Any]:
    """All paths, each with its methods."""
    paths: dict[str, Any] = {}
    for operation in operations:
        methods = paths.setdefault(operation.path, {})
        methods[operation.method.lower()] = _operation(operation, bodies)
    return paths


def _operation(operation: Operation, bodies: Bodies) -> dict[str, Any]:
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
            "required": True,
            "content": {
                JSON: {
                    "schema": ref(name_of(operation.body.model, bodies)),
                    "examples": _examples(operation.body.examples),
                }
            },
        }
    answers = {str(each.status): _answer(each, bodies) for each in operation.answers}
    return {**written, "responses": {**answers, **_problems(operation.all_problems)}}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    written = {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.required or parameter.place == "path",
        "description": parameter.description,
        "schema": dict(parameter.schema),
    }
    return written if parameter.example is None else {**written, "example": parameter.example}


def _answer(answer: Answer, bodies: Bodies) -> dict[str, Any]:
    written: dict[str, Any] = {"description": answer.description}
    if answer.headers:
        written["headers"] = _headers(answer.headers)
    if answer.model is not None:
        schema = ref(name_of(answer.model, bodies))
        written["content"] = {
            JSON: {"schema": schema, "examples": _examples({"Example": answer.example})}
        }
    elif answer.media_type:
        kind = "object" if answer.media_type == JSON else "string"
        written["content"] = {answer.media_type: {"schema": {"type": kind}}}
    if answer.links:
        written["links"] = {
            name: {"operationId": name, "parameters": dict(parameters)}
            for name, parameters in answer.links.items()
        }
    return written


def _problems(codes: Iterable[str]) -> dict[str, Any]:
    def status(code: str) -> int:
        return PROBLEMS[code][0]

    return {
        str(number): _problem(number, list(group))
        for number, group in groupby(sorted(codes, key=status), key=status)
    }


def _problem(status: int, codes: list[str]) -> dict[str, Any]:
    written: dict[str, Any] = {
        "description": "; ".join(f"{PROBLEMS[code][1]} (`{code}`)" for code in codes) + ".",
    }
    if status in HEADERS:
        written["headers"] = _headers(HEADERS[status])
    schema = {
        "allOf": [ref("Problem")],
        "properties": {"status": {"const": status}, "code": {"enum": codes}},
    }
    examples = {code: _example_of(code) for code in codes}
    written["content"] = {CONTENT_TYPE: {"schema": schema, "examples": _examples(examples)}}
    return written


def _example_of(code: str) -> dict[str, Any]:
    status, title = PROBLEMS[code]
    return {
        "type": f"/problems/{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": f"{title}.",
        "request_id": REQUEST_ID,
        "errors": [],
    }


def _headers(headers: dict[str, str] | Any) -> dict[str, Any]:
    return {
        name: {
            "description": text,
            "required": name in NEVER_MISSING,
            "schema": {"type": "integer"} if name == "Retry-After" else {"type": "string"},
        }
        for name, text in headers.items()
    }


def _examples(examples: Any) -> dict[str, Any]:
    return {name.lower().replace(" ", "-"): {"summary": name, "value": value} for name, value in examples.items()}
