"""The sweep of what is due."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, process, queues

if TYPE_CHECKING:
    from outbound.adapters.dynamodb.messages import DynamoMessages
    from outbound.adapters.dynamodb.reminders import DynamoReminders
    from outbound.flow.schedule import Schedule


@cache
def schedule() -> Schedule:
    """What the sweep works with."""
    from outbound.adapters.dynamodb.catalog import DynamoCursor
    from outbound.adapters.signals import LoggedSignals
    from outbound.flow.schedule import Schedule

    return Schedule(
        clock=process.clock,
        messages=_due_messages(),
        queue=queues.deliveries(),
        cursor=DynamoCursor(process.table("CATALOG")),
        stops=catalog.stops(),
        signals=LoggedSignals(),
        rates=process.settings().rates,
        reminders=_due_reminders(),
        tasks=queues.reminders(),
    )


def _due_messages() -> DynamoMessages:
    from datetime import timedelta

    from outbound.adapters.dynamodb.messages import DynamoMessages

    # The sweep only reads the index, so it is given no secret.
    return DynamoMessages(process.table("MESSAGES"), b"", timedelta(), process.clock)


def _due_reminders() -> DynamoReminders:
    from datetime import timedelta

    from outbound.adapters.dynamodb.reminders import DynamoReminders

    return DynamoReminders(process.table("MESSAGES"), timedelta(), process.clock)
