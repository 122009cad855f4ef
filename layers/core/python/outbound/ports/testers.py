"""Testers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from outbound.domain.tester import Tester


@dataclass(frozen=True, slots=True)
class TesterList:
    """All testers of a tenant, in the order of their ids; `version` counts its changes."""

    testers: tuple[Tester, ...] = ()
    version: int = 0

    def find(self, tester_id: str) -> Tester | None:
        """The one with this id."""
        return next((each for each in self.testers if each.id == tester_id), None)


class Testers(Protocol):
    """The testers of tenants."""

    def all(self, tenant: str) -> TesterList:
        """A tenant's testers, as they are now."""
        ...

    def write(self, tenant: str, testers: tuple[Tester, ...], seen: int) -> bool:
        """Replace the list; False, and nothing changes, if it is no longer that version."""
        ...
