"""The keeping of budgets, and what a month has cost."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.budget import Budget, month_of
from outbound.domain.stats import Book, By, grouped
from outbound.domain.tally import Tally
from outbound.domain.words import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from outbound.domain.key import ApiKey
    from outbound.domain.stats import Cell
    from outbound.ports import Budgets, Clock, Stats

PARTS = (By.CHANNEL, By.PURPOSE, By.CAMPAIGN)


@dataclass(frozen=True, slots=True)
class BudgetPorts:
    """What the keeping of budgets works with."""

    clock: Clock
    budgets: Budgets
    stats: Stats


@dataclass(frozen=True, slots=True)
class Costs:
    """What a month has cost, together and in parts, and what may be spent in it."""

    month: str
    total: Tally
    parts: Mapping[By, Mapping[str | None, Tally]]
    budget: Budget


def put(monthly: Decimal | None, key: ApiKey, ports: BudgetPorts) -> Budget:
    """Set what a tenant may spend in each month, or that there is no limit.

    With the first one, what the month has cost by now is taken of it.
    """
    if monthly is not None and ports.budgets.limit(key.tenant) is None:
        now = ports.clock.now()
        spent = sum((tally.cost for _, tally in _cells(now.date(), key, ports)), Tally().cost)
        ports.budgets.begin(key.tenant, month_of(now), spent)
    ports.budgets.put(key.tenant, monthly)
    return find(key, ports)


def find(key: ApiKey, ports: BudgetPorts) -> Budget:
    """What a tenant may spend, and what is taken of this month."""
    return _budget(month_of(ports.clock.now()), key, ports)


def costs(first: date | None, key: ApiKey, ports: BudgetPorts) -> Costs:
    """What a month has cost that begins with this day; without one, this month."""
    day = first or ports.clock.now().date()
    cells = _cells(day, key, ports)
    month = f"{day:%Y-%m}"
    return Costs(
        month=month,
        total=sum((tally for _, tally in cells), Tally()),
        parts={by: grouped(cells, by) for by in PARTS},
        budget=_budget(month, key, ports),
    )


def _budget(month: str, key: ApiKey, ports: BudgetPorts) -> Budget:
    taken = ports.budgets.taken(key.tenant, month)
    return Budget(ports.budgets.limit(key.tenant), month, taken)


def _cells(day: date, key: ApiKey, ports: BudgetPorts) -> list[tuple[Cell, Tally]]:
    """The counts of a day's month; only what live keys send costs anything."""
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return list(ports.stats.between(Book(key.tenant, Mode.LIVE), day.replace(day=1), last))
