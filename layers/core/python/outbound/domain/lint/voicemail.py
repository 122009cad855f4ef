"""Does a call make sense on an answering machine? AWS can't tell one from a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from outbound.domain.lint.reading import spoken
from outbound.domain.lint.voice_law import times_told
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.domain.lint.finding import Draft, Finding

# "Press 1", in four languages.
_KEY = re.compile(
    r"\b(?:press|dial|pulse|marque|appuyez sur|tapez|drücken sie|wählen sie)"
    r"(?: the| la| die| el| le)? (?:\d\b|one\b|two\b|uno\b|deux\b|eins\b|key|tecla|touche|taste)",
    re.IGNORECASE,
)


def question(draft: Draft) -> Iterator[Finding]:
    """Nobody hears the answer."""
    if draft.channel is not Channel.VOICE:
        return
    body, text, _ = spoken(draft.bodies)
    if "?" in text or _KEY.search(text):
        message = "The call asks for an answer, but nobody hears it; say where to call or write."
        yield draft.warning("voice.question", body, message)


def number_once(draft: Draft) -> Iterator[Finding]:
    """Who listens to a recording needs the number twice: to look for a pen, and to write."""
    if draft.channel is not Channel.VOICE:
        return
    body, text, _ = spoken(draft.bodies)
    if times_told(text, draft.organisation.phone) == 1:
        message = "The call says its number once; say it again at the end, for who writes it down."
        yield draft.warning("voice.number-once", body, message)


RULES = (question, number_once)
