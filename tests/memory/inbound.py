"""What people said last, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from outbound.domain.inbound import heard

if TYPE_CHECKING:
    from outbound.domain.address import Address
    from outbound.domain.inbound import InboundText, LastWord
    from outbound.domain.keywords import Kind


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
