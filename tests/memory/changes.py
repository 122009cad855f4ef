"""Changes for AWS's lists, and these lists, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from outbound.domain.mirror import Answer, Change, Listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from outbound.domain.address import Address


@dataclass
class MemoryChanges:
    """`waiting` are the changes by (tenant, key)."""

    waiting: dict[tuple[str, str], Change] = field(default_factory=dict)

    def put(self, change: Change) -> None:
        self.waiting[change.tenant, change.key] = change

    def get(self, tenant: str, key: str) -> Change | None:
        return self.waiting.get((tenant, key))

    def remove(self, change: Change) -> None:
        if self._still(change):
            del self.waiting[change.tenant, change.key]

    def put_off(self, before: Change, after: Change) -> None:
        if self._still(before):
            self.waiting[before.tenant, before.key] = replace(
                before, due_at=after.due_at, tries=after.tries, erased=after.erased
            )

    def due(self, now: datetime, *, limit: int) -> Iterator[Change]:
        found = [each for each in self.waiting.values() if each.due_at <= now]
        return iter(found[:limit])

    def _still(self, change: Change) -> bool:
        there = self.waiting.get((change.tenant, change.key))
        return there is not None and (there.at, there.lifted) == (change.at, change.lifted)


@dataclass
class MemoryAccountLists:
    """What stands on AWS's lists; `answers` is what comes instead of a call that is done."""

    standing: dict[Address, Listed] = field(default_factory=dict)
    answers: list[tuple[Answer, str]] = field(default_factory=list)
    calls: int = 0

    def put(self, tenant: str, address: Address, listed: Listed) -> tuple[Answer, str]:
        self.calls += 1
        if self.answers:
            return self.answers.pop(0)
        self.standing[address] = listed
        return Answer.DONE, ""

    def remove(self, tenant: str, address: Address) -> tuple[Answer, str]:
        self.calls += 1
        if self.answers:
            return self.answers.pop(0)
        self.standing.pop(address, None)
        return Answer.DONE, ""
