"""The statistics of tenants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from outbound.domain.stats import Book, Cell
    from outbound.domain.tally import Tally


class Stats(Protocol):
    """Counts by day, and by what messages have in common."""

    def add(self, book: Book, batch: str, changes: Mapping[Cell, Tally]) -> bool:
        """Add what a batch of the stream has brought; False where all of it was added before.

        For two days nobody forgets that it was.
        """
        ...

    def between(self, book: Book, first: date, last: date) -> Iterator[tuple[Cell, Tally]]:
        """The counts of these days; a cell may come in several parts."""
        ...

    def in_doubt(self, first: date, last: date) -> int:
        """How many messages of these days are unconfirmed, of all tenants, rehearsals left out."""
        ...
