"""What a contact shall be, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outbound.domain.check import LookUp
    from outbound.domain.contact import Phone
    from outbound.domain.stating import Statement
    from outbound.domain.words import Channel


class Author(Protocol):
    """Whose contacts they are, and which key it is that changes them."""

    @property
    def tenant(self) -> str:
        """Whose."""
        ...

    @property
    def id(self) -> str:
        """Which key."""
        ...


@dataclass(frozen=True, slots=True)
class Profile:
    """All of a contact that its tenant says, but consents."""

    emails: tuple[str, ...]
    phones: tuple[Phone, ...]
    locale: str | None
    timezone: str | None
    region: str | None
    attributes: Mapping[str, Any]
    preferred: tuple[Channel, ...]
    forbidden: frozenset[Channel]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a contact shall be: a profile (None: as it is), and what is new to know of it."""

    profile: Profile | None
    statements: Sequence[Statement] = ()
    look_ups: Sequence[LookUp] = ()
