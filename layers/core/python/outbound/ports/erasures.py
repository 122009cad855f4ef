"""Erasures, so that whoever asked can see how far one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from outbound.domain.erasure import Erasure


class Erasures(Protocol):
    """Erasures, by tenant."""

    def open(self, erasure: Erasure) -> Erasure:
        """Write an erasure down, or give back the one with its id that is there already."""
        ...

    def get(self, tenant: str, erasure_id: str) -> Erasure | None:
        """An erasure as it is now."""
        ...

    def update(self, erasure: Erasure) -> None:
        """Write how far it is; one that is finished stays so."""
        ...

    def note_unlisted(self, tenant: str, erasure_id: str, kind: str) -> None:
        """Note that an address of this kind couldn't be brought to AWS's list, even afterwards."""
        ...
