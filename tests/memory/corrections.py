"""Corrections in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass
class MemoryCorrections:
    """Who waits until when, by (tenant, address key)."""

    waiting: dict[tuple[str, str], tuple[str, datetime]] = field(default_factory=dict)

    def put(self, tenant: str, address_key: str, contact_id: str, *, until: datetime) -> None:
        self.waiting[tenant, address_key] = (contact_id, until.replace(microsecond=0))

    def get(self, tenant: str, address_key: str, now: datetime) -> str | None:
        contact_id, until = self.waiting.get((tenant, address_key), (None, now))
        return contact_id if until > now.replace(microsecond=0) else None

    def forget(self, tenant: str, address_key: str, contact_id: str) -> None:
        if self.waiting.get((tenant, address_key), (None,))[0] == contact_id:
            del self.waiting[tenant, address_key]
