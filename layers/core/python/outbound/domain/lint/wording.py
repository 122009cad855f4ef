"""How a message sounds: neither shouted nor hard to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from outbound.domain.lint.reading import page, spoken, urls
from outbound.domain.lint.reading_ease import ease_of
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.domain.lint.finding import Draft, Finding

FEWEST_LETTERS, FEWEST_WORDS = 12, 30
"""Below, capitals may be a name or a keyword, and a score says nothing."""
MOST_CAPITALS = 0.6
HARD = 50
"""Flesch: 60 to 70 is plain language, below 50 takes schooling."""
_EXCLAIMED = re.compile(r"![!1?\s]*!")
_PLACEHOLDER = re.compile(r"\[[^\[\]\s]*\]")


def shouting(draft: Draft) -> Iterator[Finding]:
    """Capitals and rows of exclamation marks are read as shouting, and by filters as spam."""
    for body, text in _texts(draft):
        letters = [each for each in _plain(text) if each.isalpha()]
        capitals = sum(each.isupper() for each in letters)
        loud = len(letters) >= FEWEST_LETTERS and capitals > MOST_CAPITALS * len(letters)
        if loud or _EXCLAIMED.search(text):
            message = "This is shouted: use small letters and one exclamation mark at most."
            yield draft.warning("shouting", body, message)


def insecure_link(draft: Draft) -> Iterator[Finding]:
    """What is linked can't be changed on the way."""
    for body, text in draft.bodies.items():
        links = [url for url, _ in page(text).links] if body == "html" else urls(text)
        if any(link.lower().startswith("http://") for link in links):
            message = "A link begins with http://; anybody on the way could change what it shows."
            yield draft.warning("insecure-link", body, message)


def reading_ease(draft: Draft) -> Iterator[Finding]:
    """A message is understood the first time."""
    for body, text in _texts(draft):
        read = _plain(text)
        score = ease_of(read, draft.locale)
        if score is not None and score < HARD and len(read.split()) >= FEWEST_WORDS:
            message = (
                f"This is hard to read (Flesch {score:.0f}; {HARD} and more is easier): use "
                "shorter sentences and words."
            )
            yield draft.warning("reading-ease", body, message)


RULES = (shouting, insecure_link, reading_ease)


def score(draft: Draft) -> int | None:
    """How easy its text is to read, by Flesch; None where its language has no formula."""
    *_, (_, text) = _texts(draft)
    ease = ease_of(_plain(text), draft.locale)
    return None if ease is None else round(ease)


def _texts(draft: Draft) -> Iterator[tuple[str, str]]:
    """What is read or heard: of an email subject and text, of HTML only without a text."""
    if draft.channel is Channel.VOICE:
        body, text, _ = spoken(draft.bodies)
        yield body, text
        return
    for body in ("subject", "text"):
        if body in draft.bodies:
            yield body, draft.bodies[body]
    if "html" in draft.bodies and "text" not in draft.bodies:
        yield "html", page(draft.bodies["html"]).text


def _plain(text: str) -> str:
    """A text without links and what stands for unknown values."""
    for url in urls(text):
        text = text.replace(url, " ")
    return _PLACEHOLDER.sub(" ", text)
