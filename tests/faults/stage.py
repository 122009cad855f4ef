"""A stage of the flow over the real adapters, at a given time, that dies at a named step."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from outbound.wiring import catalog, deliver, feedback, intake, process, schedule

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


class Given:
    """A clock that stands."""

    def __init__(self, now: datetime):
        self._now = now

    def now(self) -> datetime:
        return self._now


class Deadly:
    """A port whose process dies, as by the machine's hand, before or after one of its steps."""

    def __init__(self, port: Any, step: str | None):
        self._port = port
        self._step = step

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._port, name)
        if not callable(value):
            return value

        def call(*arguments: Any, **named: Any) -> Any:
            self._die_at(f"before {name}")
            result = value(*arguments, **named)
            self._die_at(f"after {name}")
            return result

        return call

    def _die_at(self, step: str) -> None:
        if step == self._step:
            os.kill(os.getpid(), signal.SIGKILL)


PORTS = {
    "intake": ("messages", "idempotency", "queue"),
    "deliver": ("messages", "correlation", "carrier", "suppressions"),
    "feedback": ("messages", "correlation", "suppressions"),
    "schedule": ("messages", "queue", "cursor"),
}

BUILT: dict[str, Callable[[], Any]] = {
    "intake": intake.intake,
    "deliver": deliver.deliver,
    "feedback": feedback.feedback,
    "schedule": schedule.schedule,
}


def build(stage: str, now: datetime, *, dies: str | None = None) -> Any:
    """The ports of a stage, from the environment of this process as it is now."""
    process.settings.cache_clear()
    deliver.deliver.cache_clear()
    schedule.schedule.cache_clear()
    catalog.stops.cache_clear()
    ports = BUILT[stage]()
    changes: dict[str, Any] = {name: Deadly(getattr(ports, name), dies) for name in PORTS[stage]}
    if stage != "schedule":
        changes["gate"] = replace(ports.gate, contacts=Deadly(ports.gate.contacts, dies))
    return replace(ports, clock=Given(now), **changes)
