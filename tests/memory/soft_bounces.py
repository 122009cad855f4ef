"""Soft bounces in memory."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound.domain.address import Address


@dataclass
class MemorySoftBounces:
    """When messages bounced, by (tenant, address) and message."""

    noted: defaultdict[tuple[str, Address], dict[str, datetime]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def note(
        self, tenant: str, address: Address, message_id: str, at: datetime
    ) -> Sequence[datetime]:
        noted = self.noted[tenant, address]
        noted.setdefault(message_id, at)
        return list(noted.values())
