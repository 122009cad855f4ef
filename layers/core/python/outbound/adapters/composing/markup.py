"""Reads HTML and MJML strictly, and writes both as any parser reads them: closed and quoted."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NoReturn

from outbound.adapters.composing.elements import (
    HOLD_HTML,
    OPTIONAL_END,
    PLAIN,
    STYLES,
    VOID,
    closes,
    is_mjml,
    misplaced,
)
from outbound.adapters.composing.forbidden import forbidden, forbidden_style
from outbound.adapters.composing.pieces import MarkupFault
from outbound.adapters.composing.tokens import Kind, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.adapters.composing.tags import Tags
    from outbound.adapters.composing.tokens import Token

DEEPEST = 60
MOST_ELEMENTS = 3_000
MOST_STYLES = 1_000
_UNREADABLE = "what begins with {} can't be read; is a quote or a > missing?"


def canonical(tags: Tags, *, mjml: bool) -> str:
    """The markup, each element closed, each attribute quoted; statements stand in comments.

    Raises:
        MarkupFault: an element is unknown, in the wrong place, open at the end, or forbidden.
    """
    reader = _Reader(tags, mjml=mjml)
    for token in tokens(tags.markup):
        reader.read(token)
    return reader.finished()


class _Reader:
    def __init__(self, tags: Tags, *, mjml: bool):
        self._tags = tags
        self._mjml = mjml
        self._out: list[str] = []
        self._open: list[tuple[str, int]] = []
        self._line = self._elements = self._styles = 0

    def read(self, token: Token) -> None:
        """Take up the next token."""
        self._line = token.line
        match token.kind:
            case Kind.START:
                self._start(token)
            case Kind.END:
                self._finish(token.text)
            case Kind.TEXT:
                self._text(token.text)
            case Kind.COMMENT:
                self._out.append(f"<!--{token.text}-->")
            case Kind.DOCTYPE:
                pass
            case Kind.UNREADABLE:
                self._refuse(
                    _UNREADABLE.format(token.text.strip()) if token.text else "a style isn't closed"
                )

    def finished(self) -> str:
        """What was written."""
        for name, line in self._open:
            if name not in OPTIONAL_END:
                self._line = line
                self._refuse(f"<{name}> isn't closed")
        while self._open:
            self._end()
        return "".join(self._out)

    def _finish(self, name: str) -> None:
        if name in VOID:
            self._refuse(f"<{name}> is never closed")
        while self._open and self._open[-1][0] != name and self._may_end(name):
            self._end()
        if not self._open:
            self._refuse(f"</{name}> closes nothing")
        last, line = self._open[-1]
        if last != name:
            line = self._tags.line(line)
            self._refuse(f"</{name}> can't stand here: <{last}> of line {line} isn't closed")
        self._end()

    def _may_end(self, name: str) -> bool:
        inner = self._open[-1][0]
        return inner in OPTIONAL_END and any(name == opened for opened, _ in self._open)

    def _text(self, text: str) -> None:
        inside = self._open[-1][0] if self._open else None
        if inside in STYLES:
            self._style(text)
        elif inside in PLAIN:
            self._out.append(escape(text, quote=False))
        else:
            if self._mjml:
                self._check_text(inside, text)
            if inside == "html" and text.strip():
                self._refuse("text and tags can't stand in <html> outside of <head> and <body>")
            self._out.append(self._tags.commented(escape(text, quote=False)))

    def _start(self, token: Token) -> None:
        name, attributes = token.text, token.attributes
        while self._open and closes(self._open[-1][0], name):
            self._end()
        parent = self._open[-1][0] if self._open else None
        self._elements += 1
        objection = forbidden(name, attributes, self._tags.word) or self._misnamed(attributes)
        if parent == "html" and name not in ("head", "body"):
            objection = objection or f"<{name}> can't stand in <html> outside of <head> and <body>"
        if self._mjml:
            objection = objection or misplaced(name, parent)
        elif is_mjml(name):
            objection = objection or f"<{name}> can't stand in html; give the whole as mjml"
        if self._elements > MOST_ELEMENTS:
            objection = f"there are more than {MOST_ELEMENTS} elements"
        if objection:
            self._refuse(objection)
        written = "".join(f' {each}="{escape(value)}"' for each, value in attributes)
        self._out.append(f"<{name}{written}{' />' if name in VOID else '>'}")
        if name not in VOID:
            self._open.append((name, self._line))
            if len(self._open) > DEEPEST:
                self._refuse(f"elements lie at most {DEEPEST} deep")
            if token.closed:
                self._end()

    def _misnamed(self, attributes: Sequence[tuple[str, str]]) -> str | None:
        names = [name for name, _ in attributes]
        for name in names:
            if self._tags.word in name:
                return 'a tag can\'t stand between attributes; put it into a value: class="{{ … }}"'
            if names.count(name) > 1:
                return f"{name} is given twice"
        return None

    def _style(self, css: str) -> None:
        self._styles += css.count("{")
        objection = forbidden_style(css)
        if self._tags.without_statements(css) != css:
            objection = "styles may have {{ … }}, but no other tags"
        if "<" in css:
            objection = "styles can't have <"
        if self._styles > MOST_STYLES:
            objection = f"there are more than {MOST_STYLES} styles"
        if objection:
            self._refuse(objection)
        self._out.append(css)

    def _check_text(self, inside: str | None, data: str) -> None:
        if inside is None and data.strip():
            self._refuse("nothing can stand outside of <mjml>")
        said = self._tags.without_statements(data).strip()
        if said and inside and is_mjml(inside) and inside not in HOLD_HTML:
            self._refuse(f"text can't stand in <{inside}>; put it into <mj-text>")

    def _end(self) -> None:
        self._out.append(f"</{self._open.pop()[0]}>")

    def _refuse(self, message: str) -> NoReturn:
        raise MarkupFault(self._tags.line(self._line), message)
