"""Stopped channels in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from outbound.domain.stop import Stop, probed

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.words import Channel


@dataclass
class MemoryStops:
    """`stops` holds what is stopped; `begun` counts how often something was."""

    stops: dict[Channel, Stop] = field(default_factory=dict)
    begun: int = 0
    _lock: Lock = field(default_factory=Lock, compare=False)

    def current(self, channel: Channel) -> Stop | None:
        return self.stops.get(channel)

    def begin(self, stop: Stop) -> bool:
        with self._lock:
            if stop.channel in self.stops:
                return False
            self.stops[stop.channel] = stop
            self.begun += 1
            return True

    def probe(self, stop: Stop, now: datetime) -> bool:
        with self._lock:
            if stop.probe_at > now or self.stops.get(stop.channel) != stop:
                return False
            self.stops[stop.channel] = probed(stop, now)
            return True

    def end(self, stop: Stop) -> None:
        with self._lock:
            current = self.stops.get(stop.channel)
            if current is not None and current.at == stop.at:
                del self.stops[stop.channel]
