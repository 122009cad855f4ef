"""Statistics: what the stream of messages brings is added to the counts of its tenants."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from outbound.domain.address_rules import country
from outbound.domain.stats import Book, Cell, counts_of, moved
from outbound.domain.tally import Tally
from outbound.domain.words import Mode
from outbound.flow.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outbound.flow.counting import Changed
    from outbound.ports import Clock, Signals, Stats

DOUBT = timedelta(days=3)
"""Carriers report for 72 hours."""


@dataclass
class _Page:
    """What a batch brings of one book."""

    cells: defaultdict[Cell, Tally] = field(default_factory=lambda: defaultdict(Tally))
    watch: Watch = field(default_factory=Watch)

    def add(self, change: Changed) -> None:
        """Add what a message has become."""
        before, after = change.before, change.after
        assert after is not None
        region = country(after.address)
        spent = Decimal(0)
        counts = counts_of(before, region) if before else {}
        for cell, tally in moved(counts, counts_of(after, region)):
            self.cells[cell] += tally
            spent += tally.cost
        self.watch.see(change, spent)

    @property
    def changed(self) -> dict[Cell, Tally]:
        """The cells to which something is added."""
        return {cell: tally for cell, tally in self.cells.items() if tally.counts or tally.cost}


def count(changes: Iterable[Changed], batch: str, stats: Stats, signals: Signals) -> None:
    """Add what a batch of changes comes to, once, however often it is brought; and tell of it.

    A message of somebody who was erased stays counted as it was. Operators see what is really sent.
    """
    pages: defaultdict[Book, _Page] = defaultdict(_Page)
    for change in changes:
        if change.after is not None and not change.after.redacted:
            pages[Book(change.after.tenant, change.after.mode)].add(change)
    for book, page in pages.items():
        changed = page.changed
        if changed and not stats.add(book, batch, changed):
            continue
        if book.mode is Mode.LIVE:
            page.watch.tell(signals)


def tell_doubt(clock: Clock, stats: Stats, signals: Signals) -> None:
    """Tell operators of how many messages nobody knows, while receipts may still come."""
    today = clock.now().date()
    signals.count("InDoubt", value=stats.in_doubt(today - DOUBT, today))
