"""Alerts over DynamoDB: an item each in the catalog, and beside them who has read them.

Those that the clock looks after lie in a partition of their own, which no tenant's key begins.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.alert_item import alert_item, alert_of
from outbound.adapters.dynamodb.kept import Kept
from outbound.adapters.dynamodb.newest import newest
from outbound.adapters.dynamodb.table import Table, wire
from outbound.domain.alert import NOWHERE, place, split_place
from outbound.domain.ids import alert_time
from outbound.domain.instant import parse_rfc3339, rfc3339, seconds
from outbound.domain.words import Channel
from outbound.ports import Acknowledgement, AlertPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import timedelta

    from outbound.domain.alert import Alert, Identity
    from outbound.domain.words import Mode
    from outbound.ports import Clock

ATTENDED = "attended_alerts"
COUNT, CONTACT = "count#", "contact#"
PARTS, TRIES = 16, 10


class DynamoAlerts:
    """Alerts; those that are read to send are read at most once in 5 seconds."""

    def __init__(self, table: Table, clock: Clock, retention: timedelta):
        self._table = table
        self._retention = retention
        self._kept = Kept(self.get, clock)

    def name(self, tenant: str, mode: Mode, identity: Identity, alert_id: str) -> str:
        """Write a name once; it is a digest, for senders put what they like into it."""
        item = {"pk": _names(tenant, mode), "sk": _digest(identity), "id": alert_id}
        if self._table.put_new(item):
            return alert_id
        return self.named(tenant, mode, identity) or alert_id

    def named(self, tenant: str, mode: Mode, identity: Identity) -> str | None:
        """Which alert has a name."""
        item = self._table.get(_names(tenant, mode), _digest(identity))
        return str(item["id"]) if item else None

    def insert(self, alert: Alert) -> bool:
        """Write an alert once."""
        return self._table.put_new(_item(alert))

    def get(self, tenant: str, alert_id: str) -> Alert | None:
        """An alert as it is now."""
        item = self._table.get(_pk(tenant), alert_id) if alert_id else None
        return alert_of(item, tenant) if item else None

    def current(self, tenant: str, alert_id: str) -> Alert | None:
        """An alert as it was at most 5 seconds ago."""
        return self._kept.get(tenant, alert_id)

    def newest(self, tenant: str, *, limit: int, after: str | None) -> AlertPage:
        """A page: ids sort by time."""
        items, last = newest(self._table, _pk(tenant), limit=limit, after=after)
        alerts = tuple(alert_of(item, tenant) for item in items)
        return AlertPage(alerts, last)

    def replace(self, alert: Alert) -> bool:
        """Write an alert over the version that was read."""
        self._kept.forget(alert.tenant, alert.id)
        return self._table.put_next(_item(alert))

    def attend(self, tenant: str, alert_id: str) -> None:
        """Write that the clock looks after an alert."""
        self._table.put({"pk": ATTENDED, "sk": f"{tenant}#{alert_id}"})

    def attended(self) -> Iterator[tuple[str, str]]:
        """All that the clock looks after."""
        for item in self._table.query(ATTENDED):
            tenant, _, alert_id = item["sk"].rpartition("#")
            yield tenant, alert_id

    def leave(self, tenant: str, alert_id: str) -> None:
        """Write that it no longer does."""
        self._table.client.delete_item(
            TableName=self._table.name,
            Key=wire({"pk": ATTENDED, "sk": f"{tenant}#{alert_id}"}),
        )

    def acknowledge(
        self, tenant: str, alert_id: str, contact_key: str, read: Acknowledgement
    ) -> bool:
        """Write it and count it in one transaction; counts lie in several items."""
        pk = _acknowledged(tenant, alert_id)
        item = {
            "pk": pk,
            "sk": CONTACT + contact_key,
            "channel": read.channel,
            "at": rfc3339(read.at),
            "region": read.region,
            "ttl": seconds(alert_time(alert_id) + self._retention),
        }
        part = sha256(contact_key.encode()).digest()[0] % PARTS
        where = place(read.region, read.channel)
        counted = {
            "TableName": self._table.name,
            "Key": wire({"pk": pk, "sk": f"{COUNT}{part:02d}"}),
            "UpdateExpression": "ADD #place :one",
            "ExpressionAttributeNames": {"#place": where},
            "ExpressionAttributeValues": wire({":one": 1}),
        }
        return self._table.update_once(item, [counted], tries=TRIES)

    def acknowledged(
        self, tenant: str, alert_id: str, contact_keys: Sequence[str]
    ) -> frozenset[str]:
        """Who of these has read it, a hundred in a request."""
        pk = _acknowledged(tenant, alert_id)
        keys = [{"pk": pk, "sk": CONTACT + each} for each in contact_keys]
        items = self._table.get_many(keys) if keys else []
        return frozenset(item["sk"].removeprefix(CONTACT) for item in items)

    def acknowledgement(
        self, tenant: str, alert_id: str, contact_key: str
    ) -> Acknowledgement | None:
        """A read."""
        item = self._table.get(_acknowledged(tenant, alert_id), CONTACT + contact_key)
        if item is None:
            return None
        return Acknowledgement(
            Channel(item["channel"]), parse_rfc3339(item["at"]), item.get("region", NOWHERE)
        )

    def forget_acknowledgement(self, tenant: str, alert_id: str, contact_key: str) -> None:
        """Remove the contact's item."""
        place = {"pk": _acknowledged(tenant, alert_id), "sk": CONTACT + contact_key}
        self._table.client.delete_item(TableName=self._table.name, Key=wire(place))

    def acknowledgements(self, tenant: str, alert_id: str) -> Mapping[tuple[str, str], int]:
        """The counts of all parts together, in one request."""
        pk = _acknowledged(tenant, alert_id)
        places = [{"pk": pk, "sk": f"{COUNT}{part:02d}"} for part in range(PARTS)]
        counts: Counter[tuple[str, str]] = Counter()
        for item in self._table.get_many(places):
            counts.update(
                {split_place(each): int(n) for each, n in item.items() if each not in ("pk", "sk")}
            )
        return dict(sorted(counts.items()))


def _pk(tenant: str) -> str:
    return f"{tenant}#alert"


def _names(tenant: str, mode: Mode) -> str:
    return f"{tenant}#alert_name#{mode}"


def _acknowledged(tenant: str, alert_id: str) -> str:
    return f"{tenant}#alert_read#{alert_id}"


def _digest(identity: Identity) -> str:
    parts = (identity.sender, identity.identifier, rfc3339(identity.sent))
    return sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def _item(alert: Alert) -> dict[str, Any]:
    return {"pk": _pk(alert.tenant), "sk": alert.id, **alert_item(alert)}
