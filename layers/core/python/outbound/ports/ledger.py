"""The ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from outbound.domain.anchor import Head
    from outbound.domain.contact import ChainHead
    from outbound.domain.ledger import Entry, Written


class Ledger(Protocol):
    """What was said about consent: entries are added, nothing changes or removes them."""

    def entries(self, tenant: str, chain: str) -> Sequence[Written]:
        """A chain from its beginning; the proof is empty where it was erased."""
        ...

    def beginnings(
        self, tenant: str, lengths: Mapping[str, int]
    ) -> Mapping[str, Sequence[Written]]:
        """Several chains, each up to one entry more than its length."""
        ...

    def last(self, tenant: str, chain: str) -> Entry | None:
        """The last entry of a chain."""
        ...

    def head(self, tenant: str, chain: str) -> ChainHead:
        """The number and digest of the last entry of a chain."""
        ...

    def append(self, tenant: str, chain: str, written: Sequence[Written]) -> bool:
        """Add entries that continue a chain; False if somebody else has continued it."""
        ...

    def erase_proofs(self, tenant: str, chain: str, now: datetime, *, up_to: int) -> None:
        """Remove what is personal up to an entry; the entries and their digests stay."""
        ...

    def heads(
        self, day: date, *, after: str | None = None, tenant: str | None = None
    ) -> Iterator[Head]:
        """The last entry that each chain got on a day, in the order of their places."""
        ...


class ContactHeads(Protocol):
    """The chains of a tenant's contacts, as the contacts themselves remember them."""

    def head(self, tenant: str, contact_id: str) -> ChainHead | None:
        """The head that a contact remembers; None where there is no such contact."""
        ...

    def all(self, tenant: str, *, after: str | None = None) -> Iterator[tuple[str, str, ChainHead]]:
        """Each contact with something in the ledger: its place, its id, its head."""
        ...
