"""The text part of an email, from its HTML: in lines, with its links, its tags kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.adapters.composing.elements import VOID
from outbound.adapters.composing.tokens import Kind, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.adapters.composing.tags import Tags
    from outbound.adapters.composing.tokens import Token

# fmt: off
PARAGRAPHS = frozenset({
    "blockquote", "center", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "table",
    "ul",
})
LINES = frozenset({
    "address", "article", "aside", "dd", "div", "dt", "figcaption", "figure", "footer", "header",
    "li", "main", "nav", "pre", "section", "tr",
})
# fmt: on
SILENT = frozenset({"head", "style", "title"})
_HIDDEN = re.compile(r"display\s*:\s*none")
_BEGINS = re.compile(r"\{%-?\s*(if|for)\b")
_TURNS = re.compile(r"\{%-?\s*(else|elif)\b")
_ENDS = re.compile(r"\{%-?\s*(endif|endfor)\b")
_PLACES = re.compile(r"\{%-?\s*(block|include)\b")
_INCLUDES = re.compile(r"\{%-?\s*include\b")
_FILLED = re.compile(r"\{%-?\s*endblock\b")
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def plain_text(markup: str, tags: Tags, places: frozenset[str] | None = None) -> str:
    """What canonical markup says. Marks stand for tags in both.

    `places` are the blocks that the text of its layout has; others say nothing in a text.
    """
    reader = _Reader(tags, places)
    for token in tokens(markup):
        reader.read(token)
    return reader.text()


@dataclass(slots=True)
class _Branch:
    """An `if` or `for`: where it stands, and the lines that are to begin before what it says."""

    place: int
    left: int
    begun: bool = False


class _Reader:
    def __init__(self, tags: Tags, places: frozenset[str] | None):
        self._tags = tags
        self._known = places
        self._out: list[str] = []
        self._breaks = 0
        self._blank = self._said = False
        self._silent: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._branches: list[_Branch] = []
        self._places: list[int] = []

    def text(self) -> str:
        """The lines."""
        lines = "".join(self._out).strip().split("\n")
        return "\n".join(line.rstrip(" ") for line in lines) + "\n"

    def read(self, token: Token) -> None:
        """Take up the next token."""
        match token.kind:
            case Kind.START:
                self._start(token.text, dict(token.attributes))
            case Kind.END:
                self._finish(token.text)
            case Kind.TEXT:
                self._text(token.text)
            case Kind.COMMENT:
                self._comment(token.text)

    def _start(self, tag: str, given: Mapping[str, str]) -> None:
        hidden = tag in SILENT or _HIDDEN.search(given.get("style", ""))
        if tag not in VOID and (self._silent or hidden):
            self._silent.append(tag)
        if self._silent:
            return
        self._break(tag)
        if tag == "li":
            self._say("- ")
        elif tag == "hr":
            self._say("---")
            self._break(tag)
        elif tag == "img" and given.get("alt", "").strip():
            self._text(given["alt"])
        elif tag == "a":
            self._links.append((given.get("href", ""), len(self._out)))

    def _finish(self, tag: str) -> None:
        if self._silent:
            self._silent.pop()
            return
        if tag == "a" and self._links:
            self._link(*self._links.pop())
        elif tag in {"td", "th"}:
            self._blank = True
        if tag not in VOID:
            self._break(tag)

    def _text(self, data: str) -> None:
        if self._silent:
            return
        data = _BLANKS.sub(" ", data)
        if data.startswith(" "):
            self._blank = True
        if data.strip(" "):
            self._say(data.strip(" "))
            self._blank = data.endswith(" ")

    def _comment(self, data: str) -> None:
        mark = self._tags.marks().fullmatch(data)
        if not mark:
            return
        tag = self._tags.tags[int(mark[2])]
        if self._silent or (self._known is not None and set(tag.block) - self._known):
            self._silent += ["block"] * len(tag.block)
            if tag.words[:1] == ("endblock",):
                self._silent.pop()
            return
        if self._blank and self._said and not self._breaks:
            self._out.append(" ")
        self._blank = False
        self._follow(tag.text)
        self._out.append(data)

    def _follow(self, statement: str) -> None:
        """Keep account of the lines that begin inside of a branch, a loop or a block."""
        if _BEGINS.match(statement):
            self._branches.append(_Branch(len(self._out), self._breaks))
            self._out.append("")
            self._breaks = 0
        elif _TURNS.match(statement) and self._branches:
            self._breaks = self._branches[-1].left
        elif _ENDS.match(statement) and self._branches:
            self._breaks = max(self._breaks, self._branches.pop().left)
        elif _PLACES.match(statement):
            self._places.append(self._breaks)
            self._say("")
            self._said = bool(_INCLUDES.match(statement))
        elif _FILLED.match(statement) and self._places:
            self._breaks = max(self._breaks, self._places.pop())
            self._said = True

    def _link(self, href: str, began: int) -> None:
        said = "".join(self._out[began:]).strip()
        target = re.sub(r"^(mailto|tel):", "", href)
        if target and not target.startswith("#") and target != said:
            self._say(f" <{target}>" if said else target)

    def _say(self, text: str) -> None:
        for branch in self._branches:
            # What isn't asked for inside stands before: once, not in each round.
            if not branch.begun:
                branch.begun = True
                before = max(0, branch.left - self._breaks)
                self._out[branch.place] = "\n" * before if self._said else ""
                branch.left -= before
        if self._breaks and (self._said or self._branches):
            self._out.append("\n" * self._breaks)
        elif self._blank and self._said:
            self._out.append(" ")
        self._breaks, self._blank, self._said = 0, False, True
        self._out.append(text)

    def _break(self, tag: str) -> None:
        wanted = 2 if tag in PARAGRAPHS else 1 if tag in LINES else 0
        if tag == "br":
            self._breaks = min(self._breaks + 1, 2)
        self._breaks = max(self._breaks, wanted)
