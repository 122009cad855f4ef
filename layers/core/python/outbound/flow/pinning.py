"""Which content a message is pinned to: its own, or a version of a stored template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.content import Content, TemplateRef
from outbound.domain.errors import refused_at

if TYPE_CHECKING:
    from outbound.domain.content import Body
    from outbound.domain.message import Message
    from outbound.flow.intake import Request
    from outbound.ports import Templates


@dataclass(frozen=True, slots=True)
class Pinned:
    """A content, the version it comes from, and where the request named it."""

    content: Content
    template: TemplateRef | None
    pointer: str


def pin(request: Request, tenant: str, templates: Templates) -> Pinned:
    """The content of a request.

    Raises:
        Refusal: there is no such template, or it isn't for this purpose or channel.
    """
    if request.content is not None:
        return Pinned(request.content, None, "/content")
    assert request.template is not None
    template_id, version = request.template
    template = templates.get(tenant, template_id, version)
    if template is None:
        which = "id" if version is None else "id and version"
        raise refused_at("/template", "unknown_template", f"No template has this {which}.")
    if template.purpose is not request.purpose:
        message = f"The template is for {template.purpose} messages; purpose must say the same."
        raise refused_at("/purpose", "wrong_purpose", message)
    content = template.contents.get(request.channel)
    if content is None:
        has = ", ".join(sorted(template.contents))
        message = f"The template has no content for {request.channel}; it has it for: {has}."
        raise refused_at("/channel", "channel_without_content", message)
    return Pinned(content, TemplateRef(template.id, template.version), "/template")


def pinned_content(body: Body, message: Message, templates: Templates) -> Content:
    """The content of the version that a message is pinned to; versions are never removed."""
    assert body.template is not None
    ref = body.template
    template = templates.get(message.tenant, ref.id, ref.version)
    if template is None:
        raise LookupError(f"template version {ref.version} of a message is gone")
    return template.contents[message.channel]
