"""How a version of a template is written down: one item, its texts as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.content_item import content_item, content_of
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.locale import DEFAULT
from outbound.domain.template import Head, Part, Template, put_together
from outbound.domain.variable import Variable, VariableType
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.content import Content


def template_item(template: Template) -> dict[str, Any]:
    """A version without its keys; what it doesn't have is left out."""
    translations = {
        locale: _contents(contents) for locale, contents in template.translations.items()
    }
    variables = {name: asdict(variable) for name, variable in template.variables.items()}
    parts = {name: asdict(part) for name, part in template.parts.items()}
    return {
        "purpose": template.purpose,
        "contents": _text(_contents(template.contents)),
        "created_at": rfc3339(template.created_at),
        "locale": template.locale if template.locale != DEFAULT else None,
        "translations": _text(translations) if translations else None,
        "variables": _text(variables) if variables else None,
        "parts": _text(parts) if parts else None,
    }


def template_of(item: Mapping[str, Any], tenant: str, template_id: str, version: int) -> Template:
    """The version that `template_item` wrote."""
    translations, variables, parts = (
        json.loads(item.get(name, "{}")) for name in ("translations", "variables", "parts")
    )
    return put_together(
        Template(
            tenant=tenant,
            id=template_id,
            version=version,
            purpose=Purpose(item["purpose"]) if "purpose" in item else None,
            contents=_contents_of(json.loads(item["contents"])),
            created_at=parse_rfc3339(item["created_at"]),
            locale=item.get("locale", DEFAULT),
            translations={
                locale: _contents_of(contents) for locale, contents in translations.items()
            },
            variables={name: _variable_of(each) for name, each in variables.items()},
            parts={name: _part_of(each) for name, each in parts.items()},
        )
    )


def head_item(head: Head) -> dict[str, Any]:
    """A head without its partition."""
    return {
        "sk": head.id,
        "version": head.latest,
        "published": head.published or 0,
        "purpose": head.purpose,
        "updated_at": rfc3339(head.updated_at) if head.updated_at else None,
    }


def head_of(item: Mapping[str, Any]) -> Head:
    """What is known of a template; what was stored before one could publish is published."""
    latest = int(item["version"])
    at = item.get("updated_at")
    return Head(
        id=item["sk"],
        latest=latest,
        published=int(item.get("published", latest)) or None,
        purpose=Purpose(item["purpose"]) if "purpose" in item else None,
        updated_at=parse_rfc3339(at) if at else None,
    )


def _contents(contents: Mapping[Channel, Content]) -> dict[str, Any]:
    return {channel: content_item(each) for channel, each in contents.items()}


def _contents_of(item: Mapping[str, Any]) -> dict[Channel, Content]:
    return {
        Channel(channel): content_of(Channel(channel), bodies) for channel, bodies in item.items()
    }


def _variable_of(item: Mapping[str, Any]) -> Variable:
    return Variable(**{**item, "type": VariableType(item["type"])})


def _part_of(item: Mapping[str, Any]) -> Part:
    sources = {
        locale: {Channel(channel): bodies for channel, bodies in channels.items()}
        for locale, channels in item["sources"].items()
    }
    return Part(item["version"], sources)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
