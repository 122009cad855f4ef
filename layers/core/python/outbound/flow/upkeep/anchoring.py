"""Anchors: once a day is over, the heads of its chains go where nobody can change them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING

from outbound.domain.anchor import LOOK_BACK, MOST, SETTLED, file_of
from outbound.domain.task import Task, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from outbound.domain.anchor import Head
    from outbound.ports import AnchorDays, Anchors, Clock, Ledger, Signals, Tasks

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AnchorPorts:
    """What anchoring works with."""

    clock: Clock
    ledger: Ledger
    days: AnchorDays
    anchors: Anchors
    tasks: Tasks
    signals: Signals


def plan(ports: AnchorPorts) -> list[Task]:
    """Queue the days that aren't finished, the last one that is over first.

    The day before it is gone through a second time, for whoever wrote to it late. A day that is
    still missing after two tries is counted.
    """
    last = _last_day(ports)
    first = last - (LOOK_BACK - 1) * DAY
    days = [last - back * DAY for back in range(LOOK_BACK)]
    finished = ports.days.finished(first, last)
    wanted = [day for day in days if day not in finished or day == last - DAY]
    if finished:
        for day in wanted:
            if min(finished) < day < last - DAY:
                ports.signals.count("AnchorMissing")
    tasks = [Task(Work.ANCHOR, day.isoformat()) for day in wanted]
    ports.tasks.send(tasks)
    return tasks


def anchor(day: date, ports: AnchorPorts, *, may_go_on: Callable[[], bool] = lambda: True) -> bool:
    """Write all heads of a day, from where an earlier try ended; whether all are written.

    Files come before the place that says so, and the day is finished last.
    """
    if day > _last_day(ports):
        return False
    for heads in _files(ports.ledger.heads(day, after=ports.days.reached(day))):
        if not may_go_on():
            ports.tasks.send([Task(Work.ANCHOR, day.isoformat())])
            return False
        ports.anchors.put(file_of(day, heads))
        ports.days.reach(day, heads[-1].place)
    ports.days.finish(day, ports.clock.now())
    ports.signals.count("DayAnchored")
    return True


def missing(ports: AnchorPorts) -> list[date]:
    """Days that should have been finished, behind one that is."""
    last = _last_day(ports) - DAY
    first = last - (LOOK_BACK - 1) * DAY
    finished = ports.days.finished(first, last)
    days = [first + ahead * DAY for ahead in range(LOOK_BACK)]
    return [day for day in days if finished and day > min(finished) and day not in finished]


def _last_day(ports: AnchorPorts) -> date:
    return (ports.clock.now() - SETTLED).astimezone(UTC).date() - DAY


def _files(heads: Iterable[Head]) -> Iterator[list[Head]]:
    for _tenant, of_tenant in groupby(heads, key=attrgetter("tenant")):
        while some := list(islice(of_tenant, MOST)):
            yield some
