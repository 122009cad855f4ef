"""Suppressions whose changes are brought to AWS's own lists, later and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.ids import address_key
from outbound.domain.mirror import ANSWERED, Change, concerns_lists

if TYPE_CHECKING:
    from outbound.domain.address import Address
    from outbound.domain.suppression import Reason, Suppression
    from outbound.ports import Changes, Clock, SuppressionPage, Suppressions

AT_ONCE = timedelta(seconds=20)
"""By when whoever has remembered a change has also made it."""


@dataclass(frozen=True, slots=True)
class MirroredSuppressions:
    """Suppressions, in front of the store that keeps them.

    A change is remembered before it is made, at the cost of one write, and nothing is called: the
    sweep finds it. So a crash between the two loses nothing.
    """

    store: Suppressions
    changes: Changes
    clock: Clock
    secret: bytes

    def suppress(self, tenant: str, address: Address, suppression: Suppression) -> bool:
        """Suppress, and have AWS's list say so too where it is meant so."""
        if concerns_lists(tenant, address, suppression):
            delay = AT_ONCE if address.kind == "email" else ANSWERED
            self.changes.put(self._change(tenant, address, delay, lifted=False))
        return self.store.suppress(tenant, address, suppression)

    def suppress_key(self, tenant: str, address_key: str, suppression: Suppression) -> bool:
        """Suppress an address that isn't known; AWS's lists, which hold addresses, can't say so."""
        return self.store.suppress_key(tenant, address_key, suppression)

    def lift(self, tenant: str, address: Address, reason: Reason) -> bool:
        """Lift, and have the address taken off AWS's list if it was put there for this.

        Else it stays: AWS may have put it there itself.
        """
        standing = [each for each in self.store.of(tenant, address) if each.reason is reason]
        if any(concerns_lists(tenant, address, each) for each in standing):
            self.changes.put(self._change(tenant, address, AT_ONCE, lifted=True))
        return self.store.lift(tenant, address, reason)

    def of(self, tenant: str, address: Address) -> tuple[Suppression, ...]:
        """What stands against an address."""
        return self.store.of(tenant, address)

    def page(self, tenant: str, *, limit: int, after: str | None) -> SuppressionPage:
        """A page of suppressed addresses."""
        return self.store.page(tenant, limit=limit, after=after)

    def _change(self, tenant: str, address: Address, delay: timedelta, *, lifted: bool) -> Change:
        now = self.clock.now()
        key = address_key(self.secret, tenant, address.value)
        return Change(tenant, key, address, lifted=lifted, at=now, due_at=now + delay)
