"""Anchors and how far they are written, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.ports import StoredAnchor

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date, datetime

    from outbound.domain.anchor import AnchorFile


@dataclass
class MemoryAnchors:
    """All versions of each file by its name; None stands for a mark of deletion."""

    kept: dict[str, list[bytes | None]] = field(default_factory=dict)

    def put(self, file: AnchorFile) -> bool:
        if self.kept.get(file.name, [None])[-1] is not None:
            return False
        self.kept.setdefault(file.name, []).append(file.content)
        return True

    def tenants(self) -> Sequence[str]:
        return sorted({name.partition("/")[0] for name in self.kept})

    def files(self, tenant: str, *, after: str | None = None) -> Iterator[StoredAnchor]:
        for name, versions in sorted(self.kept.items()):
            if name.startswith(f"{tenant}/") and name > (after or ""):
                yield StoredAnchor(name, len(versions) - 1)

    def read(self, name: str) -> bytes:
        first = self.kept[name][0]
        assert first is not None
        return first


@dataclass
class MemoryAnchorDays:
    """`places` of days that aren't finished, and when the others were."""

    places: dict[date, str] = field(default_factory=dict)
    done: dict[date, datetime] = field(default_factory=dict)

    def finished(self, first: date, last: date) -> Collection[date]:
        return {day for day in self.done if first <= day <= last}

    def reached(self, day: date) -> str | None:
        return self.places.get(day)

    def reach(self, day: date, place: str) -> None:
        self.places[day] = place

    def finish(self, day: date, now: datetime) -> None:
        self.places.pop(day, None)
        self.done[day] = now
