"""Rules by which events become messages, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.domain.instant import rfc3339
from outbound.ports import RefusedPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.event_rule import EventRule, RefusedEvent


@dataclass
class MemoryEventRules:
    """Rules by (tenant, id); what each refused, by time and id of the event."""

    rules: dict[tuple[str, str], EventRule] = field(default_factory=dict)
    events: dict[tuple[str, str], dict[str, RefusedEvent]] = field(default_factory=dict)

    def put(self, rule: EventRule) -> None:
        self.rules[rule.tenant, rule.id] = rule

    def get(self, tenant: str, rule_id: str) -> EventRule | None:
        return self.rules.get((tenant, rule_id))

    def all(self, tenant: str) -> Sequence[EventRule]:
        return [self.rules[each] for each in sorted(self.rules) if each[0] == tenant]

    def delete(self, tenant: str, rule_id: str) -> None:
        self.rules.pop((tenant, rule_id), None)

    def refuse(self, tenant: str, rule_id: str, event: RefusedEvent) -> None:
        place = f"{rfc3339(event.at)}#{event.event_id}"
        self.events.setdefault((tenant, rule_id), {})[place] = event

    def refused(self, tenant: str, rule_id: str, *, limit: int, after: str | None) -> RefusedPage:
        events = self.events.get((tenant, rule_id), {})
        places = [each for each in sorted(events, reverse=True) if after is None or each < after]
        last = places[limit - 1] if len(places) >= limit else None
        return RefusedPage(tuple(events[each] for each in places[:limit]), last)
