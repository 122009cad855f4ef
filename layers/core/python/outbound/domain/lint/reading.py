"""What people read of a body: the text of HTML, its links and pictures; what a call says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from outbound.domain import speech, ssml

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNSEEN = frozenset({"head", "script", "style", "title", "template"})
_BREAKS = frozenset(
    {"br", "p", "div", "tr", "td", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote"}
)
_URL = re.compile(r"\bhttps?://[^\s<>\"')\]]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """HTML as it is read: its text, its links with what they say, its pictures' texts."""

    text: str
    links: tuple[tuple[str, str], ...]
    pictures: tuple[str | None, ...]


def page(html: str) -> Page:
    """Read HTML, however broken."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    links = tuple((url, said) for url, said in reader.links)
    return Page("".join(reader.text).strip(), links, tuple(reader.pictures))


def urls(text: str) -> list[str]:
    """The addresses of pages in a text."""
    return _URL.findall(text)


def spoken(bodies: Mapping[str, str]) -> tuple[str, str, speech.Script]:
    """Which body a call says, its words, and how it says them."""
    name = "ssml" if "ssml" in bodies else "text"
    if name == "text":
        return name, bodies[name], speech.Script((speech.Piece(bodies[name]),))
    script = ssml.read(bodies[name]).script
    return name, "".join(piece.text for piece in script.pieces), script


def squeezed(text: str) -> str:
    """A text without case and with single spaces, to look for another in it."""
    return " ".join(text.casefold().split())


@dataclass
class _Reader(HTMLParser):
    text: list[str] = field(default_factory=list)
    links: list[list[str]] = field(default_factory=list)
    pictures: list[str | None] = field(default_factory=list)
    unseen: int = 0
    within: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag in _BREAKS:
            self.text.append("\n")
        elif tag == "a" and found.get("href"):
            self.links.append([str(found["href"]), ""])
            self.within = True
        elif tag == "img":
            self.pictures.append(None if "alt" not in found else found["alt"] or "")
            self._said(found.get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in _BREAKS:
            self.text.append("\n")
        elif tag == "a":
            self.within = False

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.text.append(data)
            self._said(data)

    def _said(self, text: str) -> None:
        if self.within:
            self.links[-1][1] += text
