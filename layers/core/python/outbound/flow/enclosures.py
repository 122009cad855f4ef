"""What goes with a message is checked before it is accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from outbound.domain.address_rules import country
from outbound.domain.content import NOTHING
from outbound.domain.errors import Fault, Refusal, refused_at
from outbound.domain.media import (
    LARGEST_EMAIL,
    MEDIA_COUNTRIES,
    Media,
    MediaState,
    encoded,
)
from outbound.domain.media_types import TYPES
from outbound.domain.words import Channel
from outbound.flow.falling_back import falls_back
from outbound.flow.settling import settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.content import Content, Enclosed
    from outbound.ports import MediaCatalog, MediaFiles

LARGEST_DATA = 100_000
"""Bytes of all files in one request: it is stored with the message."""
_REFERENCE = re.compile(
    r"""(?:(?:src|href|background)\s*=\s*["']?|url\(\s*["']?)\s*cid:([^"'\s)>]+)""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MediaIntake:
    """What the check works with; `mms` is whether texts can have files here."""

    catalog: MediaCatalog
    files: MediaFiles
    mms: bool = False


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is known of a message whose enclosures are checked."""

    tenant: str
    address: Address
    expires_at: datetime
    pointer: str


def check_enclosed(
    content: Content,
    bodies: Mapping[str, str],
    envelope: Envelope,
    now: datetime,
    ports: MediaIntake,
) -> bool:
    """Check what goes with a message. Without media nothing is asked of anybody.

    Returns whether the file of a text is shown on its page instead.

    Raises:
        Refusal: something can't go with it, at its place.
    """
    enclosed = content.enclosed
    if content.channel is Channel.EMAIL:
        _check_references(enclosed, bodies.get("html", ""), envelope.pointer)
    if enclosed == NOTHING:
        return False
    if enclosed.media_id is not None and not enclosed.or_page:
        _check_mms(envelope, ports)
    found = {
        media_id: _ready(
            media_id, _place(enclosed, media_id, envelope.pointer), envelope, now, ports
        )
        for media_id in enclosed.media_ids
    }
    if falls_back(enclosed, found, envelope.address, mms=ports.mms):
        return True
    if enclosed.media_id is not None:
        _check_text_file(found[enclosed.media_id], f"{envelope.pointer}/media/media_id")
    _check_size(enclosed, bodies, found, envelope.pointer)
    return False


def check_pages(
    media_ids: Iterable[str], envelope: Envelope, now: datetime, ports: MediaIntake
) -> None:
    """Check the files to whose pages the bodies link.

    Raises:
        Refusal: one isn't there, not ready, or expires before the message.
    """
    for media_id in media_ids:
        _ready(media_id, envelope.pointer, envelope, now, ports)


def _check_references(enclosed: Enclosed, html: str, pointer: str) -> None:
    referred = {unquote(found) for found in _REFERENCE.findall(html)}
    inline = [each.content_id for each in enclosed.attachments]
    faults = [
        Fault(
            f"{pointer}/attachments/{index}/content_id",
            "invalid_content",
            "html must refer to an inline file, by cid: and its content_id.",
        )
        for index, content_id in enumerate(inline)
        if content_id is not None and content_id not in referred
    ]
    twice = [
        Fault(
            f"{pointer}/attachments/{index}/content_id",
            "invalid_content",
            "Each content_id must stand once.",
        )
        for index, content_id in enumerate(inline)
        if content_id is not None and content_id in inline[:index]
    ]
    if referred - set(inline):
        message = "html refers by cid: to a content_id that no attachment has."
        faults.append(Fault(f"{pointer}/html", "invalid_content", message))
    if faults or twice:
        raise Refusal("invalid_content", (faults + twice)[0].message, *faults, *twice)


def _check_mms(envelope: Envelope, ports: MediaIntake) -> None:
    if not ports.mms:
        message = (
            "Texts have no files here: the operator must set sms.provider to end_user_messaging "
            "and sms.origination to a number that can send them."
        )
        raise refused_at(f"{envelope.pointer}/media", "mms_not_available", message)
    if country(envelope.address) not in MEDIA_COUNTRIES:
        message = "A text with a file can only go to the United States and Canada."
        raise refused_at(f"{envelope.pointer}/media", "mms_not_available", message)


def _ready(
    media_id: str, place: str, envelope: Envelope, now: datetime, ports: MediaIntake
) -> Media:
    media = ports.catalog.get(envelope.tenant, media_id, now)
    if media is None:
        raise refused_at(place, "media_not_found", "There is no file with this id.")
    media = settled(media, ports.catalog, ports.files)
    if media.state is MediaState.WAITING:
        message = "The file has not been uploaded yet; upload it with the form of its answer."
        raise refused_at(place, "media_not_ready", message)
    if media.state is MediaState.REJECTED:
        message = "The file was rejected: it is not what was announced. Announce it again."
        raise refused_at(place, "media_not_ready", message)
    if media.expires_at < envelope.expires_at:
        message = "The file expires before the message; give it a longer expires_in."
        raise refused_at(place, "media_expires_first", message)
    return media


def _check_text_file(media: Media, place: str) -> None:
    limit = TYPES[media.type].in_text
    if limit == 0:
        takes = ", ".join(name for name, known in TYPES.items() if known.in_text)
        raise refused_at(place, "invalid_content", f"A text takes files of these types: {takes}.")
    if media.size > limit:
        message = f"A text takes {limit:,} bytes of this type."
        raise refused_at(place, "message_too_large", message)


def _check_size(
    enclosed: Enclosed, bodies: Mapping[str, str], found: Mapping[str, Media], pointer: str
) -> None:
    inline = sum(len(each.data or "") * 3 // 4 for each in enclosed.attachments)
    if inline > LARGEST_DATA:
        message = f"data may have {LARGEST_DATA:,} bytes in all; upload larger files as media."
        raise refused_at(f"{pointer}/attachments", "message_too_large", message)
    needed = [each.media_id for each in enclosed.attachments if each.media_id]
    files = sum(encoded(found[media_id].size) for media_id in needed)
    texts = sum(encoded(len(body.encode())) for body in bodies.values())
    if files + texts + encoded(inline) > LARGEST_EMAIL:
        message = f"An email may have {LARGEST_EMAIL:,} bytes with its files encoded."
        raise refused_at(f"{pointer}/attachments", "message_too_large", message)


def _place(enclosed: Enclosed, media_id: str, pointer: str) -> str:
    for index, attachment in enumerate(enclosed.attachments):
        if attachment.media_id == media_id:
            return f"{pointer}/attachments/{index}/media_id"
    return f"{pointer}/media/media_id"
