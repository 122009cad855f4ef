"""CSV: separators told by the header, quotation marks that may hold lines, bounds for both."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.contact_import import BEGIN, LARGEST_ROW, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.adapters.imports.lines import Line

SEPARATORS = ",;\t|"
_SEPARATOR = re.compile(r'"?sep=(?P<sign>[,;|]?)"?')
"""What spreadsheets write before the header, so that they read it again themselves."""
NOT_CSV = "not_csv"


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of a row, which begins at `line`; none where `fault` says why."""

    line: int
    behind: Place
    cells: list[str]
    fault: str | None = None


class Table:
    """Reads records one by one, never a line further than the last of them."""

    def __init__(self, lines: Iterator[Line], separator: str | None = None, place: Place = BEGIN):
        self._lines = lines
        self._behind = place
        self._fault: str | None = None
        self.separator = separator

    def records(self) -> Iterator[Record]:
        """All records; empty lines are none."""
        csv.field_size_limit(LARGEST_ROW)
        texts = self._texts()
        first = next(texts, None)
        told = _SEPARATOR.fullmatch(first.strip()) if first and not self.separator else None
        if told is not None:
            self.separator, first = told["sign"] or "\t", next(texts, None)
        if first is None:
            return
        self.separator = self.separator or separator_of(first)
        reader = csv.reader(_with(first, texts), delimiter=self.separator, strict=True)
        line = self._behind.line
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                self._fault, cells = self._fault or NOT_CSV, []
            if self._fault or any(cells):
                yield Record(line, self._behind, [] if self._fault else cells, self._fault)
            self._fault, line = None, self._behind.line + 1

    def _texts(self) -> Iterator[str]:
        for line in self._lines:
            self._behind = line.behind
            self._fault = self._fault or line.fault
            yield line.text


def separator_of(header: str) -> str:
    """The separator that a header has most of."""
    bare = "".join(header.split('"')[::2])
    return max(SEPARATORS, key=bare.count)


def _with(first: str, texts: Iterator[str]) -> Iterator[str]:
    yield first
    yield from texts
