"""MJML in a layout that is MJML too: put together first, for only a whole document is compiled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.adapters.composing.pieces import MarkupFault, Piece, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Pieces = Sequence[Piece]
    Blocks = Mapping[str, Sequence[Pieces]]

LONGEST = 200_000
"""Characters of a document with its layouts; each piece takes one more."""
PREHEADER = "preheader"
_PLACE = "extends stands once, and outside of everything"


def layout_of(source: str) -> str | None:
    """The id of the template that a document extends.

    Raises:
        MarkupFault: it isn't a template.
    """
    extends = _extends(pieces(source))
    return _id(extends) if extends else None


def framed(
    document: list[Piece], layouts: Mapping[str, str], preheader: str
) -> tuple[list[Piece], bool]:
    """A document in its layouts, and whether they have taken its preheader.

    What belongs to a layout has the line where that is named: it fitted until the document came.

    Raises:
        MarkupFault: something doesn't fit together.
    """
    extends = _extends(document)
    if extends is None:
        return document, False
    line, left = extends.line, dict(layouts)
    filled: dict[str, list[Pieces]] = {}
    while extends is not None:
        for name, inner in _blocks(document).items():
            filled.setdefault(name, []).append(inner)
        layout = left.pop(_id(extends), None)
        if layout is None:
            raise MarkupFault(line, f"there is no layout {_id(extends)} in MJML here")
        document = [replace(each, line=line) for each in _lines(layout)]
        extends = _extends(document)
    takes = bool(preheader) and PREHEADER in _names(document)
    if takes:
        filled.setdefault(PREHEADER, []).insert(0, pieces(preheader))
    within = [document, *(inner for versions in filled.values() for inner in versions)]
    missing = sorted(filled.keys() - {name for each in within for name in _names(each)})
    if missing:
        raise MarkupFault(line, f"the layout has no block {missing[0]}")
    return list(_Filling(filled, line).written(document)), takes


@dataclass(slots=True)
class _Filling:
    """Puts blocks into their places. They stay blocks, so what one sets ends with it."""

    filled: Blocks
    line: int
    left: int = LONGEST

    def written(
        self, document: Pieces, above: Sequence[Pieces] = (), inside: tuple[str, ...] = ()
    ) -> Iterator[Piece]:
        """The pieces; `above` is what `super()` stands for."""
        place = 0
        while place < len(document):
            piece = document[place]
            self._spend(piece)
            if piece.block:
                (name,), end = piece.block, _end(document, place)
                if name in inside:
                    raise MarkupFault(piece.line, f"the block {name} stands in itself")
                first, *more = (*self.filled.get(name, ()), document[place + 1 : end])
                yield piece
                yield from self.written(first, more, (*inside, name))
                yield document[end]
                place = end
            elif piece.gives_value and piece.words == ("super", "(", ")"):
                if not above:
                    message = "there is nothing that super() stands for"
                    raise MarkupFault(piece.line, message)
                yield from self.written(above[0], above[1:], inside)
            else:
                yield piece
            place += 1

    def _spend(self, piece: Piece) -> None:
        self.left -= len(piece.text) + 1
        if self.left < 0:
            message = f"it has more than {LONGEST} characters with its layouts"
            raise MarkupFault(self.line, message)


def _extends(document: Pieces) -> Piece | None:
    return next((each for each in document if each.words[:1] == ("extends",)), None)


def _id(extends: Piece) -> str:
    return extends.words[1].strip("'\"")


def _lines(source: str) -> Iterator[Piece]:
    """The pieces of a layout, each within a line."""
    for piece in pieces(source):
        for text in [piece.text] if piece.is_tag else piece.text.splitlines(keepends=True):
            yield replace(piece, text=text)


def _names(document: Pieces) -> set[str]:
    return {name for each in document for name in each.block}


def _blocks(document: Pieces) -> Mapping[str, Pieces]:
    """The blocks of a document that has a layout; nothing else has a place there."""
    blocks: dict[str, Pieces] = {}
    place, extended = 0, False
    while place < len(document):
        piece = document[place]
        match piece.words[:1]:
            case ("extends",) if not extended:
                extended = True
            case ("block",):
                end = _end(document, place)
                blocks[piece.words[1]] = document[place + 1 : end]
                place = end
            case ("extends",):
                raise MarkupFault(piece.line, _PLACE)
            case _ if piece.words or (not piece.is_tag and piece.text.strip()):
                message = "what stands outside of its blocks is lost in a layout"
                raise MarkupFault(piece.line, message)
        place += 1
    if not extended:
        raise MarkupFault(1, _PLACE)
    return blocks


def _end(document: Pieces, place: int) -> int:
    """Where the block ends that begins at a place."""
    deep = 0
    for number in range(place, len(document)):
        word = document[number].words[:1]
        deep += (word == ("block",)) - (word == ("endblock",))
        if deep == 0:
            return number
    raise MarkupFault(document[place].line, f"the block {document[place].words[1]} isn't closed")
