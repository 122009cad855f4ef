"""Statistics as they are asked for: of some days, broken down in one respect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from outbound.domain.errors import refused_at
from outbound.domain.stats import Book, By, grouped
from outbound.domain.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.key import ApiKey
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
