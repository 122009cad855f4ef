"""The ledger in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING

from outbound.domain.anchor import Head
from outbound.domain.contact import ChainHead
from outbound.domain.ledger import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from outbound.domain.contact import Contact
    from outbound.domain.ledger import Entry, Written


@dataclass
class MemoryLedger:
    """`chains` holds what is written, by (tenant, chain)."""

    chains: dict[tuple[str, str], list[Written]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def entries(self, tenant: str, chain: str) -> Sequence[Written]:
        return list(self.chains.get((tenant, chain), ()))

    def beginnings(
        self, tenant: str, lengths: Mapping[str, int]
    ) -> Mapping[str, Sequence[Written]]:
        return {
            chain: [each for each in self.entries(tenant, chain) if each.entry.number <= length + 1]
            for chain, length in lengths.items()
        }

    def last(self, tenant: str, chain: str) -> Entry | None:
        return next((each.entry for each in self.chains.get((tenant, chain), [])[-1:]), None)

    def head(self, tenant: str, chain: str) -> ChainHead:
        last = self.last(tenant, chain)
        return ChainHead(last.number, last.digest) if last else ChainHead()

    def append(self, tenant: str, chain: str, written: Sequence[Written]) -> bool:
        with self._lock:
            there = self.chains.setdefault((tenant, chain), [])
            numbers = {each.entry.number for each in there}
            if any(each.entry.number in numbers for each in written):
                return False
            there += written
            return True

    def erase_proofs(self, tenant: str, chain: str, now: datetime, *, up_to: int) -> None:
        with self._lock:
            there = self.chains.get((tenant, chain), [])
            there[:] = [
                replace(each, proof={}, erased_at=now)
                if each.proof and each.entry.number <= up_to
                else each
                for each in there
            ]

    def heads(
        self, day: date, *, after: str | None = None, tenant: str | None = None
    ) -> Iterator[Head]:
        heads = [
            Head(owner, chain, each.entry.number, each.entry.digest)
            for (owner, chain), written in self.chains.items()
            for each in [each for each in written if day_of(each.entry) == day][-1:]
            if tenant in (None, owner)
        ]
        heads.sort(key=lambda head: head.place)
        return (head for head in heads if head.place > (after or ""))


@dataclass
class MemoryContactHeads:
    """What contacts remember of their chains, by (tenant, id)."""

    contacts: Mapping[tuple[str, str], Contact]

    def head(self, tenant: str, contact_id: str) -> ChainHead | None:
        contact = self.contacts.get((tenant, contact_id))
        return contact.chain if contact else None

    def all(self, tenant: str, *, after: str | None = None) -> Iterator[tuple[str, str, ChainHead]]:
        for (owner, contact_id), contact in sorted(self.contacts.items()):
            if owner == tenant and contact_id > (after or "") and contact.chain.number:
                yield contact_id, contact_id, contact.chain
