"""SMS encodings and parts (3GPP TS 23.038): what a text costs, and where it is split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = "\f^{}\\[~]|€"
_SEPTETS = dict.fromkeys(BASIC, 1) | dict.fromkeys(EXTENSION, 2)

Encoding = Literal["GSM-7", "UTF-16"]


@dataclass(frozen=True, slots=True)
class SmsText:
    """A text as it goes over the air: its encoding and its parts, each of them billed."""

    encoding: Encoding
    parts: tuple[str, ...]


def split(text: str) -> SmsText:
    """Encode and split `text`: 160 septets or 70 UTF-16 units alone, 153 or 67 in each part.

    An escape pair (`€`) or a surrogate pair (an emoji) is never cut in two.
    """
    if all(character in _SEPTETS for character in text):
        return SmsText("GSM-7", _parts(text, _SEPTETS.__getitem__, alone=160, each=153))
    return SmsText("UTF-16", _parts(text, _units, alone=70, each=67))


def _units(character: str) -> int:
    return 2 if ord(character) > 0xFFFF else 1


def _parts(text: str, size: Callable[[str], int], *, alone: int, each: int) -> tuple[str, ...]:
    if sum(map(size, text)) <= alone:
        return (text,)
    parts, start, used = [], 0, 0
    for index, character in enumerate(text):
        width = size(character)
        if used + width > each:
            parts.append(text[start:index])
            start, used = index, 0
        used += width
    return (*parts, text[start:])
