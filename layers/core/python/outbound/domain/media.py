"""Media: files that are uploaded once and go with messages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.media_types import TYPES, looks_like

if TYPE_CHECKING:
    from datetime import datetime

LARGEST = 28_000_000
"""Bytes of a file: with it, an email still is within `LARGEST_EMAIL`."""
LARGEST_PLAYED = 100_000_000
"""Bytes of a sound or film, which pages play."""
LARGEST_CAPTIONS = 1_000_000
LARGEST_EMAIL = 40_000_000
"""Bytes of an email as it travels: https://docs.aws.amazon.com/ses/latest/dg/quotas.html"""
USUALLY_KEPT, LONGEST_KEPT = timedelta(days=30), timedelta(days=366)
UPLOAD_TIME = timedelta(minutes=15)
MEDIA_COUNTRIES = ("US", "CA")
"""https://docs.aws.amazon.com/sms-voice/latest/userguide/phone-numbers-mms-by-country.html"""
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control and invisible characters; the last of a name must be seen to be the last."""
_SEPARATOR = re.compile(r"[/\\]")


class MediaState(StrEnum):
    """Whether a file may be sent: only what is ready may."""

    WAITING = "waiting"
    READY = "ready"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class OnPage:
    """What a page says beside a file: `captions_id` and `poster_id` are files of their own.

    `transcript` is what is said in it, or what a picture shows; `language` that of all of this.
    """

    title: str | None = None
    transcript: str | None = None
    captions_id: str | None = None
    poster_id: str | None = None
    language: str | None = None


NOTHING_SAID = OnPage()


@dataclass(frozen=True, slots=True)
class Media:
    """A file as it was announced, and what was found when it was looked at.

    `size` is in bytes, `sha256` in hex. `reason` is why it was rejected. `contact_key` is that of
    the contact it is about, if it is about one: then it is erased with them.
    """

    tenant: str
    id: str
    name: str
    type: str
    size: int
    sha256: str | None
    created_at: datetime
    expires_at: datetime
    state: MediaState = MediaState.WAITING
    reason: str | None = None
    contact_key: str | None = None
    page: OnPage = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What lies in the place of an upload: its size, its first bytes, its digest where asked for.

    `tag` tells this content from what may be uploaded over it later.
    """

    size: int
    head: bytes
    sha256: str | None
    tag: str


def largest(type_name: str) -> int:
    """The bytes that a file of this type may have."""
    return LARGEST_PLAYED if type_name.startswith(("audio/", "video/")) else LARGEST


def goes_as_mms(media: Media, country: str | None, *, mms: bool) -> bool:
    """Whether a text takes the file along; `mms` is whether texts can have files here."""
    fits = media.size <= TYPES[media.type].in_text
    return mms and country in MEDIA_COUNTRIES and fits


def name_objection(name: str, type_name: str) -> str | None:
    """What is wrong with the name of a file of this type, if something is."""
    if not 1 <= len(name) <= 255:
        return "must have 1 to 255 characters"
    if _SEPARATOR.search(name):
        return "must be the name of a file alone, without / and \\"
    if any(unicodedata.category(character) in _FORBIDDEN for character in name):
        return "must have no control, direction or other invisible characters"
    endings = TYPES[type_name].endings
    if not name.lower().endswith(endings) or name.lower() in endings:
        return f"must end with {' or '.join(endings)}, as files of {type_name} do"
    return None


def rejection(media: Media, uploaded: Uploaded) -> str | None:
    """Why what was uploaded isn't what was announced; None where it is."""
    if uploaded.size != media.size:
        return "wrong_size"
    if media.sha256 is not None and uploaded.sha256 != media.sha256:
        return "wrong_checksum"
    if not looks_like(media.type, uploaded.head):
        return "wrong_type"
    return None


def encoded(size: int) -> int:
    """The bytes that a file of `size` bytes takes in an email: base64, in lines of 76."""
    characters = -(-size // 3) * 4
    return characters + 2 * -(-characters // 76)
