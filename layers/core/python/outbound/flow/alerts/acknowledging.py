"""Acknowledging: who has read an alert says so by the link that stood in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.alert import NOWHERE
from outbound.ports import Acknowledgement

if TYPE_CHECKING:
    from outbound.domain.alert import Alert
    from outbound.domain.link import Link
    from outbound.ports import Alerts, Clock, Links


@dataclass(frozen=True, slots=True)
class AcknowledgePorts:
    """What acknowledging works with."""

    clock: Clock
    alerts: Alerts
    links: Links


def shown(link: Link, ports: AcknowledgePorts) -> Alert | None:
    """The alert that a link leads to."""
    return ports.alerts.get(link.tenant, link.topic or "")


def acknowledge(link: Link, ports: AcknowledgePorts) -> None:
    """Write that who the link was for has read the alert; again, nothing changes."""
    read = Acknowledgement(link.channel, ports.clock.now(), link.region or NOWHERE)
    ports.alerts.acknowledge(link.tenant, link.topic or "", link.contact_key, read)
