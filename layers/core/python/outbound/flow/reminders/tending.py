"""Tending: whoever is brought a reminder does what is due, and sees that it is brought again.

What is due is taken first; the next time is scheduled before anything is sent; what became of it
is written last. A crash between any two steps is repaired by doing them again: messages have the
same ids, schedules the same names. If nobody does, the sweep brings the reminder.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.due import MINUTE
from outbound.domain.reminder import CANCELLED, GRACE, ReminderState
from outbound.flow.reminders.ports import SOON, task_of
from outbound.flow.reminders.sending import send, take_back

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.reminder import Firing, Handled, Reminder
    from outbound.flow.reminders.ports import TendingPorts

TRIES = 100
"""Each takes what is due, 25 messages at most; or finds that somebody else was quicker."""


class ReminderBusy(Exception):
    """Others change the reminder all the time; it is brought again."""


def tend(tenant: str, reminder_id: str, ports: TendingPorts) -> None:
    """Look after a reminder: send what is due, and have it brought when the next is.

    Raises:
        ReminderBusy: others were quicker each time.
    """
    made: set[datetime] = set()
    for _ in range(TRIES):
        reminder = ports.reminders.get(tenant, reminder_id)
        if reminder is None or _tended(reminder, made, ports):
            return
    raise ReminderBusy


def _tended(reminder: Reminder, made: set[datetime], ports: TendingPorts) -> bool:
    """One round; whether nothing is left to do now. `made` are the schedules of all rounds."""
    now = ports.intake.clock.now()
    taken = reminder.take(now)
    if taken is not reminder:
        later = reminder.due if reminder.due and reminder.due > now + MINUTE else now + GRACE
        taken = replace(taken, due=later, version=reminder.version + 1)
        if not ports.reminders.replace(taken):
            return False
    scheduled, due = _brought(taken, now, ports)
    if scheduled is not None:
        made.add(scheduled)
    settled = replace(
        taken.settle([_handle(taken, each, ports) for each in taken.sending]),
        scheduled=scheduled,
        due=due,
    )
    if settled != taken:
        settled = replace(settled, version=taken.version + 1, updated_at=now)
        if not ports.reminders.replace(settled):
            return False
    if taken.scheduled is not None:
        made.add(taken.scheduled)
    for at in sorted(made - {scheduled}):
        if at > now:
            ports.scheduler.call_off(task_of(taken), at)
    following = settled.next
    return following is None or following.at > now


def _handle(reminder: Reminder, firing: Firing, ports: TendingPorts) -> Handled:
    over = reminder.state is ReminderState.CANCELLED
    if over and not firing.key.startswith(f"{CANCELLED}#"):
        return take_back(reminder, firing, ports)
    return send(reminder, firing, ports)


def _brought(
    reminder: Reminder, now: datetime, ports: TendingPorts
) -> tuple[datetime | None, datetime | None]:
    """Have it brought for its next message: when EventBridge does, and when the sweep."""
    following = reminder.next
    if following is None:
        return None, None
    if following.at == reminder.scheduled:
        return following.at, following.at + GRACE
    if following.at < now + SOON:
        return None, following.at
    if not ports.scheduler.bring(task_of(reminder), following.at):
        ports.signals.count("ScheduleRefused")
        return None, following.at
    return following.at, following.at + GRACE
