"""Alerts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from outbound.domain.alert import Alert, Identity
    from outbound.domain.words import Channel, Mode


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """That a contact has read an alert: by which channel's link, when, and in which region."""

    channel: Channel
    at: datetime
    region: str


@dataclass(frozen=True, slots=True)
class AlertPage:
    """Some alerts, newest first, and behind which id the next page begins."""

    alerts: tuple[Alert, ...]
    after: str | None


class Alerts(Protocol):
    """Alerts, by tenant."""

    def name(self, tenant: str, mode: Mode, identity: Identity, alert_id: str) -> str:
        """Give what the world calls an alert to this id; the id that has it, now or before."""
        ...

    def named(self, tenant: str, mode: Mode, identity: Identity) -> str | None:
        """The id of the alert that the world calls so."""
        ...

    def insert(self, alert: Alert) -> bool:
        """Write an alert once; False when one with its id is there already."""
        ...

    def get(self, tenant: str, alert_id: str) -> Alert | None:
        """An alert as it is now."""
        ...

    def current(self, tenant: str, alert_id: str) -> Alert | None:
        """An alert as it was at most 5 seconds ago."""
        ...

    def newest(self, tenant: str, *, limit: int, after: str | None) -> AlertPage:
        """A tenant's alerts, newest first, beginning behind the id `after`."""
        ...

    def replace(self, alert: Alert) -> bool:
        """Write an alert over the version before its own; False when it no longer is that."""
        ...

    def attend(self, tenant: str, alert_id: str) -> None:
        """Have the clock look after an alert."""
        ...

    def attended(self) -> Iterator[tuple[str, str]]:
        """Tenant and id of all alerts that the clock looks after."""
        ...

    def leave(self, tenant: str, alert_id: str) -> None:
        """Have the clock look after an alert no more."""
        ...

    def acknowledge(
        self, tenant: str, alert_id: str, contact_key: str, read: Acknowledgement
    ) -> bool:
        """Write that a contact has read an alert, and count it; False when it was written.

        Who it was is kept no longer than messages are; the count stays.
        """
        ...

    def acknowledged(
        self, tenant: str, alert_id: str, contact_keys: Sequence[str]
    ) -> frozenset[str]:
        """Who of these has read an alert."""
        ...

    def acknowledgement(
        self, tenant: str, alert_id: str, contact_key: str
    ) -> Acknowledgement | None:
        """How a contact has read an alert."""
        ...

    def forget_acknowledgement(self, tenant: str, alert_id: str, contact_key: str) -> None:
        """Forget who it was; the count stays, and nothing happens if nobody was."""
        ...

    def acknowledgements(self, tenant: str, alert_id: str) -> Mapping[tuple[str, str], int]:
        """How many have read an alert, by region and the channel whose link they followed."""
        ...
