"""Testers in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from outbound.ports import TesterList

if TYPE_CHECKING:
    from outbound.domain.tester import Tester


@dataclass
class MemoryTesters:
    """Lists by tenant."""

    lists: dict[str, TesterList] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def all(self, tenant: str) -> TesterList:
        return self.lists.get(tenant, TesterList())

    def write(self, tenant: str, testers: tuple[Tester, ...], seen: int) -> bool:
        with self._lock:
            if self.all(tenant).version != seen:
                return False
            self.lists[tenant] = TesterList(testers, seen + 1)
            return True
