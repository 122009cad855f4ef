"""The document: all operations, schemas and problems together."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contents import MODELS
from outbound.adapters.api.contract import (
    alerts,
    answers,
    budgets,
    campaign_schema,
    campaigns,
    checks,
    contact_schema,
    contacts,
    content_schema,
    coupons,
    event_rules,
    evidence,
    imports,
    keys,
    media,
    message_schema,
    message_words,
    messages,
    permission,
    previews,
    prices,
    programmes,
    public,
    reminders,
    routes,
    segments,
    settings,
    stats,
    templates,
    testers,
    webhooks,
)
from outbound.adapters.api.contract.message_examples import MISSING
from outbound.adapters.api.contract.paths import paths_of
from outbound.adapters.api.contract.schemas import schemas_of
from outbound.adapters.api.import_requests import ReminderImportModel
from outbound.adapters.api.message_request import ItemModel
from outbound.adapters.api.problems import PROBLEMS
from outbound.adapters.api.reminder_models import ReminderItemModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from outbound.adapters.api.contract.operation import Operation
    from outbound.adapters.api.contract.schemas import Refine

OPERATIONS: tuple[Operation, ...] = (
    *messages.OPERATIONS,
    *evidence.OPERATIONS,
    *routes.OPERATIONS,
    *templates.OPERATIONS,
    *previews.OPERATIONS,
    *media.OPERATIONS,
    *coupons.OPERATIONS,
    *campaigns.OPERATIONS,
    *alerts.OPERATIONS,
    *reminders.OPERATIONS,
    *contacts.OPERATIONS,
    *checks.OPERATIONS,
    *imports.OPERATIONS,
    *segments.OPERATIONS,
    *event_rules.OPERATIONS,
    *permission.OPERATIONS,
    *programmes.OPERATIONS,
    *keys.OPERATIONS,
    *settings.OPERATIONS,
    *stats.OPERATIONS,
    *budgets.OPERATIONS,
    *testers.OPERATIONS,
    *webhooks.OPERATIONS,
    *prices.OPERATIONS,
    *public.OPERATIONS,
)
REFINEMENTS: Mapping[str, Refine] = {
    **message_schema.REFINEMENTS,
    **content_schema.REFINEMENTS,
    **templates.REFINEMENTS,
    **keys.REFINEMENTS,
    **campaign_schema.REFINEMENTS,
    **alerts.REFINEMENTS,
    **reminders.REFINEMENTS,
    **contact_schema.REFINEMENTS,
    **checks.REFINEMENTS,
    **segments.REFINEMENTS,
    **imports.REFINEMENTS,
    **event_rules.REFINEMENTS,
    **permission.REFINEMENTS,
    **settings.REFINEMENTS,
    **testers.REFINEMENTS,
    **webhooks.REFINEMENTS,
    # Last: the others take it apart.
    "Route": message_schema.refine_route,
}
WORDS = {
    **message_words.WORDS,
    **templates.WORDS,
    **evidence.WORDS,
    **media.WORDS,
    **coupons.WORDS,
    **keys.WORDS,
    **campaigns.WORDS,
    **alerts.WORDS,
    **reminders.WORDS,
    **contacts.WORDS,
    **checks.WORDS,
    **imports.WORDS,
    **segments.WORDS,
    **event_rules.WORDS,
    **permission.WORDS,
    **programmes.WORDS,
    **settings.WORDS,
    **budgets.WORDS,
    **previews.WORDS,
    **testers.WORDS,
    **webhooks.WORDS,
}
ALSO: tuple[type[BaseModel], ...] = (
    *MODELS.values(),
    ItemModel,
    ReminderImportModel,
    ReminderItemModel,
    answers.Problem,
)
"""What is read or answered as a part of something else."""
FOLDER = Path(__file__).parent
KEY = "An API key, `ob_live_…` or `ob_test_…`. The roles an operation asks for are scopes of keys."


def document() -> dict[str, Any]:
    """OpenAPI 3.1, of plain dicts and lists."""
    bodies = {operation.body.model for operation in OPERATIONS if operation.body}
    answered = {
        answer.model for each in OPERATIONS for answer in each.answers if answer.model is not None
    }
    models: set[type[BaseModel]] = {*bodies, *answered, *ALSO}
    ordered = sorted(models, key=_name)
    paths, problems = paths_of(OPERATIONS, bodies)
    schemas = schemas_of(ordered, bodies, REFINEMENTS, WORDS)
    schemas["Problem"]["examples"] = [MISSING]
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
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": problems,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": KEY}},
        },
        "x-problems": _problems(),
    }


def _name(model: type[BaseModel]) -> str:
    return model.__name__


def _problems() -> dict[str, Any]:
    advice = tomllib.loads((FOLDER / "advice.toml").read_text())
    return {
        code: {"status": status, "title": title, "advice": advice[code]}
        for code, (status, title) in PROBLEMS.items()
    }
