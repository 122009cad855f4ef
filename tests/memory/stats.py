"""Statistics in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.domain.message import Status
from outbound.domain.words import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from outbound.domain.stats import Book, Cell
    from outbound.domain.tally import Tally


@dataclass
class MemoryStats:
    """What each batch has brought, by whose and by the batch."""

    kept: dict[tuple[Book, str], Mapping[Cell, Tally]] = field(default_factory=dict)

    def add(self, book: Book, batch: str, changes: Mapping[Cell, Tally]) -> bool:
        if (book, batch) in self.kept:
            return False
        self.kept[book, batch] = dict(changes)
        return True

    def between(self, book: Book, first: date, last: date) -> Iterator[tuple[Cell, Tally]]:
        for (owner, _), changes in self.kept.items():
            if owner == book:
                yield from (each for each in changes.items() if first <= each[0].day <= last)

    def in_doubt(self, first: date, last: date) -> int:
        return sum(
            tally.of(Status.UNCONFIRMED)
            for (book, _), changes in self.kept.items()
            if book.mode is Mode.LIVE
            for cell, tally in changes.items()
            if first <= cell.day <= last
        )
