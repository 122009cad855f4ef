"""Anchors of the ledger, and how far they have been written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date, datetime

    from outbound.domain.anchor import AnchorFile


@dataclass(frozen=True, slots=True)
class StoredAnchor:
    """A file that is kept, and how often it was written or deleted again."""

    name: str
    changes: int


class Anchors(Protocol):
    """Files that are written once and can't be removed for years."""

    def put(self, file: AnchorFile) -> bool:
        """Keep a file; False, and nothing happens, if there is one with its name."""
        ...

    def tenants(self) -> Sequence[str]:
        """All who have files, in order."""
        ...

    def files(self, tenant: str, *, after: str | None = None) -> Iterator[StoredAnchor]:
        """A tenant's files by name, so by day, behind the name `after`."""
        ...

    def read(self, name: str) -> bytes:
        """A file as it was first written."""
        ...


class AnchorDays(Protocol):
    """How far each day's heads have been written."""

    def finished(self, first: date, last: date) -> Collection[date]:
        """The days of a span, both ends included, all of whose heads are written."""
        ...

    def reached(self, day: date) -> str | None:
        """The place of the last head of a day that is surely written."""
        ...

    def reach(self, day: date, place: str) -> None:
        """All heads of the day up to this place are written."""
        ...

    def finish(self, day: date, now: datetime) -> None:
        """All heads of the day are written."""
        ...
