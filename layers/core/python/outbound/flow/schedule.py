"""Schedule: each minute, queue what is due. The cursor moves last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.due import MINUTE, minute_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from outbound.ports import Clock, Cursor, Messages, Queue

LOOK_BACK = timedelta(minutes=2)
"""An index is eventually consistent and clocks differ, so the last minutes are looked at again;
what was queued twice is claimed once."""
WITHOUT_CURSOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the sweep works with."""

    clock: Clock
    messages: Messages
    queue: Queue
    cursor: Cursor


def sweep(ports: Schedule, *, may_go_on: Callable[[], bool] = lambda: True) -> int:
    """Queue all that is due, minute by minute; the number of messages queued.

    `may_go_on` is asked before each minute; what it leaves is done by the next sweep.
    """
    until = minute_of(ports.clock.now())
    done = ports.cursor.read() or until - WITHOUT_CURSOR
    minute = min(done, until) - LOOK_BACK + MINUTE
    queued = 0
    while minute <= until and may_go_on():
        for channel, lane, refs in ports.messages.due(minute):
            ports.queue.send(channel, lane, refs)
            queued += len(refs)
        if minute > done:
            ports.cursor.write(minute)
        minute += MINUTE
    return queued
