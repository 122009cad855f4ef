"""Reading ease: Flesch's formula, as it was fitted to four languages.

A score of 100 is very easy, 30 very hard. Syllables are counted by vowels, so a score is some
points off what a dictionary gives; a test says how many.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_SENTENCES = re.compile(r"[.!?:]+(?=\s|$)|\n\s*\n")
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Ease:
    """`base`, less `by_sentence` for a word of a sentence, less `by_syllable` for one of a word.

    `syllables` finds one for each match; `silent` is what ends a word unheard.
    """

    base: float
    by_sentence: float
    by_syllable: float
    syllables: re.Pattern[str]
    silent: re.Pattern[str] | None = None


EASE: Mapping[str, Ease] = {
    # Flesch, 1948.
    "en": Ease(
        206.835,
        1.015,
        84.6,
        re.compile(r"[aeiouy]+"),
        re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouyscxz])es$"),
    ),
    # Fernández Huerta, 1959.
    "es": Ease(206.84, 1.02, 60.0, re.compile(r"[aeoáéóíú]|(?<![aeoáéóiuü])[iuüy]+(?![aeoáéóíú])")),
    # Kandel and Moles, 1958.
    "fr": Ease(
        207,
        1.015,
        73.6,
        re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+"),
        re.compile(r"(?<=[^aeiouyàâéèêîôû])(?:e|es|ent)$"),
    ),
    # Amstad, 1978.
    "de": Ease(180, 1.0, 58.5, re.compile(r"ei|ai|au|äu|eu|ie|aa|ee|oo|[aeiouyäöü]")),
}


def ease_of(text: str, locale: str) -> float | None:
    """How easy a text is to read; None where its language isn't known or it has no words."""
    formula = EASE.get(locale.partition("-")[0])
    words = _WORDS.findall(text.lower())
    if formula is None or not words:
        return None
    sentences = [each for each in _SENTENCES.split(text) if _WORDS.search(each)]
    by_sentence = formula.by_sentence * len(words) / len(sentences)
    syllables = sum(_syllables(word, formula) for word in words)
    return formula.base - by_sentence - formula.by_syllable * syllables / len(words)


def _syllables(word: str, formula: Ease) -> int:
    heard = formula.silent.sub("", word) if formula.silent else word
    return max(1, len(formula.syllables.findall(heard)))
