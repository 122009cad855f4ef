"""Reminders: their keeping, and looking after them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import intake, process, queues, stores

if TYPE_CHECKING:
    from outbound.flow.reminders.ports import ReminderPorts, TendingPorts


@cache
def reminder_ports() -> ReminderPorts:
    """What the keeping of reminders works with."""
    from outbound.flow.reminders.ports import ReminderPorts

    return ReminderPorts(intake.intake(), stores.reminders(), queues.reminders())


@cache
def tending() -> TendingPorts:
    """What the looking after reminders works with."""
    from outbound.adapters.scheduler import EventBridgeScheduler
    from outbound.adapters.signals import LoggedSignals
    from outbound.flow.reminders.ports import TendingPorts

    of = process.settings()
    scheduler = EventBridgeScheduler(
        process.client("scheduler"),
        group=of.text("SCHEDULE_GROUP"),
        queue=of.text("REMINDERS_QUEUE_ARN"),
        role=of.text("SCHEDULE_ROLE_ARN"),
        dead_letters=of.text("REMINDERS_DEAD_ARN"),
    )
    return TendingPorts(intake.intake(), stores.reminders(), scheduler, LoggedSignals())
