"""Queues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from outbound.domain.ids import MessageRef
    from outbound.domain.receipt import Receipt
    from outbound.domain.run import ChunkRef
    from outbound.domain.task import Task
    from outbound.domain.words import Channel, Lane


class Queue(Protocol):
    """The queues of channel and lane."""

    def send(self, channel: Channel, lane: Lane, refs: Sequence[MessageRef]) -> None:
        """Queue messages for delivery. All are queued when it returns."""
        ...


class ChunkQueue(Protocol):
    """The bulk lane of each channel."""

    def send(
        self, channel: Channel, refs: Sequence[ChunkRef], *, delay: timedelta | None = None
    ) -> None:
        """Queue chunks, to be brought after a delay of at most 15 minutes."""
        ...


class HeldReceipts(Protocol):
    """Receipts that came before what they belong to."""

    def hold(self, receipt: Receipt, *, tries: int, delay: timedelta) -> None:
        """Bring the receipt back after the delay, having been tried `tries` times."""
        ...


class Tasks(Protocol):
    """The queue of work in the background."""

    def send(self, tasks: Sequence[Task], *, delay: timedelta | None = None) -> None:
        """Queue tasks, to be brought after a delay of at most 15 minutes."""
        ...
