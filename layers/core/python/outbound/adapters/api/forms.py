"""Forms of texts: a pattern for machines, and words with an example for people."""

from __future__ import annotations

from typing import Any

from pydantic import Field

_SHOWN = r"[^\x00-\x20\x7f\x85\u2028\u2029]"
ONE_LINE = rf"^{_SHOWN}([^\x00-\x1f\x7f\x85\u2028\u2029]*{_SHOWN})?$"
_WORDS: dict[str, str] = {}


def form(
    pattern: str, words: str, *, min_length: int | None = None, max_length: int | None = None
) -> Any:
    """A field whose text has a form; who writes another is told the words, never the pattern."""
    _WORDS.setdefault(pattern, words)
    return Field(pattern=pattern, min_length=min_length, max_length=max_length)


def words_of(pattern: str) -> str:
    """What is right, where a text hasn't the form of a pattern."""
    return _WORDS.get(pattern, "Must be of another form.")


def name(longest: int) -> Any:
    """An identifier of the caller's choosing, fit for a path."""
    return form(
        rf"^[a-z0-9][a-z0-9_-]{{0,{longest - 1}}}$",
        f"Must be 1 to {longest} lowercase letters, digits, hyphens or underscores, beginning with "
        "a letter or digit, such as order-shipped.",
    )


def line(longest: int, least: int | None = None) -> Any:
    """One line that can be seen."""
    words = "Must be one line of text, without spaces around it, such as Example Clinic."
    return form(ONE_LINE, words, min_length=least, max_length=longest)


def not_blank(longest: int) -> Any:
    """A text that says something."""
    words = "Must have something beside spaces, such as a word."
    return form(r"\S", words, min_length=1, max_length=longest)
