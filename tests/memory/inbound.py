"""What people said last, and what they can join, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from outbound.domain.inbound import heard

if TYPE_CHECKING:
    from outbound.domain.address import Address
    from outbound.domain.inbound import InboundText, LastWord
    from outbound.domain.keywords import Kind
    from outbound.domain.programme import Programme


@dataclass
class MemoryLastWords:
    """The last words by (tenant, address)."""

    words: dict[tuple[str, Address], LastWord] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def hear(self, tenant: str, kind: Kind, text: InboundText) -> LastWord:
        with self._lock:
            place = tenant, text.sender
            self.words[place] = heard(self.words.get(place), kind, text)
            return self.words[place]


@dataclass
class MemoryProgrammes:
    """Programmes by (tenant, id)."""

    programmes: dict[tuple[str, str], Programme] = field(default_factory=dict)

    def add(self, programme: Programme) -> Programme:
        self.programmes[programme.tenant, programme.id] = programme
        return programme

    def by_keyword(self, tenant: str, keyword: str) -> Programme | None:
        having = (
            each
            for (owner, _), each in self.programmes.items()
            if owner == tenant and each.keyword == keyword
        )
        return next(having, None)

    def get(self, tenant: str, programme_id: str) -> Programme | None:
        return self.programmes.get((tenant, programme_id))
