"""Erasures in memory, and the work on them that is still to be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.domain.erasure import ErasureState

if TYPE_CHECKING:
    from outbound.domain.erasure import Erasure


@dataclass
class MemoryErasures:
    """`waiting` holds (tenant, id, seconds) of the work that was put off."""

    kept: dict[tuple[str, str], Erasure] = field(default_factory=dict)
    waiting: list[tuple[str, str, int]] = field(default_factory=list)

    def open(self, erasure: Erasure) -> Erasure:
        return self.kept.setdefault((erasure.tenant, erasure.id), erasure)

    def get(self, tenant: str, erasure_id: str) -> Erasure | None:
        return self.kept.get((tenant, erasure_id))

    def update(self, erasure: Erasure) -> None:
        key = erasure.tenant, erasure.id
        if self.kept[key].state is ErasureState.RUNNING:
            self.kept[key] = erasure

    def later(self, tenant: str, erasure_id: str, seconds: int) -> None:
        self.waiting.append((tenant, erasure_id, seconds))
