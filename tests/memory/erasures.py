"""Erasures in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from outbound.domain.erasure import ErasureState

if TYPE_CHECKING:
    from outbound.domain.erasure import Erasure


@dataclass
class MemoryErasures:
    """Erasures by (tenant, id)."""

    kept: dict[tuple[str, str], Erasure] = field(default_factory=dict)

    def open(self, erasure: Erasure) -> Erasure:
        return self.kept.setdefault((erasure.tenant, erasure.id), erasure)

    def get(self, tenant: str, erasure_id: str) -> Erasure | None:
        return self.kept.get((tenant, erasure_id))

    def note_unlisted(self, tenant: str, erasure_id: str, kind: str) -> None:
        kept = self.kept[tenant, erasure_id]
        kinds = tuple(sorted({*kept.unlisted, kind}))
        self.kept[tenant, erasure_id] = replace(kept, unlisted=kinds)

    def update(self, erasure: Erasure) -> None:
        key = erasure.tenant, erasure.id
        if self.kept[key].state is ErasureState.RUNNING:
            self.kept[key] = replace(erasure, unlisted=self.kept[key].unlisted)
