"""The ledger in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING

from outbound.domain.contact import ChainHead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound.ports import Written


@dataclass
class MemoryLedger:
    """`chains` holds what is written, by (tenant, chain)."""

    chains: dict[tuple[str, str], list[Written]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def entries(self, tenant: str, chain: str) -> Sequence[Written]:
        return list(self.chains.get((tenant, chain), ()))

    def head(self, tenant: str, chain: str) -> ChainHead:
        last = self.chains.get((tenant, chain), [])[-1:]
        return ChainHead(last[0].entry.number, last[0].entry.digest) if last else ChainHead()

    def append(self, tenant: str, chain: str, written: Sequence[Written]) -> bool:
        with self._lock:
            there = self.chains.setdefault((tenant, chain), [])
            numbers = {each.entry.number for each in there}
            if any(each.entry.number in numbers for each in written):
                return False
            there += written
            return True

    def erase_proofs(self, tenant: str, chain: str, now: datetime, *, up_to: int) -> None:
        with self._lock:
            there = self.chains.get((tenant, chain), [])
            there[:] = [
                replace(each, proof={}, erased_at=now)
                if each.proof and each.entry.number <= up_to
                else each
                for each in there
            ]
