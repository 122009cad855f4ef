"""Segments, and the expressions that say who is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.contact import Contact
    from outbound.domain.segment import Segment


class ExpressionFault(Exception):
    """An expression isn't one that we allow; the text says why, and never repeats its values."""


class Predicate(Protocol):
    """An expression, compiled. It is true or false of any contact, and never fails."""

    @property
    def attributes(self) -> frozenset[str]:
        """The attributes it looks at, by their first names."""
        ...

    def __call__(self, contact: Contact, now: datetime) -> bool:
        """Whether it is true of a contact."""
        ...


class Expressions(Protocol):
    """The language of segments."""

    def compile(self, expression: str) -> Predicate:
        """An expression, ready to be asked.

        Raises:
            ExpressionFault: it isn't one that we allow.
        """
        ...


@dataclass(frozen=True, slots=True)
class SegmentPage:
    """Some segments without their lists of contacts, and behind which id the next page begins."""

    segments: tuple[Segment, ...]
    after: str | None


class SegmentReader(Protocol):
    """Segments, by tenant, for whoever only reads them."""

    def get(self, tenant: str, segment_id: str) -> Segment | None:
        """A segment as it is now."""
        ...


class Segments(SegmentReader, Protocol):
    """Segments, by tenant."""

    def save(self, segment: Segment) -> bool:
        """Write a segment over the version before its own; False if that isn't there any more."""
        ...

    def delete(self, segment: Segment) -> bool:
        """Remove a segment; False if this version isn't there any more."""
        ...

    def page(self, tenant: str, *, limit: int, after: str | None) -> SegmentPage:
        """A tenant's segments by id, from behind one."""
        ...

    def unlist(self, tenant: str, contact_id: str) -> None:
        """Take a contact out of all lists of a tenant's segments; their versions stay."""
        ...
