"""What people can sign up for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from outbound.domain.programme import Programme


class KeywordTaken(Exception):
    """Another programme of the tenant has the keyword; nothing was written."""


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """Some programmes, by id, and behind which id the next page begins."""

    programmes: tuple[Programme, ...]
    after: str | None


class Programmes(Protocol):
    """Programmes, by tenant; no two of one have the same keyword."""

    def put(self, programme: Programme) -> None:
        """Make or replace a programme; its keyword is its own from then on.

        Raises:
            KeywordTaken: another has it.
        """
        ...

    def get(self, tenant: str, programme_id: str) -> Programme | None:
        """A tenant's programme."""
        ...

    def by_keyword(self, tenant: str, keyword: str) -> Programme | None:
        """The tenant's programme with this keyword, which is in lower case."""
        ...

    def page(self, tenant: str, *, limit: int, after: str | None) -> ProgrammePage:
        """A tenant's programmes, by id, beginning behind the id `after`."""
        ...

    def delete(self, tenant: str, programme_id: str) -> None:
        """Remove a programme, and free its keyword; no effect where there is none."""
        ...
