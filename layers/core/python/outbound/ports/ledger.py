"""The ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from outbound.domain.contact import ChainHead
    from outbound.domain.ledger import Entry


@dataclass(frozen=True, slots=True)
class Written:
    """A ledger's entry with the personal values that it keeps digests of, until they are erased."""

    entry: Entry
    proof: Mapping[str, str] = field(default_factory=dict)
    erased_at: datetime | None = None


class Ledger(Protocol):
    """What was said about consent: entries are added, nothing changes or removes them."""

    def entries(self, tenant: str, chain: str) -> Sequence[Written]:
        """A chain from its beginning; the proof is empty where it was erased."""
        ...

    def head(self, tenant: str, chain: str) -> ChainHead:
        """The last entry of a chain."""
        ...

    def append(self, tenant: str, chain: str, written: Sequence[Written]) -> bool:
        """Add entries that continue a chain; False if somebody else has continued it."""
        ...

    def erase_proofs(self, tenant: str, chain: str, now: datetime, *, up_to: int) -> None:
        """Remove what is personal up to an entry; the entries and their digests stay."""
        ...
