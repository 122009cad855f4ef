"""The document: all operations, schemas and problems together."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contents import MODELS
from outbound.adapters.api.contract import (
    answers,
    keys,
    message_schema,
    messages,
    public,
    templates,
)
from outbound.adapters.api.contract.paths import paths_of
from outbound.adapters.api.contract.schemas import schemas_of
from outbound.adapters.api.problems import PROBLEMS

if TYPE_CHECKING:
    from outbound.adapters.api.contract.operation import Operation

OPERATIONS: tuple[Operation, ...] = (
    *messages.OPERATIONS,
    *templates.OPERATIONS,
    *keys.OPERATIONS,
    *public.OPERATIONS,
)
REFINEMENTS = {**message_schema.REFINEMENTS, **templates.REFINEMENTS}
WORDS = {**messages.WORDS, **templates.WORDS, **keys.WORDS}
FOLDER = Path(__file__).parent
KEY = (
    "An API key, `ob_live_…` or `ob_test_…`. The roles that an operation asks for are scopes of keys."
)


def document() -> dict[str, Any]:
    """OpenAPI 3.1, of plain dicts and lists."""
    bodies = {operation.body.model for operation in OPERATIONS if operation.body}
    answered = {
        answer.model for each in OPERATIONS for answer in each.answers if answer.model is not None
    }
    models = {*bodies, *answered, *MODELS.values(), answers.Problem}
    ordered = sorted(models, key=lambda model: model.__name__)
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Outbound",
            "version": "1",
            "summary": "Outbound messaging from your own AWS account.",
            "description": (FOLDER / "introduction.md").read_text().strip(),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(each.tag for each in OPERATIONS)],
        "paths": paths_of(OPERATIONS, bodies),
        "components": {
            "schemas": schemas_of(ordered, bodies, REFINEMENTS, WORDS),
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": KEY}},
        },
        "x-problems": _problems(),
    }


def _problems() -> dict[str, Any]:
    advice = tomllib.loads((FOLDER / "advice.toml").read_text())
    return {
        code: {"status": status, "title": title, "advice": advice[code]}
        for code, (status, title) in PROBLEMS.items()
    }
