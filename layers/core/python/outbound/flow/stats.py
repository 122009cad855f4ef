"""Statistics: what the stream of messages brings is added to the counts of its tenants."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from outbound.domain.address_rules import country
from outbound.domain.errors import refused_at
from outbound.domain.stats import Book, By, Cell, counts_of, grouped, moved
from outbound.domain.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outbound.domain.key import ApiKey
    from outbound.flow.counting import Changed
    from outbound.ports import Clock, Stats

LONGEST = 31
"""Days in one answer."""
USUAL = 7


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


def count(changes: Iterable[Changed], batch: str, stats: Stats) -> None:
    """Add what a batch of changes comes to, once, however often it is brought.

    A message of somebody who was erased stays counted as it was.
    """
    books: defaultdict[Book, defaultdict[Cell, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for change in changes:
        after = change.after
        if after is None or after.redacted:
            continue
        region = country(after.address)
        before = counts_of(change.before, region) if change.before else {}
        for cell, tally in moved(before, counts_of(after, region)):
            books[Book(after.tenant, after.mode)][cell] += tally
    for book, cells in books.items():
        changed = {cell: tally for cell, tally in cells.items() if tally.counts or tally.cost}
        if changed:
            stats.add(book, batch, changed)


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
