"""Lines of bytes as text: where each ends, and what is wrong with it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.contact_import import LARGEST_ROW, Place
from outbound.ports import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

FOREIGN = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ZIP = b"PK\x03\x04"
TOO_LONG = "row_too_long"
NOT_UTF8 = "not_utf8"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end; empty where `fault` says why it can't be read."""

    text: str
    behind: Place
    fault: str | None = None


def lines(pieces: Iterator[bytes], place: Place) -> Iterator[Line]:
    """The lines behind a place, at which `pieces` begins.

    Raises:
        Unreadable: it is text, but not of UTF-8.
    """
    offset, number = place.offset, place.line
    for content, length in _cut(pieces):
        if offset == 0 and content.startswith(FOREIGN):
            raise Unreadable(NOT_UTF8)
        if offset == 0 and content.startswith(ZIP):
            raise Unreadable("zip_archive")
        if offset == 0:
            content = content.removeprefix(codecs.BOM_UTF8)
        offset, number = offset + length, number + 1
        yield _line(content, length, Place(offset, number))


def _line(content: bytes, length: int, behind: Place) -> Line:
    if length > LARGEST_ROW:
        return Line("\n", behind, TOO_LONG)
    try:
        return Line(content.decode(), behind)
    except UnicodeDecodeError:
        return Line("\n", behind, NOT_UTF8)


def _cut(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, int]]:
    """Lines and their lengths; of one that is too long no more is kept than tells so."""
    kept, length = b"", 0
    for piece in pieces:
        *whole, rest = piece.split(b"\n")
        for part in whole:
            yield kept + part + b"\n", length + len(part) + 1
            kept, length = b"", 0
        length += len(rest)
        kept = (kept + rest)[: LARGEST_ROW + 1]
    if length:
        yield kept, length
