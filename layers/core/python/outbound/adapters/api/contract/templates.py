"""The operations on templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contract import template_answers as answers
from outbound.adapters.api.contract.content_schema import ONE_LINE, refine_email
from outbound.adapters.api.contract.message_words import WORDS as MESSAGE_WORDS
from outbound.adapters.api.contract.operation import Answer, Body, Operation, Parameter
from outbound.adapters.api.contract.parameters import CURSOR, LIMIT, PAGING_PROBLEMS, schema_of
from outbound.adapters.api.contract.schemas import ref, shape, variant
from outbound.adapters.api.identifiers import TemplateId
from outbound.adapters.api.template_requests import PublishModel, TemplateBodyModel
from outbound.domain.locale import PATTERN
from outbound.domain.variable import NAME
from outbound.domain.words import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.api.contract.schemas import Refine, Schema

TAG = "Templates"
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
INVOICE: dict[str, Any] = {
    "purpose": "transactional",
    "channels": {"sms": {"text": "{{ amount|money('EUR') }} are due on {{ day|date }}."}},
    "locales": {
        "de": {"sms": {"text": "{{ amount|money('EUR') }} sind am {{ day|date }} fällig."}}
    },
    "variables": {
        "amount": {"type": "number", "example": 12.5},
        "day": {"type": "date", "example": "2026-12-24"},
    },
    "publish": False,
}
LAYOUT: dict[str, Any] = {
    "partial": True,
    "channels": {
        "email": {
            "mjml": "<mjml><mj-body><mj-section><mj-column><mj-text>{% block content %}"
            "{% endblock %}</mj-text></mj-column></mj-section></mj-body></mjml>"
        }
    },
}
FOOTER: dict[str, Any] = {
    "partial": True,
    "channels": {"email": {"html": "<p>{{ organisation.name }}</p>"}},
}
STORED = {
    "id": "appointment",
    "version": 3,
    "published": True,
    "partial": False,
    **APPOINTMENT,
    "locale": "en",
    "locales": {},
    "variables": {},
    "parts": {},
    "created_at": "2026-11-23T16:40:00.123Z",
}
HEAD = {
    "id": "appointment",
    "purpose": "informational",
    "partial": False,
    "latest": 3,
    "published": 3,
    "updated_at": "2026-11-23T16:40:00.123Z",
}
LISTED = {"version": 3, "published": True, "created_at": "2026-11-23T16:40:00.123Z"}
VERSIONS = {"A version": STORED}
LOOKED_AT = {"A version": {**STORED, "findings": []}}
WORDS = {
    "TemplateBodyRequest": {
        "purpose": "The only purpose it may be sent for.",
        "partial": "A layout or part that others extend or include; never sent by itself.",
        "channels": "What it says, by channel; at least one.",
        "locale": "The locale of `channels`.",
        "locales": "What it says in other locales, by locale and channel. Who reads `fr-CA` gets "
        "`fr-CA`, else `fr`, else `channels`.",
        "variables": "The variables that data must have, by name. Where some are declared, all "
        "that are used must be.",
        "publish": "Whether this version is sent where none is named.",
    },
    "Variable": {
        "type": "What it holds: `date` is 2026-12-24, `time` 09:30, `datetime` an RFC 3339 time, "
        "`url` an https link.",
        "required": "Whether data must have it.",
        "default": "What it is where data don't have it: then it is never missing.",
        "example": "What it may be, for previews.",
        "sensitive": "It must not be seen or heard by others, like a drug's name: it is refused in "
        "texts, calls and subjects.",
    },
    "PartialSms": {"text": "What stands in texts."},
    "PartialEmail": {
        "subject": "What stands in subjects.",
        "text": "What stands in the text part.",
        "html": "What stands in the HTML.",
        "mjml": "A whole layout in MJML, with blocks; or else `html`.",
    },
    "TemplateEmail": {
        **MESSAGE_WORDS["Email"],
        "text": "A template. If not given, one is made of html or mjml that says the same.",
        "html": "A template; variables are escaped. Styles are inlined when it is stored.",
        "mjml": "The same in MJML, compiled when it is stored; or else `html`. Layouts that it "
        "extends are MJML too.",
        "preheader": "A template of one line, which lists of emails show beside the subject.",
    },
    "PartialVoice": {"text": "What is said.", "ssml": "What stands in SSML."},
    "PublishRequest": {"version": "The version."},
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
MADE = {
    name: {"id": "$response.body#/id"}
    for name in ("getTemplate", "listTemplateVersions", "publishTemplate", "withdrawTemplate")
}

OPERATIONS = (
    Operation(
        id="putTemplate",
        method="PUT",
        path="/v1/templates/{id}",
        tag=TAG,
        summary="Make a version of a template",
        description="Messages stay pinned to the version they were accepted with. The same "
        "content once more makes no new version. A body may extend and include others of your "
        'templates: `{% extends "base" %}` takes the same body of the same channel of the '
        "template `base`, in its published version, and keeps it.",
        scope=Scope.TEMPLATES_WRITE,
        parameters=(TEMPLATE_PATH,),
        body=Body(
            TemplateBodyModel,
            {
                "An appointment": APPOINTMENT,
                "In two languages": INVOICE,
                "A layout in MJML": LAYOUT,
                "A footer": FOOTER,
            },
        ),
        answers=(
            Answer(201, "A new version.", answers.LookedAtTemplate, LOOKED_AT, links=MADE),
            Answer(
                200, "The latest version says this already.", answers.LookedAtTemplate, LOOKED_AT
            ),
        ),
        problems=(
            "broken_rule",
            "invalid_markup",
            "invalid_template",
            "reserved_name",
            "sender_not_allowed",
            "sensitive_variable",
            "template_too_large",
        ),
    ),
    Operation(
        id="listTemplates",
        method="GET",
        path="/v1/templates",
        tag=TAG,
        summary="List your templates",
        description="In the order of their ids.",
        scope=Scope.TEMPLATES_READ,
        parameters=(LIMIT, CURSOR),
        answers=(
            Answer(
                200,
                "A page of them.",
                answers.TemplateList,
                {"One template": {"items": [HEAD], "next_cursor": None}},
            ),
        ),
        problems=PAGING_PROBLEMS,
    ),
    Operation(
        id="getTemplate",
        method="GET",
        path="/v1/templates/{id}",
        tag=TAG,
        summary="Look at a template",
        description="The latest version, or the one you ask for.",
        scope=Scope.TEMPLATES_READ,
        parameters=(TEMPLATE_PATH, VERSION),
        answers=(Answer(200, "The version.", answers.TemplateVersion, VERSIONS),),
        problems=("invalid_request", "invalid_parameter", "unknown_template_id"),
    ),
    Operation(
        id="listTemplateVersions",
        method="GET",
        path="/v1/templates/{id}/versions",
        tag=TAG,
        summary="List the versions of a template",
        description="Newest first.",
        scope=Scope.TEMPLATES_READ,
        parameters=(TEMPLATE_PATH, LIMIT, CURSOR),
        answers=(
            Answer(
                200,
                "A page of them.",
                answers.VersionList,
                {"One version": {"items": [LISTED], "next_cursor": None}},
            ),
        ),
        problems=("invalid_request", *PAGING_PROBLEMS, "unknown_template_id"),
    ),
    Operation(
        id="publishTemplate",
        method="POST",
        path="/v1/templates/{id}/publish",
        tag=TAG,
        summary="Publish a version of a template",
        description="It is sent from now on where no version is named; an earlier version takes "
        "back what came after it. What was accepted before stays with its version.",
        scope=Scope.TEMPLATES_WRITE,
        parameters=(TEMPLATE_PATH,),
        body=Body(PublishModel, {"The first": {"version": 1}}),
        answers=(Answer(200, "The version.", answers.LookedAtTemplate, LOOKED_AT),),
        problems=("unknown_template_id", "broken_rule"),
    ),
    Operation(
        id="withdrawTemplate",
        method="DELETE",
        path="/v1/templates/{id}",
        tag=TAG,
        summary="Withdraw a template",
        description="No version is published any longer, so it is sent only where a version is "
        "named. Its versions stay: messages that were accepted need them, and publishing one "
        "brings the template back.",
        scope=Scope.TEMPLATES_WRITE,
        parameters=(TEMPLATE_PATH,),
        answers=(
            Answer(
                200,
                "The template.",
                answers.TemplateHead,
                {"Withdrawn": {**HEAD, "published": None}},
            ),
        ),
        problems=("invalid_request", "unknown_template_id"),
    ),
)


def refine_template(schema: Schema, _: dict[str, Schema]) -> Schema:
    """Something to send has a purpose, a layout or part has none; each has its own contents."""
    said = schema["properties"]
    (variable,) = said["variables"].pop("patternProperties").values()
    said["variables"] |= {"propertyNames": {"pattern": NAME}, "additionalProperties": variable}
    kinds = []
    for contents, needed, absent, partial in (
        ("Contents", ["purpose"], [], False),
        ("PartialContents", ["partial"], ["purpose"], True),
    ):
        channels = {**ref(contents), "minProperties": 1}
        locales = {
            "type": "object",
            "propertyNames": {"pattern": PATTERN},
            "additionalProperties": channels,
            "maxProperties": said["locales"]["maxProperties"],
        }
        own = {
            "channels": channels,
            "locales": locales,
            "partial": {"type": "boolean", "const": partial},
        }
        kinds.append(variant(schema, needed, absent, **own))
    return {"description": schema["description"], "oneOf": kinds}


def refine_template_email(schema: Schema, schemas: dict[str, Schema]) -> Schema:
    """A text, html or mjml; a preheader only before the last two."""
    refine_email(schema, schemas)
    shape(schema, "preheader", pattern=ONE_LINE)
    kinds = [
        variant(schema, ["text"], ["html", "mjml", "preheader"]),
        variant(schema, ["html"], ["mjml"]),
        variant(schema, ["mjml"], ["html"]),
    ]
    return {"description": schema["description"], "oneOf": kinds}


def refine_partial_email(schema: Schema, _: dict[str, Schema]) -> Schema:
    """One of its bodies at least; not both html and mjml; subject and preheader in one line."""
    for name in ("subject", "preheader"):
        if name in schema["properties"]:
            shape(schema, name, pattern=ONE_LINE)
    kinds = [
        variant(schema, ["html"], ["mjml"]),
        variant(schema, ["mjml"], ["html"]),
        variant(schema, ["subject"], ["html", "mjml"]),
        variant(schema, ["text"], ["html", "mjml"]),
    ]
    return {"description": schema["description"], "anyOf": kinds}


def refine_partial_voice(schema: Schema, _: dict[str, Schema]) -> Schema:
    """One of its bodies at least."""
    return _some_of(schema, "text", "ssml")


def _some_of(schema: Schema, *names: str) -> Schema:
    kinds = [variant(schema, [name]) for name in names]
    return {"description": schema["description"], "anyOf": kinds}


REFINEMENTS: Mapping[str, Refine] = {
    "TemplateBodyRequest": refine_template,
    "TemplateEmail": refine_template_email,
    "PartialEmail": refine_partial_email,
    "PartialVoice": refine_partial_voice,
}
