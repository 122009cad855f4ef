"""What reminders work with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.task import Task, Work

if TYPE_CHECKING:
    from outbound.domain.reminder import Reminder
    from outbound.flow.intake import Intake
    from outbound.ports import Reminders, Scheduler, Signals, Tasks

SOON = timedelta(minutes=1)
"""What is nearer is brought by the sweep: a schedule could be made too late."""


@dataclass(frozen=True, slots=True)
class ReminderPorts:
    """What the keeping of reminders works with: messages are prepared as intake does."""

    intake: Intake
    reminders: Reminders
    tasks: Tasks


@dataclass(frozen=True, slots=True)
class TendingPorts:
    """What the looking after reminders works with."""

    intake: Intake
    reminders: Reminders
    scheduler: Scheduler
    signals: Signals


def task_of(reminder: Reminder) -> Task:
    """The task to look after a reminder."""
    return Task(Work.REMIND, reminder.id, reminder.tenant)
