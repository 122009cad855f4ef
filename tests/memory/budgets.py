"""Budgets in memory."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from threading import Lock


@dataclass
class MemoryBudgets:
    """Limits by tenant; what is taken, by tenant and month."""

    limits: dict[str, Decimal | None] = field(default_factory=dict)
    spent: defaultdict[tuple[str, str], Decimal] = field(
        default_factory=lambda: defaultdict(Decimal)
    )
    _lock: Lock = field(default_factory=Lock, compare=False)

    def limit(self, tenant: str) -> Decimal | None:
        return self.limits.get(tenant)

    def put(self, tenant: str, limit: Decimal | None) -> None:
        self.limits[tenant] = limit

    def take(self, tenant: str, month: str, amount: Decimal, limit: Decimal) -> bool:
        with self._lock:
            if self.spent[tenant, month] + amount > limit:
                return False
            self.spent[tenant, month] += amount
            return True

    def give_back(self, tenant: str, month: str, amount: Decimal) -> None:
        with self._lock:
            self.spent[tenant, month] -= amount

    def begin(self, tenant: str, month: str, spent: Decimal) -> None:
        self.spent[tenant, month] = spent

    def taken(self, tenant: str, month: str) -> Decimal:
        return self.spent[tenant, month]
