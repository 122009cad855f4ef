"""What answers hold of templates."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from outbound.adapters.api.contents import SmsModel, VoiceModel
from outbound.adapters.api.contract.answers import ABSENT, Answered
from outbound.adapters.api.contract.pattern import Instant
from outbound.adapters.api.identifiers import Locale, TemplateId
from outbound.adapters.api.template_requests import (
    PartialEmailModel,
    PartialSmsModel,
    PartialVoiceModel,
    TemplateEmailModel,
)
from outbound.domain.lint import Severity
from outbound.domain.variable import VariableType
from outbound.domain.words import Purpose

Version = Annotated[int, Field(ge=1)]


class Contents(Answered):
    """One content for each channel the template has."""

    sms: SmsModel = ABSENT
    """A text."""
    email: TemplateEmailModel = ABSENT
    """An email."""
    voice: VoiceModel = ABSENT
    """A call."""


class PartialContents(Answered):
    """What a layout or part gives to each channel."""

    sms: PartialSmsModel = ABSENT
    """To texts."""
    email: PartialEmailModel = ABSENT
    """To emails."""
    voice: PartialVoiceModel = ABSENT
    """To calls."""


class DeclaredVariable(Answered):
    """A variable that a template declares."""

    type: VariableType
    """What it holds."""
    required: bool
    """Whether data must have it; where there is a default, they never must."""
    default: Any
    """What it is where data don't have it; null for none."""
    example: Any
    """What it may be; null for none."""
    sensitive: bool
    """Whether it may stand in no text, no call and no subject."""


class TemplateVersion(Answered):
    """A version of a template; it never changes."""

    id: TemplateId
    """Names the template."""
    version: Version
    """Counts up from 1."""
    published: bool
    """Whether it is the one that is sent where no version is named."""
    purpose: Purpose | None
    """The only purpose it may be sent for; null for a partial."""
    partial: bool
    """Whether it is a layout or part of others, and never sent by itself."""
    channels: Contents | PartialContents
    """What it says, by channel."""
    locale: Locale
    """The locale of `channels`."""
    locales: dict[str, Contents | PartialContents]
    """What it says in other locales, by locale and channel."""
    variables: dict[str, DeclaredVariable]
    """The variables it declares."""
    parts: dict[str, Version]
    """The templates it extends and includes, directly or not, in the versions it keeps."""
    created_at: Instant
    """When this version was made."""


class Finding(Answered):
    """What a rule has found."""

    rule: str
    """Names the rule; a stable word."""
    severity: Severity
    """An error keeps a template from being stored and published; a warning doesn't."""
    place: str
    """Where, as a JSON pointer: into the request's body; of a preview, into its answer."""
    message: str
    """What is wrong, and what would be right."""
    source: str | None
    """The law or principle that the rule is from; null for good sense."""


class LookedAtTemplate(TemplateVersion):
    """A version that was stored or published, and what is wrong with it."""

    findings: list[Finding]
    """What was found as far as it is known without data; all of it warnings."""


class TemplateHead(Answered):
    """A template beside its versions."""

    id: TemplateId
    """Names the template."""
    purpose: Purpose | None
    """That of the latest version; null for a partial."""
    partial: bool
    """Whether it is a layout or part of others."""
    latest: Version
    """The latest version."""
    published: Version | None
    """The version that is sent where none is named; null where there is none."""
    updated_at: Instant | None
    """When a version was last made, published or withdrawn; null where it wasn't noted."""


class TemplateList(Answered):
    """A page of templates, in the order of their ids."""

    items: list[TemplateHead]
    """The templates."""
    next_cursor: str | None
    """The `cursor` of the next page; null at the end."""


class ListedVersion(Answered):
    """A version in a list."""

    version: Version
    """Its number."""
    published: bool
    """Whether it is the published one."""
    created_at: Instant
    """When it was made."""


class VersionList(Answered):
    """A page of versions, newest first."""

    items: list[ListedVersion]
    """The versions."""
    next_cursor: str | None
    """The `cursor` of the next page; null at the end."""
