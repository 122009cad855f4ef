"""The reference as a page, written from the committed document; it has no script."""

from __future__ import annotations

import json
import re
import shlex
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HERE = Path(__file__).parent
DOCUMENT = HERE.parent / "api" / "openapi.json"
STYLE = (HERE / "style.css").read_text()


@cache
def document() -> dict[str, Any]:
    """The committed document."""
    loaded: dict[str, Any] = json.loads(DOCUMENT.read_text())
    return loaded


def reference_page() -> str:
    """All operations, problems and schemas."""
    whole = document()
    return _render(
        "reference.html",
        info=whole["info"],
        tags=[(tag["name"], list(_operations(whole, tag["name"]))) for tag in whole["tags"]],
        schemas=whole["components"]["schemas"],
        problems=whole["x-problems"],
    )


def problem_page(code: str) -> str | None:
    """What a problem means and what to do about it; None where there is no such problem."""
    problem = document()["x-problems"].get(code)
    if problem is None:
        return None
    users = [
        operation
        for tag in document()["tags"]
        for operation in _operations(document(), tag["name"])
        if code in operation["codes"]
    ]
    return _render("problem.html", code=code, problem=problem, operations=users)


def _operations(whole: Mapping[str, Any], tag: str) -> Iterator[dict[str, Any]]:
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            if tag in operation["tags"]:
                yield _shown(whole, path, method.upper(), operation)


def _shown(whole: Mapping[str, Any], path: str, method: str, one: Mapping[str, Any]) -> Any:
    answers = {
        status: _resolved(whole, answer) for status, answer in sorted(one["responses"].items())
    }
    return {
        **one,
        "path": path,
        "method": method,
        "scopes": [scope for need in one["security"] for scope in need["key"]],
        "body": next(iter(one.get("requestBody", {}).get("content", {}).values()), None),
        "curls": _curls(path, method, one),
        "answers": {status: one for status, one in answers.items() if int(status) < 400},
        "codes": [
            code
            for status, answer in answers.items()
            if int(status) >= 400
            for code in _content(answer)["schema"]["properties"]["code"]["enum"]
        ],
    }


def _content(answer: Mapping[str, Any]) -> Any:
    return next(iter(answer["content"].values()))


def _resolved(whole: Mapping[str, Any], answer: Mapping[str, Any]) -> Mapping[str, Any]:
    name = answer.get("$ref")
    if name is None:
        return answer
    resolved: Mapping[str, Any] = whole["components"]["responses"][name.rpartition("/")[2]]
    return resolved


def _curls(path: str, method: str, operation: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each example of a request as a command: (what it is, command)."""
    parameters = operation.get("parameters", [])
    query = []
    for each in parameters:
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", str(each["example"]))
        elif each["in"] == "query" and "example" in each:
            query.append(f"{each['name']}={each['example']}")
    url = f'"$OUTBOUND_URL{path}{"?" if query else ""}{"&".join(query)}"'
    lines = [f"curl -sS {'' if method in ('GET', 'POST') else f'-X {method} '}{url}"]
    if operation["security"]:
        lines.append('-H "Authorization: Bearer $OUTBOUND_KEY"')
    if any(each["name"] == "Idempotency-Key" for each in parameters):
        lines.append('-H "Idempotency-Key: $(uuidgen)"')
    body = operation.get("requestBody")
    if body is None:
        lines[1:1] = ["-X POST"] if method == "POST" else []
        return [(operation["summary"], " \\\n  ".join(lines))]
    examples = body["content"]["application/json"]["examples"].values()
    return [
        (
            each["summary"],
            " \\\n  ".join([*lines, f"--json {shlex.quote(_json(each['value'], indent=2))}"]),
        )
        for each in examples
    ]


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _prose(text: str) -> Markup:
    """Paragraphs with `code` and **bold**, as the document writes them."""
    marked = str(escape(text))
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", marked)
    marked = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", marked)
    paragraphs = "".join(f"<p>{part}</p>" for part in marked.split("\n\n"))
    return Markup(paragraphs)


def _render(name: str, **values: Any) -> str:
    return _environment().get_template(name).render(values, style=Markup(STYLE))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"prose": _prose, "as_json": _json}
    return environment
