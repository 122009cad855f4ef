"""SSML (W3C Speech Synthesis Markup Language), read for what a call says and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from outbound.domain.speech import Piece, Script
from outbound.domain.ssml_elements import (
    ELEMENTS,
    PAUSES,
    SPELLED,
    objections,
    pause_of,
    rate_of,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 6000
BILLABLE = 3000
"""https://docs.aws.amazon.com/end-user-messaging/latest/userguide/nx-voice-scale-limits.html"""
DEEPEST = 20
MOST_ELEMENTS = 500
TOLD = 20
"""Objections told at once."""


@dataclass(frozen=True, slots=True)
class Ssml:
    """What a call says; or what speaks against the markup, each a sentence with its line."""

    script: Script
    objections: tuple[str, ...] = ()
    well_formed: bool = True


def read(markup: str) -> Ssml:
    """Read a `<speak>` document, with or without the SSML namespace.

    What could grow when it is read (declarations, entities, processing instructions, CDATA) is
    refused before it is parsed.
    """
    if len(markup) > LONGEST:
        return _refused(f"it has {len(markup)} characters; with all tags it may have {LONGEST}")
    if "<!" in markup or "<?" in markup:
        return _refused("it must not have declarations, comments or processing instructions")
    reader = _Reader()
    try:
        # An unpaired surrogate, which no encoding has, is then an error like any other.
        reader.parser.Parse(markup.encode(errors="surrogatepass"), True)
    except expat.ExpatError as error:
        line, column = error.lineno, error.offset + 1
        objection = f"it is not well-formed XML at line {line}, column {column}"
        return Ssml(Script(()), (objection,), well_formed=False)
    except _Stopped:
        pass
    if not reader.objections and reader.billable > BILLABLE:
        return _refused(f"it has {reader.billable} characters between its tags; {BILLABLE} may be")
    if not reader.objections and not any(piece.text.strip() for piece in reader.pieces):
        return _refused("it says nothing")
    return Ssml(Script(tuple(reader.pieces), reader.pause), tuple(reader.objections[:TOLD]))


def _refused(objection: str) -> Ssml:
    return Ssml(Script(()), (objection,))


class _Stopped(Exception):
    """There is no point in reading on."""


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that is open: how its text is said, and whether it may have any."""

    name: str
    rate: float = 1.0
    spelled: bool = False
    silent: bool = False


@dataclass
class _Reader:
    """Walks through the markup, an element and a text at a time."""

    objections: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    pause: float = 0.0
    billable: int = 0
    elements: int = 0
    path: list[_Open] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Without namespaces: Polly takes the prefix amazon: where nothing declares it.
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Look at an element, and remember how its text is said."""
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            self._stop(f"it has more than {MOST_ELEMENTS} elements")
        if len(self.path) >= DEEPEST:
            self._stop(f"its elements are nested more than {DEEPEST} deep")
        if (name == "speak") != (not self.path):
            self._stop("it must be one <speak> element, with no other <speak> in it")
        outer = self.path[-1] if self.path else _Open("")
        if outer.name in ELEMENTS and not ELEMENTS[outer.name].holds:
            self._object(f"{shown(outer.name)} must be empty")
        found = list(objections(name, attributes))
        for objection in found:
            self._object(objection)
        self.path.append(_Open(name, 1.0) if found else self._open(name, attributes, outer))

    def end(self, name: str) -> None:
        """Leave an element; a paragraph and a sentence end in a pause."""
        self.path.pop()
        self.pause += {"p": PAUSES["x-strong"], "s": PAUSES["strong"]}.get(name, 0.0)

    def text(self, text: str) -> None:
        """Take a text."""
        self.billable += len(text)
        inner = self.path[-1]
        if inner.name in ELEMENTS and not ELEMENTS[inner.name].holds and text.strip():
            self._object(f"{shown(inner.name)} must be empty")
        if not inner.silent:
            self.pieces.append(Piece(text, inner.rate, inner.spelled))

    def _open(self, name: str, attributes: Mapping[str, str], outer: _Open) -> _Open:
        rate, spelled, silent = outer.rate, outer.spelled, outer.silent
        match name:
            case "break":
                self.pause += pause_of(attributes)
            case "prosody":
                rate *= rate_of(attributes)
            case "say-as":
                spelled = attributes["interpret-as"] in SPELLED
            case "sub":
                self.pieces.append(Piece(attributes["alias"], rate))
                silent = True
        return _Open(name, rate, spelled, silent)

    def _object(self, objection: str) -> None:
        self.objections.append(f"line {self.parser.CurrentLineNumber}: {objection}")

    def _stop(self, objection: str) -> None:
        self._object(objection)
        raise _Stopped
