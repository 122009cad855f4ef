"""Templates, their versions and previews."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from outbound_client.models.answer import Answer
from outbound_client.models.messages import Price, SmsParts, VoiceUsed


class Finding(Answer):
    """What is wrong with a template: an `error` keeps it from being stored, a `warning` doesn't."""

    rule: str
    severity: str
    place: str
    message: str
    source: str | None = None


class Template(Answer):
    """One version of a template; a partial has no purpose, and is sent as a part of others."""

    id: str
    version: int
    purpose: str | None
    channels: Mapping[str, Mapping[str, Any]]
    created_at: datetime | None = None
    published: bool = True
    partial: bool = False
    locale: str | None = None
    locales: Mapping[str, Mapping[str, Mapping[str, Any]]] = {}
    variables: Mapping[str, Mapping[str, Any]] = {}
    parts: Mapping[str, int] = {}
    findings: tuple[Finding, ...] = ()


class TemplateHead(Answer):
    """A template beside its versions; `published` is None where none is sent by default."""

    id: str
    purpose: str | None
    partial: bool = False
    latest: int
    published: int | None
    updated_at: datetime | None = None


class TemplatePage(Answer):
    """Some of a tenant's templates, in the order of their ids."""

    items: tuple[TemplateHead, ...]
    next_cursor: str | None = None


class TemplateVersion(Answer):
    """A version in a list."""

    version: int
    published: bool
    created_at: datetime


class TemplateVersionPage(Answer):
    """Some versions of a template, newest first."""

    items: tuple[TemplateVersion, ...]
    next_cursor: str | None = None


class PreviewedTemplate(Answer):
    """The version that a preview shows."""

    id: str
    version: int


class Preview(Answer):
    """A template as somebody would get it; `bodies`, `price` and `reading_ease` by channel."""

    template: PreviewedTemplate
    bodies: Mapping[str, Mapping[str, Any]]
    sms: SmsParts | None = None
    voice: VoiceUsed | None = None
    price: Mapping[str, Price | None]
    reading_ease: Mapping[str, int | None] = {}
    findings: tuple[Finding, ...] = ()
