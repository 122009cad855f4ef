"""Which content a message is pinned to: its own, or a version of a stored template."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from outbound.domain.content import Content, TemplateRef
from outbound.domain.errors import Refusal, refused_at
from outbound.domain.locale import DEFAULT, Formatting
from outbound.domain.variable import Variable, faults_of, filled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.contact import Contact
    from outbound.domain.content import Body
    from outbound.domain.message import Message
    from outbound.domain.template import Template
    from outbound.domain.words import Channel
    from outbound.flow.intake import Request, TemplateChoice
    from outbound.ports import Organisations, Versions


TEST_TOPIC = "tester:test"
"""Of tests, which testers get whatever purpose the template is for; the API takes no such topic."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """A content, the version it comes from, where the request named it, and in which locale."""

    content: Content
    template: TemplateRef | None
    pointer: str
    locale: str | None = None
    variables: Mapping[str, Variable] = field(default_factory=dict)

    def values(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The data with the defaults of what the template declares.

        Raises:
            Refusal: a declared variable has no value, or one of another type.
        """
        values = filled(data, self.variables)
        faults = faults_of(values, self.variables)
        if faults:
            raise Refusal(faults[0].code, faults[0].message, *faults)
        return values


class Remembered:
    """Templates for the length of a request: its messages find the same ones, asked for once."""

    def __init__(self, templates: Versions):
        self.get = cache(templates.get)
        self.head = templates.head


def pin(
    request: Request, contact: Contact, templates: Versions, organisations: Organisations
) -> Pinned:
    """The content of a request, in the language of who reads it.

    Raises:
        Refusal: there is no such template, or it isn't for this purpose or channel.
    """
    if request.content is not None:
        return Pinned(request.content, None, request.content_at)
    assert request.template is not None
    template = _template(request.template, request, contact.tenant, templates)
    wanted = request.template.locale or contact.locale
    return localised(template, request.channel, wanted, contact.tenant, organisations)


def localised(
    template: Template,
    channel: Channel,
    wanted: str | None,
    tenant: str,
    organisations: Organisations,
) -> Pinned:
    """The content that a version has for a channel, in the language that is wanted, or the next.

    Raises:
        Refusal: it has none for this channel.
    """
    if wanted is None and template.translations:
        wanted = organisations.get(tenant).locale
    locale = template.locale_for(channel, wanted)
    content = template.content(channel, locale)
    if content is None:
        has = ", ".join(sorted(template.contents))
        message = f"The template has no content for {channel}; it has it for: {has}."
        raise refused_at("/channel", "channel_without_content", message)
    own = locale == template.locale
    ref = TemplateRef(template.id, template.version, None if own else locale)
    return Pinned(content, ref, "/template", locale, template.variables)


def formatting_for(pinned: Pinned, contact: Contact, organisations: Organisations) -> Formatting:
    """How values are written: for the contact, else as the tenant's settings say."""
    locale, zone = pinned.locale or contact.locale, contact.timezone
    if locale is None or zone is None:
        usual = organisations.get(contact.tenant)
        locale, zone = locale or usual.locale, zone or usual.timezone
    return Formatting(locale or DEFAULT, zone)


def pinned_content(
    body: Body, message: Message, templates: Versions
) -> tuple[Content, Mapping[str, Any]]:
    """What a message was accepted with: its content, and its data with their defaults."""
    if body.content is not None:
        return body.content, body.data
    assert body.template is not None
    ref = body.template
    template = templates.get(message.tenant, ref.id, ref.version)
    content = template.content(message.channel, ref.locale) if template else None
    if template is None or content is None:
        raise LookupError(f"template version {ref.version} of a message is gone")
    return content, filled(body.data, template.variables)


def _template(
    chosen: TemplateChoice, request: Request, tenant: str, templates: Versions
) -> Template:
    template = templates.get(tenant, chosen.id, chosen.version)
    if template is None:
        which = "has this id and version"
        if chosen.version is None:
            which = "has this id and a version that is published"
        raise refused_at("/template", "unknown_template", f"No template {which}.")
    if template.purpose is None:
        message = "The template is a part of others, and not sent by itself."
        raise refused_at("/template", "wrong_purpose", message)
    if template.purpose is not request.purpose and request.topic != TEST_TOPIC:
        message = f"The template is for {template.purpose} messages; purpose must say the same."
        raise refused_at("/purpose", "wrong_purpose", message)
    return template
