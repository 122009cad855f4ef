"""Cuts markup into tags, texts and comments, in one pass that never turns back.

html.parser isn't used: what it makes of a tag that isn't closed differs between versions of Python,
and takes time that grows with the square of the length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

RAW = frozenset({"mj-style", "script", "style"})
"""Their text is taken as it stands, up to their end."""
_NAME = r"[A-Za-z][A-Za-z0-9:._-]*+"
_VALUE = r"""\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++)"""
_START = re.compile(rf"""<({_NAME})((?:\s++[^\s"'<>/=]++(?:{_VALUE})?+)*+)\s*+(/?)>""")
_END = re.compile(rf"</({_NAME})\s*+>")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype\s[^<>]*+>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rf"""([^\s"'<>/=]++)({_VALUE})?+""")
_OPENING = re.compile(r"<(?=[A-Za-z/!?])")


class Kind(Enum):
    """What a token is."""

    START = auto()
    END = auto()
    TEXT = auto()
    COMMENT = auto()
    DOCTYPE = auto()
    UNREADABLE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One piece, and the line where it begins. Texts and values have no entities any more."""

    kind: Kind
    text: str
    line: int
    attributes: tuple[tuple[str, str], ...] = ()
    closed: bool = False


def tokens(markup: str) -> Iterator[Token]:
    """The pieces of the markup; what can't be read is the last one."""
    place, line, read = 0, 1, _next
    while place < len(markup):
        token, end = read(markup, place, line)
        yield token
        if token.kind is Kind.UNREADABLE:
            return
        begins = token.kind is Kind.START and token.text in RAW and not token.closed
        read = _raw if begins else _next
        line += markup.count("\n", place, end)
        place = end


def _next(markup: str, place: int, line: int) -> tuple[Token, int]:
    if found := _START.match(markup, place):
        name, attributes, slash = found.groups()
        return Token(
            Kind.START, name.lower(), line, _attributes(attributes), bool(slash)
        ), found.end()
    if found := _END.match(markup, place):
        return Token(Kind.END, found[1].lower(), line), found.end()
    if markup.startswith("<!--", place) and (found := _COMMENT.match(markup, place)):
        return Token(Kind.COMMENT, found[1], line), found.end()
    if found := _DOCTYPE.match(markup, place):
        return Token(Kind.DOCTYPE, "", line), found.end()
    if _OPENING.match(markup, place):
        return Token(Kind.UNREADABLE, markup[place : place + 9], line), len(markup)
    opening = _OPENING.search(markup, place)
    end = opening.start() if opening else len(markup)
    return Token(Kind.TEXT, unescape(markup[place:end]), line), end


def _raw(markup: str, place: int, line: int) -> tuple[Token, int]:
    end = markup.find("</", place)
    if end < 0:
        return Token(Kind.UNREADABLE, "", line), len(markup)
    if end == place:
        return _next(markup, place, line)
    return Token(Kind.TEXT, markup[place:end], line), end


def _attributes(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (found[1].lower(), unescape(_bare(found[2] or ""))) for found in _ATTRIBUTE.finditer(text)
    )


def _bare(value: str) -> str:
    value = value.strip().removeprefix("=").strip()
    return value[1:-1] if value[:1] in {'"', "'"} else value
