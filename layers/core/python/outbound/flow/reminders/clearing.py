"""Clearing: schedules that outlived what they stood for are found, counted and removed.

One that is left over does no harm: it brings a reminder that finds nothing to do. But it counts
towards the quota, and many of them say that something is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.task import Task, Work

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.reminder import Reminder
    from outbound.flow.reminders.ports import TendingPorts
    from outbound.ports import Planned

PARTS = 4096
EACH = timedelta(minutes=5)
"""A part each time: all in two weeks."""
MOST = 500
SETTLED = timedelta(hours=1)
"""A schedule is made before it is written down, and tried for half an hour after its instant."""
SECOND = timedelta(seconds=1)


def part_for(minute: datetime) -> Task | None:
    """The part of the schedules whose turn it is at a full minute, if it is one's."""
    number, rest = divmod(int(minute.timestamp()), int(EACH.total_seconds()))
    return Task(Work.CLEAR, f"{number % PARTS:03x}") if rest == 0 else None


def clear(part: str, ports: TendingPorts) -> int:
    """Remove what is left over of a part of the schedules; how many that were."""
    now = ports.intake.clock.now()
    by_tenant: dict[str, list[Planned]] = defaultdict(list)
    for each in ports.scheduler.standing(part, MOST):
        by_tenant[each.task.tenant].append(each)
    removed = 0
    for tenant, planned in by_tenant.items():
        standing = ports.reminders.get_many(tenant, {each.task.id for each in planned})
        for each in planned:
            if _left_over(each, standing.get(each.task.id), now):
                ports.scheduler.remove(each)
                removed += 1
    if removed:
        ports.signals.count("SchedulesLeftOver", value=removed)
    return removed


def _left_over(planned: Planned, reminder: Reminder | None, now: datetime) -> bool:
    """Whether it should have fired and gone, or stands for what is no more."""
    if planned.at + SETTLED <= now:
        return True
    if planned.made_at + SETTLED > now:
        return False
    at = reminder.scheduled if reminder is not None else None
    return at is None or not timedelta() <= planned.at - at < SECOND
