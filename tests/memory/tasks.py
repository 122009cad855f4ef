"""The queue of work in the background, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.task import Task

LONGEST = timedelta(minutes=15)


@dataclass
class MemoryTasks:
    """What was queued, in its order, with its delay; `broken` is a queue that can't be reached."""

    queued: list[tuple[Task, timedelta]] = field(default_factory=list)
    broken: bool = field(default=False, compare=False)

    def send(self, tasks: Sequence[Task], *, delay: timedelta | None = None) -> None:
        if self.broken:
            raise ConnectionError("the queue can't be reached")
        assert delay is None or delay <= LONGEST
        self.queued.extend((task, delay or timedelta()) for task in tasks)

    def take(self) -> list[Task]:
        """All that is queued, which is then no longer there."""
        taken, self.queued = [task for task, _ in self.queued], []
        return taken
