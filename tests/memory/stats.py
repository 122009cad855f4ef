"""Statistics in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from outbound.domain.stats import Book, Cell
    from outbound.domain.tally import Tally


@dataclass
class MemoryStats:
    """What each batch has brought, by whose and by the batch."""

    kept: dict[tuple[Book, str], Mapping[Cell, Tally]] = field(default_factory=dict)

    def add(self, book: Book, batch: str, changes: Mapping[Cell, Tally]) -> None:
        self.kept.setdefault((book, batch), dict(changes))

    def between(self, book: Book, first: date, last: date) -> Iterator[tuple[Cell, Tally]]:
        for (owner, _), changes in self.kept.items():
            if owner == book:
                yield from (each for each in changes.items() if first <= each[0].day <= last)
