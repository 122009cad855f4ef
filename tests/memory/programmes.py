"""Programmes in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from outbound.ports import KeywordTaken, ProgrammePage

if TYPE_CHECKING:
    from outbound.domain.programme import Programme


@dataclass
class MemoryProgrammes:
    """Programmes by (tenant, id)."""

    programmes: dict[tuple[str, str], Programme] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def put(self, programme: Programme) -> None:
        with self._lock:
            keyword = programme.keyword
            owner = self.by_keyword(programme.tenant, keyword) if keyword else None
            if owner is not None and owner.id != programme.id:
                raise KeywordTaken
            self.programmes[programme.tenant, programme.id] = programme

    def get(self, tenant: str, programme_id: str) -> Programme | None:
        return self.programmes.get((tenant, programme_id))

    def by_keyword(self, tenant: str, keyword: str) -> Programme | None:
        having = (
            each
            for (owner, _), each in self.programmes.items()
            if owner == tenant and each.keyword == keyword
        )
        return next(having, None)

    def page(self, tenant: str, *, limit: int, after: str | None) -> ProgrammePage:
        found = [
            self.programmes[place]
            for place in sorted(self.programmes)
            if place[0] == tenant and (after is None or place[1] > after)
        ]
        last = found[limit - 1].id if len(found) >= limit else None
        return ProgrammePage(tuple(found[:limit]), last)

    def delete(self, tenant: str, programme_id: str) -> None:
        self.programmes.pop((tenant, programme_id), None)
