"""Holds an answer to what the document of the API says of it."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator

from outbound.adapters.pages.reference import document


def operation_at(method: str, path: str) -> dict[str, Any] | None:
    """The operation that a request reaches; a path without a variable comes first."""
    known = document()["paths"]
    for template in sorted(known, key=lambda each: "{" in each):
        pattern = re.sub(r"\{\w+\}", "[^/]+", template)
        if re.fullmatch(pattern, path) and method.lower() in known[template]:
            operation: dict[str, Any] = known[template][method.lower()]
            return operation
    return None


def resolved(value: dict[str, Any]) -> dict[str, Any]:
    """What a value of the document refers to."""
    if "$ref" not in value:
        return value
    found: Any = document()
    for part in value["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return dict(found)


def faults_in(value: object, schema: dict[str, Any]) -> list[str]:
    """What a schema of the document objects to."""
    validator = _validator(json.dumps(schema))
    return [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(value)]


def check_answer(method: str, path: str, answer: dict[str, Any]) -> None:
    """Assert that status, headers and body are documented, and that nothing else is there."""
    operation = operation_at(method, path)
    headers = {name.lower(): value for name, value in answer["headers"].items()}
    if operation is None:
        problem = {"$ref": "#/components/schemas/Problem"}
        assert faults_in(json.loads(answer["body"]), problem) == []
        return
    said = operation["responses"].get(str(answer["statusCode"]))
    assert said is not None, f"{method} {path} doesn't document {answer['statusCode']}"
    described = resolved(said)
    _check_headers(set(headers), operation, described)
    content = described["content"][headers["content-type"]]
    body = answer["body"]
    if headers["content-type"].endswith("json"):
        body = json.loads(body)
    assert faults_in(body, content["schema"]) == []


def _check_headers(given: set[str], operation: dict[str, Any], said: dict[str, Any]) -> None:
    documented = {name.lower(): header for name, header in said.get("headers", {}).items()}
    if operation["security"]:
        documented |= {"ratelimit": {}, "ratelimit-policy": {}}
    needed = {name for name, header in documented.items() if header.get("required")}
    assert needed <= given <= {*documented, "content-type"}


@cache
def _validator(schema: str) -> Draft202012Validator:
    whole = {"components": document()["components"], **json.loads(schema)}
    return Draft202012Validator(whole, validate_formats=True)
