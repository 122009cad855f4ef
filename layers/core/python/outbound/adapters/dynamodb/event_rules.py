"""Rules over DynamoDB: an item each in the catalog, and one for each event that they refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.newest import newest
from outbound.adapters.dynamodb.table import wire
from outbound.domain.event_rule import ContactPath, EventRule, RefusedEvent, Way
from outbound.domain.instant import parse_rfc3339, rfc3339, seconds
from outbound.domain.words import Channel, Mode, Purpose, RouteMode
from outbound.ports import RefusedPage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outbound.adapters.dynamodb.table import Table

KEPT = timedelta(days=30)
"""For how long an event that became no message is shown."""


@dataclass(frozen=True, slots=True)
class DynamoEventRules:
    """Rules in the catalog."""

    table: Table

    def put(self, rule: EventRule) -> None:
        """Write a rule, over whatever was there."""
        self.table.put({**_key(rule.tenant, rule.id), **_item(rule)})

    def get(self, tenant: str, rule_id: str) -> EventRule | None:
        """A rule."""
        key = _key(tenant, rule_id)
        item = self.table.get(key["pk"], key["sk"])
        return _rule_of(item, tenant) if item else None

    def all(self, tenant: str) -> Sequence[EventRule]:
        """All rules of a tenant, by id."""
        return [_rule_of(item, tenant) for item in self.table.query(_key(tenant, "")["pk"])]

    def delete(self, tenant: str, rule_id: str) -> None:
        """Remove a rule."""
        self.table.client.delete_item(TableName=self.table.name, Key=wire(_key(tenant, rule_id)))

    def refuse(self, tenant: str, rule_id: str, event: RefusedEvent) -> None:
        """Write an event that became no message, under its own time and id."""
        self.table.put(
            {
                "pk": _refused_key(tenant, rule_id),
                "sk": f"{rfc3339(event.at)}#{event.event_id}",
                "kind": event.kind,
                "refused_at": rfc3339(event.refused_at),
                "code": event.code,
                "detail": event.detail,
                "ttl": seconds(event.refused_at + KEPT),
            }
        )

    def refused(self, tenant: str, rule_id: str, *, limit: int, after: str | None) -> RefusedPage:
        """Some of what a rule refused, in one request."""
        pk = _refused_key(tenant, rule_id)
        items, last = newest(self.table, pk, limit=limit, after=after, consistent=False)
        events = tuple(_refused_of(item) for item in items)
        return RefusedPage(events, last)


def _key(tenant: str, rule_id: str) -> dict[str, str]:
    return {"pk": f"{tenant}#rule", "sk": rule_id}


def _refused_key(tenant: str, rule_id: str) -> str:
    return f"{tenant}#rule-refused#{rule_id}"


def _item(rule: EventRule) -> dict[str, Any]:
    way = rule.way
    return {
        # As text: numbers of a pattern come back as they were, which attributes can't do.
        "pattern": json.dumps(rule.pattern, separators=(",", ":")),
        "contact": [rule.contact.kind, rule.contact.path],
        "channels": list(way.channels),
        "route": [way.mode, int(way.after.total_seconds())] if way.mode else None,
        "purpose": rule.purpose,
        "topic": rule.topic,
        "template": rule.template,
        "version": rule.version,
        "data": dict(rule.data),
        "enabled": rule.enabled,
        "mode": rule.mode,
        "by": rule.by,
        "created_at": rfc3339(rule.created_at),
        "updated_at": rfc3339(rule.updated_at),
    }


def _rule_of(item: Mapping[str, Any], tenant: str) -> EventRule:
    channels, route = tuple(map(Channel, item["channels"])), item.get("route")
    version = item.get("version")
    way = Way(channels)
    if route is not None:
        way = Way(channels, RouteMode(route[0]), timedelta(seconds=int(route[1])))
    return EventRule(
        tenant=tenant,
        id=item["sk"],
        pattern=json.loads(item["pattern"]),
        contact=ContactPath(*item["contact"]),
        way=way,
        purpose=Purpose(item["purpose"]),
        topic=item.get("topic"),
        template=item["template"],
        version=None if version is None else int(version),
        data=item["data"],
        enabled=item["enabled"],
        mode=Mode(item["mode"]),
        by=item["by"],
        created_at=parse_rfc3339(item["created_at"]),
        updated_at=parse_rfc3339(item["updated_at"]),
    )


def _refused_of(item: Mapping[str, Any]) -> RefusedEvent:
    at, _, event_id = item["sk"].partition("#")
    return RefusedEvent(
        event_id,
        item["kind"],
        parse_rfc3339(at),
        parse_rfc3339(item["refused_at"]),
        item["code"],
        item["detail"],
    )
