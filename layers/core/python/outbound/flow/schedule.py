"""Schedule: each minute, queue what is due. The cursor moves last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from outbound.domain.due import MINUTE, SHARDS, minute_of
from outbound.domain.task import Task, Work
from outbound.flow.reminders.clearing import part_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from outbound.domain.words import Channel
    from outbound.ports import Clock, Cursor, Messages, Queue, Reminders, Signals, Stops, Tasks

LOOK_BACK = timedelta(minutes=2)
"""An index is eventually consistent and clocks differ, so the last minutes are looked at again;
what was queued twice is claimed once."""
WITHOUT_CURSOR = timedelta(hours=1)
EACH_HOUR = 10_000
"""Of the messages in a shard that wait for a stopped channel, how many are looked at each hour."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the sweep works with; `rates` are the messages per second that each channel takes.

    `tasks` is where reminders and their schedules are looked after.
    """

    clock: Clock
    messages: Messages
    queue: Queue
    cursor: Cursor
    stops: Stops
    signals: Signals
    rates: Mapping[Channel, float]
    reminders: Reminders
    tasks: Tasks


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
        for named in ports.reminders.due(minute):
            ports.tasks.send([Task(Work.REMIND, name, tenant) for tenant, name in named])
            queued += len(named)
        if minute > done:
            part = part_for(minute)
            ports.tasks.send([part] if part is not None else [])
            ports.cursor.write(minute)
        minute += MINUTE
    return queued + sum(_release(channel, ports, may_go_on) for channel in ports.rates)


def _release(channel: Channel, ports: Schedule, may_go_on: Callable[[], bool]) -> int:
    """Queue what waits for a channel: a minute's worth once it is open again.

    While it is stopped: one message when it is time to try, and each hour all, shard by shard, so
    that what has expired is told so; the others stay where they are, at the cost of a read.
    """
    stop, now = ports.stops.current(channel), ports.clock.now()
    shards: Sequence[int] = range(SHARDS)
    limit = ceil(ports.rates[channel] * MINUTE.total_seconds())
    if stop is not None:
        ports.signals.count("ChannelStopped", channel=channel)
        if stop.probe_at <= now:
            limit = 1
        elif now.minute in shards:
            shards, limit = [now.minute], EACH_HOUR
        else:
            return 0
    queued = 0
    for lane, refs in ports.messages.parked(channel, shards=shards, limit=limit):
        if not may_go_on():
            break
        ports.queue.send(channel, lane, refs)
        queued += len(refs)
    return queued
