"""How a content is written down: its bodies by name, and what is enclosed beside them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from outbound.domain.content import NOTHING, Attachment, Content, Enclosed
from outbound.domain.sender import parse
from outbound.domain.voices import VoiceChoice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.words import Channel

ENCLOSED, VOICE, LOCALE, SENDER = "enclosed", "voice", "locale", "from"
SMART, WRITTEN = "smart_encoding", "written"
"""No body has these names."""


def content_item(content: Content) -> dict[str, Any]:
    """A content as values that JSON has; what is empty is left out."""
    choice = {VOICE: content.voice.voice, LOCALE: content.voice.locale}
    sender = {SENDER: str(content.sender) if content.sender else None}
    rest = {SMART: content.smart_encoding, WRITTEN: dict(content.written)}
    item = {**content.bodies, **_without_nothing(choice | sender | rest)}
    if content.enclosed == NOTHING:
        return item
    return {**item, ENCLOSED: _without_nothing(asdict(content.enclosed))}


def content_of(channel: Channel, item: Mapping[str, Any]) -> Content:
    """The content that `content_item` wrote."""
    apart = (ENCLOSED, VOICE, LOCALE, SENDER, SMART, WRITTEN)
    bodies = {name: body for name, body in item.items() if name not in apart}
    sender = parse(item[SENDER]) if SENDER in item else None
    voice = VoiceChoice(item.get(VOICE), item.get(LOCALE))
    return Content(
        channel,
        bodies,
        _enclosed_of(item.get(ENCLOSED, {})),
        voice,
        sender,
        smart_encoding=item.get(SMART, False),
        written=item.get(WRITTEN, {}),
    )


def _enclosed_of(value: Mapping[str, Any]) -> Enclosed:
    return Enclosed(
        attachments=tuple(
            Attachment(each.pop("name", None), each.pop("type", None), **each)
            for each in map(dict, value.get("attachments", ()))
        ),
        reply_to=tuple(value.get("reply_to", ())),
        media_id=value.get("media_id"),
        or_page=value.get("or_page", False),
    )


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nothing(each) for name, each in value.items() if each}
    if isinstance(value, tuple | list):
        return [_without_nothing(each) for each in value]
    return value
