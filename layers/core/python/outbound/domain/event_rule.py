"""Rules of a tenant: which events of its sources become messages, to whom, and with what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from outbound.domain.errors import refused_at
from outbound.domain.event_pattern import PatternFault, check, differs_at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.incoming_event import IncomingEvent
    from outbound.domain.words import Channel, Mode, Purpose, RouteMode

OURS = "outbound"
"""Begins the sources of events of our own."""
OLDEST = timedelta(days=1)
"""A replayed archive must not tell people of what was long ago."""
MOST_RULES = 100
"""Of a tenant: each is compared with each of its events."""


@dataclass(frozen=True, slots=True)
class ContactPath:
    """Where in an event it says who is written to: `kind` is contact_id, email or phone."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Way:
    """One channel, or several as a route has them; `mode` is None for one."""

    channels: tuple[Channel, ...]
    mode: RouteMode | None = None
    after: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class EventRule:
    """`data` are paths in the event by the names of the template's variables."""

    tenant: str
    id: str
    pattern: Mapping[str, Any]
    contact: ContactPath
    way: Way
    purpose: Purpose
    topic: str | None
    template: str
    version: int | None
    data: Mapping[str, str]
    enabled: bool
    mode: Mode
    by: str
    created_at: datetime
    updated_at: datetime

    def wants(self, event: IncomingEvent) -> bool:
        """Whether an event becomes a message by this rule."""
        return self.enabled and differs_at(self.pattern, event.body) is None


@dataclass(frozen=True, slots=True)
class RefusedEvent:
    """An event that a rule matched and that became no message: its id, and why not."""

    event_id: str
    kind: str
    at: datetime
    refused_at: datetime
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class EventSources:
    """Whose events are from where: the deployment says it, no event and no rule does."""

    tenants: Mapping[str, str] = field(default_factory=dict)

    def tenant_of(self, source: str) -> str | None:
        """The tenant whose events have this source."""
        return self.tenants.get(source)

    def of(self, tenant: str) -> tuple[str, ...]:
        """The sources of a tenant."""
        return tuple(sorted(each for each, owner in self.tenants.items() if owner == tenant))


def check_pattern(pattern: Mapping[str, Any], tenant: str, sources: EventSources) -> None:
    """Raises Refusal where it is no pattern, or one for events that aren't the tenant's."""
    try:
        check(pattern)
    except PatternFault as fault:
        raise refused_at(f"/pattern{fault.pointer}", "invalid_pattern", str(fault)) from None
    named = pattern.get("source")
    if named is None:
        message = "A rule names the sources of its events, each in full."
        raise refused_at("/pattern/source", "invalid_pattern", message)
    for index, source in enumerate(named):
        place = f"/pattern/source/{index}"
        if not isinstance(source, str):
            message = "A rule names each of its sources in full, without an operator."
            raise refused_at(place, "invalid_pattern", message)
        if source == OURS or source.startswith(f"{OURS}."):
            message = "These are events of messages: the rule would trigger itself."
            raise refused_at(place, "rule_triggers_itself", message)
        if sources.tenant_of(source) != tenant:
            owned = ", ".join(sources.of(tenant)) or "none"
            message = f"This source is not bound to your tenant; bound are: {owned}."
            raise refused_at(place, "source_not_bound", message)
