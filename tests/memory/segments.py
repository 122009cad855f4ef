"""Segments in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING

from outbound.ports import SegmentPage

if TYPE_CHECKING:
    from outbound.domain.segment import Segment


@dataclass
class MemorySegments:
    """Segments by (tenant, id)."""

    segments: dict[tuple[str, str], Segment] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def get(self, tenant: str, segment_id: str) -> Segment | None:
        return self.segments.get((tenant, segment_id))

    def save(self, segment: Segment) -> bool:
        with self._lock:
            before = self.segments.get((segment.tenant, segment.id))
            if (before.version if before else 0) != segment.version - 1:
                return False
            self.segments[segment.tenant, segment.id] = segment
            return True

    def delete(self, segment: Segment) -> bool:
        with self._lock:
            before = self.segments.get((segment.tenant, segment.id))
            if before is None or before.version != segment.version:
                return False
            del self.segments[segment.tenant, segment.id]
            return True

    def unlist(self, tenant: str, contact_id: str) -> None:
        def rest(ids: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(each for each in ids if each != contact_id)

        for place, each in self.segments.items():
            if place[0] == tenant:
                exclude = replace(each.exclude, contact_ids=rest(each.exclude.contact_ids))
                kept = replace(each, contact_ids=rest(each.contact_ids), exclude=exclude)
                self.segments[place] = kept

    def page(self, tenant: str, *, limit: int, after: str | None) -> SegmentPage:
        found = [
            replace(each, contact_ids=(), exclude=replace(each.exclude, contact_ids=()))
            for (owner, segment_id), each in sorted(self.segments.items())
            if owner == tenant and (after is None or segment_id > after)
        ]
        last = found[limit - 1].id if len(found) >= limit else None
        return SegmentPage(tuple(found[:limit]), last)
