"""The operations on templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.catalog_requests import TemplateBodyModel
from outbound.adapters.api.contract import catalog_answers as answers
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import schema_of
from outbound.adapters.api.contract.schemas import ref
from outbound.adapters.api.identifiers import TemplateId
from outbound.domain.words import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

APPOINTMENT: dict[str, Any] = {
    "purpose": "informational",
    "channels": {
        "sms": {"text": "{{ name }}, we expect you on {{ day }}."},
        "email": {
            "subject": "Your appointment on {{ day }}",
            "text": "Dear {{ name }}, we expect you on {{ day }}.",
        },
    },
}
STORED = {
    "id": "appointment",
    "version": 3,
    **APPOINTMENT,
    "created_at": "2026-11-23T16:40:00.123Z",
}
VERSIONS = {"A version": STORED}
WORDS = {
    "TemplateBodyRequest": {
        "purpose": "The only purpose it may be sent for.",
        "channels": "What it says, by channel; at least one.",
    },
}
TEMPLATE_PATH = Parameter(
    "id", "path", "The template; you choose its id.", schema_of(TemplateId), "appointment"
)
VERSION = Parameter(
    "version",
    "query",
    "A version; the latest, if not given.",
    {"type": "integer", "minimum": 1, "maximum": 99_999_999},
)
LINKS = {"getTemplate": {"id": "$response.body#/id"}}

OPERATIONS = (
    Operation(
        id="putTemplate",
        method="PUT",
        path="/v1/templates/{id}",
        tag="Templates",
        summary="Make a version of a template",
        description="Messages stay pinned to the version they were accepted with. The same "
        "content once more makes no new version.",
        scope=Scope.TEMPLATES_WRITE,
        parameters=(TEMPLATE_PATH,),
        body=Body(TemplateBodyModel, {"An appointment": APPOINTMENT}),
        answers=(
            Answer(201, "A new version.", answers.TemplateVersion, VERSIONS, links=LINKS),
            Answer(200, "The latest version says this already.", answers.TemplateVersion, VERSIONS),
        ),
        problems=("invalid_template", "template_too_large", "sender_not_allowed"),
    ),
    Operation(
        id="getTemplate",
        method="GET",
        path="/v1/templates/{id}",
        tag="Templates",
        summary="Look at a template",
        description="The latest version, or the one you ask for.",
        scope=Scope.TEMPLATES_READ,
        parameters=(TEMPLATE_PATH, VERSION),
        answers=(Answer(200, "The version.", answers.TemplateVersion, VERSIONS),),
        problems=("invalid_request", "invalid_parameter", "unknown_template_id"),
    ),
)


def refine_template(schema: Schema, _: dict[str, Schema]) -> Schema:
    """Its channels are read one by one, each by a model of its own."""
    channels = schema["properties"]["channels"]
    schema["properties"]["channels"] = {
        **ref("Contents"),
        "description": channels["description"],
        "minProperties": 1,
    }
    return schema


REFINEMENTS: Mapping[str, Refine] = {"TemplateBodyRequest": refine_template}
