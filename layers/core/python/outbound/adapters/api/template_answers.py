"""What the API says of templates."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contents import content_body
from outbound.adapters.api.findings import findings_body
from outbound.adapters.api.paging import cursor_of
from outbound.domain.instant import rfc3339

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.content import Content
    from outbound.domain.template import Head
    from outbound.domain.words import Channel
    from outbound.flow.manage.templates import Stored
    from outbound.ports import HeadPage, VersionPage


def template_body(stored: Stored) -> dict[str, Any]:
    """A version of a template."""
    template = stored.template
    return {
        "id": template.id,
        "version": template.version,
        "published": stored.published,
        "purpose": template.purpose,
        "partial": template.purpose is None,
        "channels": _channels(template.contents),
        "locale": template.locale,
        "locales": {
            locale: _channels(contents) for locale, contents in template.translations.items()
        },
        "variables": {name: asdict(each) for name, each in template.variables.items()},
        "parts": {name: part.version for name, part in template.parts.items()},
        "created_at": rfc3339(template.created_at),
    }


def looked_at_body(stored: Stored) -> dict[str, Any]:
    """A version that was stored or published, with what was found in it."""
    return {**template_body(stored), "findings": findings_body(stored.findings)}


def head_body(head: Head) -> dict[str, Any]:
    """A template beside its versions."""
    return {
        "id": head.id,
        "purpose": head.purpose,
        "partial": head.purpose is None,
        "latest": head.latest,
        "published": head.published,
        "updated_at": rfc3339(head.updated_at) if head.updated_at else None,
    }


def heads_body(page: HeadPage) -> dict[str, Any]:
    """A page of templates."""
    return {
        "items": [head_body(head) for head in page.heads],
        "next_cursor": cursor_of(page.after),
    }


def versions_body(head: Head, page: VersionPage) -> dict[str, Any]:
    """A page of versions."""
    items = [
        {"version": version, "published": version == head.published, "created_at": rfc3339(at)}
        for version, at in page.versions
    ]
    return {"items": items, "next_cursor": cursor_of(str(page.before) if page.before else None)}


def _channels(contents: Mapping[Channel, Content]) -> dict[str, Any]:
    return {channel: content_body(content) for channel, content in contents.items()}
