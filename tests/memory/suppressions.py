"""Suppressed addresses in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from outbound.domain.ids import address_key
from outbound.domain.suppression import Reason, Suppression, joined
from outbound.ports import SuppressionPage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.address import Address


@dataclass
class MemorySuppressions:
    """`standing` holds what stands, by (tenant, address key) and reason."""

    secret: bytes
    standing: dict[tuple[str, str], dict[Reason, Suppression]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def suppress(self, tenant: str, address: Address, suppression: Suppression) -> bool:
        return self.suppress_key(*self._key(tenant, address), suppression)

    def suppress_key(self, tenant: str, address_key: str, suppression: Suppression) -> bool:
        with self._lock:
            reasons = self.standing.setdefault((tenant, address_key), {})
            old = reasons.get(suppression.reason)
            new = joined(old, suppression) if old else suppression
            reasons[suppression.reason] = new
            return new != old

    def lift(self, tenant: str, address: Address, reason: Reason) -> bool:
        with self._lock:
            reasons = self.standing.get(self._key(tenant, address), {})
            lifted = reasons.pop(reason, None) is not None
            if not reasons:
                self.standing.pop(self._key(tenant, address), None)
            return lifted

    def of(self, tenant: str, address: Address) -> tuple[Suppression, ...]:
        return _in_order(self.standing.get(self._key(tenant, address), {}))

    def page(self, tenant: str, *, limit: int, after: str | None) -> SuppressionPage:
        found = [
            (key, _in_order(reasons))
            for (owner, key), reasons in sorted(self.standing.items())
            if owner == tenant and key > (after or "")
        ]
        more = len(found) >= limit
        return SuppressionPage(tuple(found[:limit]), found[limit - 1][0] if more else None)

    def _key(self, tenant: str, address: Address) -> tuple[str, str]:
        return tenant, address_key(self.secret, tenant, address.value)


def _in_order(reasons: dict[Reason, Suppression]) -> tuple[Suppression, ...]:
    return tuple(reasons[reason] for reason in Reason if reason in reasons)


@dataclass
class MemoryImports:
    """When each list was read in to its end."""

    done: dict[str, datetime] = field(default_factory=dict)

    def finish(self, source: str, now: datetime) -> None:
        self.done[source] = now

    def finished(self) -> Mapping[str, datetime]:
        return dict(self.done)
