"""What lists of mail show of an email beside its subject: the hidden text that it begins with."""

from __future__ import annotations

import re
from collections import defaultdict
from html.parser import HTMLParser
from itertools import count
from typing import TYPE_CHECKING

from jinja2 import nodes

from outbound.adapters.composing.elements import VOID
from outbound.adapters.templates.uses import paths_of, paths_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from outbound.ports import Path

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0|opacity\s*:\s*0\b",
    re.IGNORECASE,
)
PRINTED, DECIDED = "p", "d"
_SILENT = frozenset({"head", "script", "style", "title"})


def hidden_opening(tree: nodes.Template) -> frozenset[Path] | None:
    """What the hidden text at the beginning of a whole tree asks for; None where there is none.

    What stands in it by way of `set` and `for` counts as well.
    """
    asked: list[nodes.Node] = []
    pieces = list(_pieces(tree))
    markup = "".join(data for data, _ in pieces).lower()
    word = next(each for number in count() if (each := f"mark{number}x") not in markup)
    reader = _Reader(word)
    for data, expression in pieces:
        if expression is None:
            reader.take(data)
        else:
            reader.take(f"{word}{len(asked)}{data}")
            asked.append(expression)
    if not reader.read():
        return None
    behind = _behind([asked[number] for number in reader.marks], _own_names(tree))
    free = {path[0] for path in paths_of(tree)}
    return frozenset(path for path in behind if path[0] in free)


def _pieces(node: nodes.Node) -> Iterator[tuple[str, nodes.Node | None]]:
    """Markup as it stands; or what is printed or decided on between, and which of both."""
    match node:
        case nodes.Output(nodes=parts):
            for part in parts:
                if isinstance(part, nodes.TemplateData):
                    yield part.data, None
                else:
                    yield PRINTED, part
        case nodes.Expr():
            yield DECIDED, node
        case nodes.Assign():
            return
        case nodes.For():
            yield DECIDED, node.iter
            for each in (*node.body, *node.else_):
                yield from _pieces(each)
        case _:
            for child in node.iter_child_nodes():
                yield from _pieces(child)


def _own_names(tree: nodes.Template) -> Mapping[str, Sequence[nodes.Node]]:
    """What the names stand for that the template makes."""
    given: defaultdict[str, list[nodes.Node]] = defaultdict(list)
    sources: list[tuple[nodes.Node, nodes.Node]] = [
        *((each.target, each.node) for each in tree.find_all(nodes.Assign)),
        *((each.target, each.iter) for each in tree.find_all(nodes.For)),
    ]
    for target, source in sources:
        for each in target.items if isinstance(target, nodes.Tuple) else (target,):
            if isinstance(each, nodes.Name):
                given[each.name].append(source)
    return given


def _behind(asked: Iterable[nodes.Node], own: Mapping[str, Sequence[nodes.Node]]) -> Iterator[Path]:
    """The paths of expressions, and of what their names stand for."""
    waiting, seen = list(asked), set()
    while waiting:
        for path in paths_within(waiting.pop()):
            yield path
            if path[0] not in seen:
                seen.add(path[0])
                waiting += own.get(path[0], ())


class _Reader(HTMLParser):
    """Reads until something is seen; `marks` are those in the hidden text before."""

    def __init__(self, word: str):
        super().__init__(convert_charrefs=True)
        self.marks: list[int] = []
        self._mark = re.compile(rf"{word}(\d+)[{PRINTED}{DECIDED}]")
        self._decided = re.compile(rf"{word}\d+{DECIDED}")
        self._pieces: list[str] = []
        self._hides = self._over = False
        self._open: list[tuple[str, bool]] = []

    def take(self, piece: str) -> None:
        """Put down the next piece."""
        self._pieces.append(piece)

    def read(self) -> bool:
        """Read all; whether there is hidden text at the beginning."""
        self.feed("".join(self._pieces))
        self.close()
        return self._hides

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            hidden = bool(_HIDDEN.search(dict(attrs).get("style") or ""))
            self._open.append((tag, hidden or self._hidden()))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == name for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._over or any(name in _SILENT for name, _ in self._open):
            return
        if self._hidden():
            self._hides = self._hides or bool(data.strip())
            self.marks += [int(each) for each in self._mark.findall(data)]
        elif self._decided.sub("", data).strip():
            self._over = True

    def _hidden(self) -> bool:
        return bool(self._open) and self._open[-1][1]
