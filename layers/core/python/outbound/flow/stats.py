"""Statistics: what the stream of messages brings is added to the counts of its tenants."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from outbound.domain.address_rules import country
from outbound.domain.errors import refused_at
from outbound.domain.stats import Book, By, Cell, counts_of, grouped, moved
from outbound.domain.tally import Tally
from outbound.domain.words import Mode
from outbound.flow.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outbound.domain.key import ApiKey
    from outbound.flow.counting import Changed
    from outbound.ports import Clock, Signals, Stats

LONGEST = 31
"""Days in one answer."""
USUAL = 7
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


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both of them included; what isn't given is the week that ends today."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Counts of days, in one respect, and all of them together."""

    first: date
    last: date
    by: By
    groups: Mapping[str | None, Tally]
    total: Tally


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


def look(span: Span, by: By, key: ApiKey, clock: Clock, stats: Stats) -> Found:
    """The statistics of a tenant, of messages of the mode of its key.

    Raises:
        Refusal: the days are too many, or end before they begin.
    """
    last = span.last or max(clock.now().date(), span.first or date.min)
    first = span.first or last - timedelta(days=USUAL - 1)
    if first > last:
        raise refused_at("from", "invalid_parameter", "from must not be later than to.")
    if (last - first).days >= LONGEST:
        message = f"from and to must be at most {LONGEST} days together; ask for each part."
        raise refused_at("from", "invalid_parameter", message)
    cells = list(stats.between(Book(key.tenant, key.mode), first, last))
    total = sum((tally for _, tally in cells), Tally())
    return Found(first, last, by, grouped(cells, by), total)
