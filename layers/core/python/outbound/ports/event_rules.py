"""Rules by which events become messages, and the events that became none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.event_rule import EventRule, RefusedEvent


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """Some refused events, newest first, and where the next page begins."""

    events: tuple[RefusedEvent, ...]
    after: str | None


class EventRules(Protocol):
    """A tenant's rules, and what they refused."""

    def put(self, rule: EventRule) -> None:
        """Make or replace a rule."""
        ...

    def get(self, tenant: str, rule_id: str) -> EventRule | None:
        """A rule."""
        ...

    def all(self, tenant: str) -> Sequence[EventRule]:
        """All rules of a tenant, by id."""
        ...

    def delete(self, tenant: str, rule_id: str) -> None:
        """Remove a rule."""
        ...

    def refuse(self, tenant: str, rule_id: str, event: RefusedEvent) -> None:
        """Remember an event that became no message, for a month; again changes nothing."""
        ...

    def refused(self, tenant: str, rule_id: str, *, limit: int, after: str | None) -> RefusedPage:
        """What a rule refused, newest first, beginning behind `after`."""
        ...
