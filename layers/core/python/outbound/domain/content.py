"""Content: the bodies of one channel, each of them a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outbound.domain.voices import ANY_VOICE, VoiceChoice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.words import Channel, Purpose


@dataclass(frozen=True, slots=True)
class Content:
    """The bodies: sms `text`; email `subject`, `text`, `html`; voice `text` or `ssml`.

    `voice` is for calls alone.
    """

    channel: Channel
    bodies: Mapping[str, str]
    voice: VoiceChoice = ANY_VOICE


def fields_of(content: Content) -> dict[str, str]:
    """A content as requests, answers and stores hold it: bodies and choices beside each other."""
    choice = {"voice": content.voice.voice, "locale": content.voice.locale}
    chosen = {name: value for name, value in choice.items() if value is not None}
    return {**content.bodies, **chosen}


def content_of(channel: Channel, fields: Mapping[str, str]) -> Content:
    """The content that `fields_of` gave."""
    bodies = {name: body for name, body in fields.items() if name not in ("voice", "locale")}
    return Content(channel, bodies, VoiceChoice(fields.get("voice"), fields.get("locale")))


@dataclass(frozen=True, slots=True)
class TemplateRef:
    """The version that a message is pinned to."""

    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Template:
    """A stored, immutable version: one purpose, one content per channel."""

    tenant: str
    id: str
    version: int
    purpose: Purpose
    contents: Mapping[Channel, Content]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Body:
    """What a message says before it is rendered: its own content, or the template it is pinned to.

    Exactly one of `content` and `template` is set.
    """

    content: Content | None
    template: TemplateRef | None
    data: Mapping[str, Any]
