"""Which files may be sent, by their type: what they are called and how they begin.

An email takes any of them; what a text with media takes is in
https://docs.aws.amazon.com/sms-voice/latest/userguide/mms-limitations-character.html
A name must end as its type's files do, so no program gets through under the name of a picture
(https://docs.aws.amazon.com/ses/latest/dg/mime-types.html lists the endings that SES refuses).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

HEAD = 4096
"""Bytes of a file that are looked at."""
_PROGRAMS = (b"MZ", b"#!")
"""What a program begins with that could be text; binary ones have bytes that text hasn't."""

_ACTIVE = (b"<script", b"<html", b"<svg", b"<!doctype", b"<iframe", b"<?php")
"""What would run if a picture, sound or film were taken for a page."""
_NAMES_WITHIN = 128
CAPTIONS = "text/vtt"
PLAYED = ("image", "audio", "video")


class Shown(StrEnum):
    """How a page shows a file."""

    PICTURE = "picture"
    AUDIO = "audio"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class MediaType:
    """A type: how its names end, how its files begin and how large one may be in a text.

    `begins` has (offset, bytes), of which one must be there; none at all means that it is text.
    `holds` are names of which one must stand near the beginning: kinds of file that begin alike.
    `in_text` is in bytes; 0 means that texts don't take it. `shown` is how a page shows it, as a
    thing to download if nothing is said.
    """

    endings: tuple[str, ...]
    begins: tuple[tuple[int, bytes], ...] = ()
    in_text: int = 0
    holds: tuple[bytes, ...] = ()
    shown: Shown | None = None


_PICTURE, _OTHER = 2_000_000, 600_000
_ZIP = ((0, b"PK\x03\x04"),)
_OLE = ((0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),)
_BRAND = ((4, b"ftyp"),)
# https://mp4ra.org/registered-types/brands
_MP4 = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V", b"dash")
_M4A = (b"M4A", b"M4B", b"isom", b"iso2", b"mp41", b"mp42", b"dash")
_3GP, _3G2 = (b"3gp", b"3gr", b"3gs", b"3ge"), (b"3g2",)
_RIFF = b"RIFF"
_MP3 = ((0, b"ID3"), *((0, bytes((0xFF, each))) for each in (0xFB, 0xFA, 0xF3, 0xF2)))
_OFFICE = "application/vnd.openxmlformats-officedocument."

TYPES: dict[str, MediaType] = {
    "image/gif": MediaType(
        (".gif",), ((0, b"GIF87a"), (0, b"GIF89a")), _PICTURE, shown=Shown.PICTURE
    ),
    "image/jpeg": MediaType(
        (".jpg", ".jpeg"), ((0, b"\xff\xd8\xff"),), _PICTURE, shown=Shown.PICTURE
    ),
    "image/png": MediaType((".png",), ((0, b"\x89PNG\r\n\x1a\n"),), _PICTURE, shown=Shown.PICTURE),
    "image/tiff": MediaType((".tif", ".tiff"), ((0, b"II*\0"), (0, b"MM\0*")), _OTHER),
    "image/webp": MediaType((".webp",), ((8, b"WEBP"),), shown=Shown.PICTURE),
    "audio/3gpp": MediaType((".3gp", ".3gpp"), _BRAND, _OTHER, _3GP),
    "audio/3gpp2": MediaType((".3g2",), _BRAND, _OTHER, _3G2),
    "audio/amr": MediaType((".amr",), ((0, b"#!AMR"),), _OTHER),
    "audio/mp4": MediaType((".m4a", ".mp4"), _BRAND, _OTHER, _M4A, Shown.AUDIO),
    "audio/mpeg": MediaType((".mp3",), _MP3, _OTHER, shown=Shown.AUDIO),
    "audio/ogg": MediaType((".ogg", ".oga"), ((0, b"OggS"),), _OTHER, shown=Shown.AUDIO),
    "audio/wav": MediaType((".wav",), ((0, _RIFF),), holds=(b"WAVE",), shown=Shown.AUDIO),
    "video/3gpp": MediaType((".3gp", ".3gpp"), _BRAND, _OTHER, _3GP),
    "video/3gpp2": MediaType((".3g2",), _BRAND, _OTHER, _3G2),
    "video/mp4": MediaType((".mp4", ".m4v"), _BRAND, _OTHER, _MP4, Shown.VIDEO),
    "video/quicktime": MediaType((".mov",), (*_BRAND, (4, b"moov"), (4, b"mdat")), _OTHER),
    "video/webm": MediaType(
        (".webm",), ((0, b"\x1a\x45\xdf\xa3"),), _OTHER, (b"webm",), Shown.VIDEO
    ),
    "application/pdf": MediaType((".pdf",), ((0, b"%PDF-"),), _OTHER),
    "text/calendar": MediaType((".ics",), ((0, b"BEGIN:VCALENDAR"),), _OTHER),
    "text/vcard": MediaType((".vcf",), ((0, b"BEGIN:VCARD"),), _OTHER),
    "text/x-vcard": MediaType((".vcf",), ((0, b"BEGIN:VCARD"),), _OTHER),
    "text/vtt": MediaType((".vtt",), ((0, b"WEBVTT"), (3, b"WEBVTT"))),
    "text/plain": MediaType((".txt", ".log", ".md")),
    "text/csv": MediaType((".csv",)),
    "application/json": MediaType((".json",)),
    "application/rtf": MediaType((".rtf",), ((0, b"{\\rtf"),)),
    "application/zip": MediaType((".zip",), _ZIP),
    "application/gzip": MediaType((".gz", ".tgz"), ((0, b"\x1f\x8b"),)),
    "application/msword": MediaType((".doc",), _OLE),
    "application/vnd.ms-excel": MediaType((".xls",), _OLE),
    "application/vnd.ms-powerpoint": MediaType((".ppt",), _OLE),
    f"{_OFFICE}wordprocessingml.document": MediaType((".docx",), _ZIP),
    f"{_OFFICE}spreadsheetml.sheet": MediaType((".xlsx",), _ZIP),
    f"{_OFFICE}presentationml.presentation": MediaType((".pptx",), _ZIP),
    "application/vnd.oasis.opendocument.text": MediaType((".odt",), _ZIP),
    "application/vnd.oasis.opendocument.spreadsheet": MediaType((".ods",), _ZIP),
}


def looks_like(type_name: str, head: bytes) -> bool:
    """Whether a file that begins with `head`, its first `HEAD` bytes, can be of this type."""
    known = TYPES[type_name]
    if not known.begins:
        return _is_text(head)
    if not any(head[at : at + len(sign)] == sign for at, sign in known.begins):
        return False
    if known.holds and not any(name in head[:_NAMES_WITHIN] for name in known.holds):
        return False
    kind = type_name.partition("/")[0]
    if kind in PLAYED:
        return not any(sign in head.lower() for sign in _ACTIVE)
    return type_name != CAPTIONS or _is_text(head)


def _is_text(head: bytes) -> bool:
    if b"\0" in head or head.startswith(_PROGRAMS):
        return False
    try:
        # A character may be cut at the end of what is looked at.
        (head[:-3] if len(head) == HEAD else head).decode()
    except UnicodeDecodeError as error:
        return len(head) == HEAD and error.end == HEAD - 3
    return True
