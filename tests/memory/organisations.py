"""Settings of tenants in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from outbound.domain.organisation import NOBODY, Organisation


@dataclass
class MemoryOrganisations:
    """`said` by tenant; `reads` counts how often anybody asked."""

    said: dict[str, Organisation] = field(default_factory=dict)
    reads: int = field(default=0, compare=False)

    def get(self, tenant: str) -> Organisation:
        self.reads += 1
        return self.said.get(tenant, NOBODY)

    def put(self, tenant: str, organisation: Organisation) -> None:
        self.said[tenant] = organisation
