"""What a text that a person sends us means.

An opt-out in words of one's own counts as much as STOP does (47 CFR 64.1200(a)(10): any reasonable
method; CTIA Messaging Principles, 5.1.3). Where a text may be a no or something else, it is a no,
unless the word is negated: `bus stop 5 please` stops, `don't stop` doesn't. Who is misunderstood
so is told at once, and START undoes it. The other way round only the word alone counts.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from outbound.domain import opt_out_words as words

LONGEST = 2_000
"""Characters that are read; a text has 1,600 at most."""
SHORT = 12
"""Different words of a text in which a single one is enough."""
_APOSTROPHES = re.compile("['`\u00b4\u02bc\u2018\u2019]")
_OTHERS = re.compile(r"[^0-9a-z]+")
_REPEATED = re.compile(r"([a-z])\1{2,}")
"""A letter that is drawn out: STOOOP."""
_KEYWORD = re.compile(r"[0-9a-z]{1,30}")


class Kind(StrEnum):
    """What a person wants of us."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    JOIN = "join"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Meaning:
    """`word` is the one of our lists that decided; of JOIN it is the programme's keyword."""

    kind: Kind
    word: str


def meaning(text: str) -> Meaning | None:
    """What a text means; None where it says nothing that we know."""
    said = plain(text)
    opt_out = _opt_out(tuple(_REPEATED.sub(r"\1", each) for each in said))
    if opt_out is not None:
        return Meaning(Kind.STOP, opt_out)
    if len(said) == 2 and said[0] == "join" and _KEYWORD.fullmatch(said[1]):
        return Meaning(Kind.JOIN, said[1])
    return _alone(said)


def plain(text: str) -> tuple[str, ...]:
    """The words of a text, without case, accents, width, punctuation and emoji.

    Letters that stand alone are one word: S.T.O.P.
    """
    wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text[:LONGEST]).casefold())
    seen = (each for each in wide if unicodedata.category(each) not in ("Mn", "Cf"))
    said = _OTHERS.sub(" ", _APOSTROPHES.sub("", "".join(seen))).split()
    if len(said) > 1 and all(len(each) == 1 for each in said):
        said = ["".join(said)]
    return tuple(said)


def _opt_out(said: tuple[str, ...]) -> str | None:
    alone = _without_politeness(tuple(dict.fromkeys(said)))
    if alone in words.ALONE:
        return alone
    short = len(set(said)) <= SHORT
    for at in range(len(said)):
        for length in range(1, 6):
            found = " ".join(said[at : at + length])
            counts = found in words.PHRASES or (short and found in words.ANYWHERE)
            if counts and not _negated(said, at):
                return found
    return None


def _negated(said: tuple[str, ...], at: int) -> bool:
    if at == 0 or said[at - 1] not in words.NEGATIONS:
        return False
    before = at - 2
    if before >= 0 and said[before] in ("do", "does", "did", "ne"):
        before -= 1
    return before < 0 or said[before] not in words.REPROACHES


def _without_politeness(said: tuple[str, ...]) -> str:
    return " ".join(each for each in said if each not in words.POLITENESS) or " ".join(said)


def _alone(said: tuple[str, ...]) -> Meaning | None:
    for text in (" ".join(said), _without_politeness(said)):
        for kind, known in (
            (Kind.START, words.START),
            (Kind.YES, words.YES),
            (Kind.HELP, words.HELP),
        ):
            if text in known:
                return Meaning(kind, text)
    return None
