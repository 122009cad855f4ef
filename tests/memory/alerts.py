"""Alerts in memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

from outbound.ports import Acknowledgement, AlertPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from outbound.domain.alert import Alert, Identity
    from outbound.domain.words import Mode
    from outbound.ports import Clock

KEPT_FOR = timedelta(seconds=5)


@dataclass
class MemoryAlerts:
    """Alerts by (tenant, id); `read` is who has acknowledged one, `counted` how many."""

    clock: Clock = field(compare=False)
    kept: dict[tuple[str, str], Alert] = field(default_factory=dict)
    names: dict[tuple[str, Mode, Identity], str] = field(default_factory=dict)
    attending: set[tuple[str, str]] = field(default_factory=set)
    read: dict[tuple[str, str], dict[str, Acknowledgement]] = field(default_factory=dict)
    counted: dict[tuple[str, str], Counter[tuple[str, str]]] = field(default_factory=dict)
    _known: dict[tuple[str, str], tuple[datetime, Alert | None]] = field(
        default_factory=dict, compare=False
    )
    _lock: Lock = field(default_factory=Lock, compare=False)

    def name(self, tenant: str, mode: Mode, identity: Identity, alert_id: str) -> str:
        return self.names.setdefault((tenant, mode, identity), alert_id)

    def named(self, tenant: str, mode: Mode, identity: Identity) -> str | None:
        return self.names.get((tenant, mode, identity))

    def insert(self, alert: Alert) -> bool:
        with self._lock:
            if (alert.tenant, alert.id) in self.kept:
                return False
            self.kept[alert.tenant, alert.id] = alert
            return True

    def get(self, tenant: str, alert_id: str) -> Alert | None:
        return self.kept.get((tenant, alert_id))

    def current(self, tenant: str, alert_id: str) -> Alert | None:
        now = self.clock.now()
        read_at, alert = self._known.get((tenant, alert_id), (None, None))
        if read_at is None or now - read_at >= KEPT_FOR:
            alert = self.get(tenant, alert_id)
            self._known[tenant, alert_id] = now, alert
        return alert

    def newest(self, tenant: str, *, limit: int, after: str | None) -> AlertPage:
        mine = sorted(
            (
                alert
                for (owner, alert_id), alert in self.kept.items()
                if owner == tenant and (after is None or alert_id < after)
            ),
            key=lambda alert: alert.id,
            reverse=True,
        )
        more = len(mine) >= limit
        return AlertPage(tuple(mine[:limit]), mine[limit - 1].id if more else None)

    def replace(self, alert: Alert) -> bool:
        with self._lock:
            place = alert.tenant, alert.id
            if place not in self.kept or self.kept[place].version != alert.version - 1:
                return False
            self.kept[place] = alert
            self._known.pop(place, None)
            return True

    def attend(self, tenant: str, alert_id: str) -> None:
        self.attending.add((tenant, alert_id))

    def attended(self) -> Iterator[tuple[str, str]]:
        return iter(sorted(self.attending))

    def leave(self, tenant: str, alert_id: str) -> None:
        self.attending.discard((tenant, alert_id))

    def acknowledge(
        self, tenant: str, alert_id: str, contact_key: str, read: Acknowledgement
    ) -> bool:
        readers = self.read.setdefault((tenant, alert_id), {})
        if contact_key in readers:
            return False
        readers[contact_key] = read
        self.counted.setdefault((tenant, alert_id), Counter())[read.region, read.channel] += 1
        return True

    def acknowledged(
        self, tenant: str, alert_id: str, contact_keys: Sequence[str]
    ) -> frozenset[str]:
        return frozenset(self.read.get((tenant, alert_id), {})) & frozenset(contact_keys)

    def acknowledgement(
        self, tenant: str, alert_id: str, contact_key: str
    ) -> Acknowledgement | None:
        return self.read.get((tenant, alert_id), {}).get(contact_key)

    def forget_acknowledgement(self, tenant: str, alert_id: str, contact_key: str) -> None:
        self.read.get((tenant, alert_id), {}).pop(contact_key, None)

    def acknowledgements(self, tenant: str, alert_id: str) -> Mapping[tuple[str, str], int]:
        return dict(sorted(self.counted.get((tenant, alert_id), Counter()).items()))
