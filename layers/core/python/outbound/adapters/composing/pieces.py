"""A source as the template language reads it: stretches of markup, and tags between them."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError

_ENDS = {
    "variable_begin": "variable_end",
    "block_begin": "block_end",
    "comment_begin": "comment_end",
}
_ALONE = ("raw_begin", "raw_end")


class MarkupFault(Exception):
    """Markup that can't be used, and the line of the source where that shows."""

    def __init__(self, line: int, message: str):
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of markup; or a tag: `{{ … }}`, which gives a value, or another, which doesn't.

    `words` are what stands in `{{ … }}` and `{% … %}`.
    """

    text: str
    line: int
    is_tag: bool = False
    gives_value: bool = False
    words: tuple[str, ...] = ()

    @property
    def block(self) -> tuple[str, ...]:
        """The name of the block that begins here, if one does."""
        return self.words[1:2] if self.words[:1] == ("block",) else ()


def pieces(source: str) -> list[Piece]:
    """What a source consists of.

    Raises:
        MarkupFault: it isn't a template.
    """
    found: list[Piece] = []
    tag, words, began, end = "", list[str](), 1, ""
    try:
        for line, kind, text in Environment(keep_trailing_newline=True).lex(source):
            if end:
                tag += text
                words += [text] if kind not in ("whitespace", end) else []
            elif kind in _ENDS:
                tag, words, began, end = text, [], line, _ENDS[kind]
            elif kind in _ALONE:
                found.append(Piece(text, line, is_tag=True))
            else:
                found.append(Piece(text, line))
            if end and kind == end:
                gives_value = kind == "variable_end"
                said = () if kind == "comment_end" else tuple(words)
                found.append(Piece(tag, began, is_tag=True, gives_value=gives_value, words=said))
                end = ""
    except TemplateSyntaxError as error:
        raise MarkupFault(error.lineno, str(error.message)) from None
    if end:
        raise MarkupFault(began, f"{short(tag)} isn't closed")
    return found


def short(text: str) -> str:
    """A tag as a message names it."""
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:37]}…"
