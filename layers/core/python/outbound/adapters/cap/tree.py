"""XML as a tree of elements: no declarations, no entities of its own, nothing from elsewhere.

What could grow is refused when its declaration begins, so nothing of it is ever expanded; libexpat
itself asks nobody for anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from outbound.domain.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_ELEMENTS = 5_000
DEEPEST = 12


@dataclass(slots=True)
class Element:
    """An element, its place as XPath writes it, and the text right in it."""

    space: str
    name: str
    place: str
    parts: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text, without spaces around."""
        return "".join(self.parts).strip()

    def all(self, name: str) -> Iterator[Element]:
        """Its children with a name."""
        return (each for each in self.children if each.name == name)

    def first(self, name: str) -> Element | None:
        """The first of them."""
        return next(self.all(name), None)


def parse(text: str) -> Element:
    """The element that a document is.

    Raises:
        Refusal: it isn't well-formed, or has what we don't read.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        detail = f"The body is not well-formed XML: {expat.ErrorString(error.code)}, "
        raise _malformed(f"{detail}line {error.lineno} column {error.offset}.") from None
    except UnicodeEncodeError:
        raise _malformed("The body is not UTF-8.") from None
    assert reader.root is not None
    return reader.root


class _Reader:
    """Walks through the document, an element and a text at a time."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.path: list[Element] = []
        self.elements = 0
        self.parser = expat.ParserCreate("UTF-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.said
        self.parser.StartDoctypeDeclHandler = self.declared
        self.parser.EntityDeclHandler = self.declared
        self.parser.ExternalEntityRefHandler = self.declared

    def start(self, name: str, _: Mapping[str, str]) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS or len(self.path) >= DEEPEST:
            raise _malformed("The body has too many elements, or too deep ones.")
        space, own = name.rpartition(" ")[::2]
        outer = self.path[-1] if self.path else None
        element = Element(space, own, _place(own, outer))
        if outer is None:
            self.root = element
        else:
            outer.children.append(element)
        self.path.append(element)

    def end(self, _: str) -> None:
        self.path.pop()

    def said(self, text: str) -> None:
        if self.path:
            self.path[-1].parts.append(text)

    def declared(self, *_: object) -> int:
        raise _malformed("The body has a document type or entities: send it without any.")


def _place(name: str, outer: Element | None) -> str:
    if outer is None:
        return f"/{name}"
    number = sum(each.name == name for each in outer.children) + 1
    return f"{outer.place}/{name}[{number}]"


def _malformed(detail: str) -> Refusal:
    return Refusal("malformed_xml", detail)
