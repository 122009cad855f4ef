"""How long it takes to say a text: an estimate, for a call is billed by the started minute.

It rather says too much: a call that ends early costs less than was told.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

LONGEST_CALL = 300
"""Seconds. https://docs.aws.amazon.com/pinpoint/latest/developerguide/quotas.html (voice)"""

# Seconds for one character. The speeds of reading aloud in 17 languages (Trauzettel-Klosinski and
# Dietz, IOVS 2012, 53(9):5452-5461, doi:10.1167/iovs.11-8284), slowed by two fifths: a standard
# voice of Polly says about 150 English words in a minute. Letters of 14 languages take people
# 0.068 s; scripts without vowels or with whole syllables in a character take longer.
_LETTER = 0.095
_WORD = 0.4
_SCRIPTS = (
    (re.compile(r"[\u0590-\u07bf\ufb1d-\ufdff\ufe70-\ufefc]"), 0.14),  # Hebrew, Arabic
    (re.compile(r"[\u3040-\u30ff\uff66-\uff9d]"), 0.2),  # Kana
    (re.compile(r"[\uac00-\ud7af]"), 0.25),  # Hangul
    (re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"), 0.33),  # Han
)
_SILENT = re.compile(r"[\s.,;:!?'\"()\[\]{}<>«»„“”‘’…‚、。「」！？¿¡\-–—]")  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text as it is said: at `rate` times the usual speed, or letter by letter."""

    text: str
    rate: float = 1.0
    spelled: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """All that a call says, and the seconds for which it is told to be silent."""

    pieces: tuple[Piece, ...]
    pause: float = 0.0


def seconds(script: Script) -> int:
    """The seconds that a script takes, at least 1.

    Digits and symbols count as a word each: `2026` may be read as four digits.
    """
    said = sum(_seconds(piece) / piece.rate for piece in script.pieces)
    return max(1, math.ceil(round(said + script.pause, 6)))


def minutes(seconds: int) -> int:
    """The started minutes of a call, as they are billed."""
    return max(1, -(-seconds // 60))


def _seconds(piece: Piece) -> float:
    return sum(_WORD if piece.spelled else _of(character) for character in _heard(piece.text))


def _heard(text: str) -> str:
    return _SILENT.sub("", text)


def _of(character: str) -> float:
    if not character.isascii():
        for script, duration in _SCRIPTS:
            if script.match(character):
                return duration
    # Vowel signs and accents are marks (M), not letters.
    said = character.isalpha() or unicodedata.category(character)[0] == "M"
    return _LETTER if said else _WORD
