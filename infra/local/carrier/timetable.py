"""When receipts are played: by a clock of its own, or when a test says so."""

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from typing import Protocol

Action = Callable[[], None]


class Timetable(Protocol):
    """Runs actions later, in the order of their time."""

    def after(self, seconds: float, action: Action) -> None:
        """Run the action when so many seconds have passed."""
        ...


class ByHand:
    """Keeps actions until they are asked for; nothing waits."""

    def __init__(self) -> None:
        self._order = itertools.count()
        self._waiting: list[tuple[float, int, Action]] = []

    def after(self, seconds: float, action: Action) -> None:
        """Keep an action."""
        heapq.heappush(self._waiting, (seconds, next(self._order), action))

    def run_all(self) -> int:
        """Run what is kept, earliest first, and tell how many actions that were."""
        count = 0
        while self._waiting:
            heapq.heappop(self._waiting)[2]()
            count += 1
        return count


class ByClock:
    """Runs actions on one background thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._order = itertools.count()
        self._waiting: list[tuple[float, int, Action]] = []
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="receipts", daemon=True)
        self._thread.start()

    def after(self, seconds: float, action: Action) -> None:
        """Run the action when so many seconds have passed."""
        with self._changed:
            due = time.monotonic() + seconds
            heapq.heappush(self._waiting, (due, next(self._order), action))
            self._changed.notify()

    def stop(self) -> None:
        """Drop what is waiting and end the thread."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._stopped and not self._due():
                    self._changed.wait(self._wait_seconds())
                if self._stopped:
                    return
                action = heapq.heappop(self._waiting)[2]
            action()

    def _due(self) -> bool:
        return bool(self._waiting) and self._waiting[0][0] <= time.monotonic()

    def _wait_seconds(self) -> float | None:
        return self._waiting[0][0] - time.monotonic() if self._waiting else None
