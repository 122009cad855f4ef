"""Idempotency keys in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.words import Mode
    from outbound.ports import Claim

KEPT = timedelta(days=7)


@dataclass
class MemoryIdempotency:
    """Claims by (tenant, mode, key)."""

    claims: dict[tuple[str, Mode, str], Claim] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def __len__(self) -> int:
        return len(self.claims)

    def reserve(self, tenant: str, mode: Mode, key: str, claim: Claim) -> Claim | None:
        with self._lock:
            earlier = self.claims.get((tenant, mode, key))
            if earlier is not None and claim.at - earlier.at < KEPT:
                return earlier
            self.claims[tenant, mode, key] = claim
            return None

    def find(self, tenant: str, mode: Mode, key: str, now: datetime) -> Claim | None:
        earlier = self.claims.get((tenant, mode, key))
        return earlier if earlier is not None and now - earlier.at < KEPT else None
