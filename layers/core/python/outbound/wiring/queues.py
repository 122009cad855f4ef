"""The queues: of deliveries, and of each kind of work in the background."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import process

if TYPE_CHECKING:
    from outbound.adapters.sqs import SqsChunkQueue, SqsQueue, SqsTasks


@cache
def deliveries() -> SqsQueue:
    """The delivery queues."""
    from outbound.adapters.sqs import SqsQueue

    return SqsQueue(process.client("sqs"), process.settings().queues)


def chunks() -> SqsChunkQueue:
    """The same, for chunks of campaigns."""
    from outbound.adapters.sqs import SqsChunkQueue

    return SqsChunkQueue(process.client("sqs"), process.settings().queues)


def expand() -> SqsTasks:
    """The queue of work on campaigns."""
    from outbound.adapters.sqs import SqsTasks

    return SqsTasks(process.client("sqs"), process.settings().text("EXPAND_QUEUE"))


def alerts() -> SqsTasks:
    """The queue of work on alerts."""
    from outbound.adapters.sqs import SqsTasks

    return SqsTasks(process.client("sqs"), process.settings().text("ALERTS_QUEUE"))


def reminders() -> SqsTasks:
    """The queue of work on reminders."""
    from outbound.adapters.sqs import SqsTasks

    return SqsTasks(process.client("sqs"), process.settings().text("REMINDERS_QUEUE"))


@cache
def upkeep() -> SqsTasks:
    """The queue of work in the background."""
    from outbound.adapters.sqs import SqsTasks

    return SqsTasks(process.client("sqs"), process.settings().text("UPKEEP_QUEUE"))
