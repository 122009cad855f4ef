"""Which message a receipt belongs to, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.ids import MessageRef
    from outbound.ports import Clock


@dataclass
class MemoryCorrelation:
    """Links by (provider, its id) with their end, and what may have left unheard."""

    clock: Clock = field(compare=False)
    links: dict[tuple[str, str], tuple[MessageRef, datetime]] = field(default_factory=dict)
    losses: set[tuple[Address, datetime, MessageRef]] = field(default_factory=set)

    def link(self, provider: str, provider_id: str, ref: MessageRef, *, until: datetime) -> None:
        self.links[provider, provider_id] = (ref, until)

    def linked(self, provider: str, provider_id: str) -> MessageRef | None:
        ref, until = self.links.get((provider, provider_id), (None, None))
        return ref if until is not None and until > self.clock.now() else None

    def lose(self, address: Address, claimed_at: datetime, ref: MessageRef) -> None:
        self.losses.add((address, claimed_at, ref))

    def lost(self, address: Address, *, since: datetime, until: datetime) -> Sequence[MessageRef]:
        fitting = {
            ref
            for to, claimed_at, ref in self.losses
            if to == address and since <= claimed_at <= until
        }
        return sorted(fitting, key=lambda ref: (ref.tenant, ref.id))
