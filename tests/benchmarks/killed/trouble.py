"""What is done to a run from outside: workers are killed, and events are delivered a second time.

A handler of ours stands in front of those of the functions, by the emulator's own API, and notes
what each is asked. Of that, some is asked again a moment later, of whichever worker is free.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.killed import witness
from tests.benchmarks.killed.asked import Asked
from tests.e2e.inside import aws

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from infra.local.running import LocalRun

LATER = 3.0
"""Seconds after which the second delivery has come."""
EXPANDING, DELIVERING = 2, 3
"""Workers that are killed of each."""
KILLS = EXPANDING + DELIVERING
IN_ITS_WORK = 0.3
"""Seconds, at most, from when a worker is seen until it is killed."""
LOOK = 0.05
TROUBLED = ("expand", "deliver", "feedback")


@dataclass
class Trouble:
    """`reached` is the share of recipients that the run has behind it."""

    run: LocalRun
    folder: Path
    chance: random.Random
    reached: float = 0.0
    doubled: Counter[str] = field(default_factory=Counter)
    killed: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._seen: dict[str, Asked] = {}
        self._later: list[tuple[float, Asked, dict[str, Any]]] = []
        self._over = threading.Event()
        self._lambda = aws(self.run, "lambda")
        shares = (self.chance.uniform(0.02, 0.9) for _ in range(DELIVERING))
        self._kills = [*[0.0] * EXPANDING, *sorted(shares)]

    @property
    def hits(self) -> int:
        """How many of the killed were in the middle of their work."""
        return sum((self.folder / f"{each.id}.json").exists() for each in self.killed)

    @property
    def killed_delivering(self) -> int:
        """How many of the killed may have claimed a call, and left in doubt who was in it."""
        return sum(each.delivers for each in self.killed)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        thread = threading.Thread(target=self._go_on, name="trouble", daemon=True)
        self._stand_in_front()
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def _stand_in_front(self) -> None:
        shutil.copy(witness.__file__, self.folder)
        for function in self._lambda.list_functions()["Functions"]:
            variables = function["Environment"]["Variables"]
            troubled = any(f".{each}." in function["Handler"] for each in TROUBLED)
            if not troubled or variables.get("OUTBOUND_CHANNEL", "email") != "email":
                continue
            path = f"{variables['PYTHONPATH']}{os.pathsep}{self.folder}"
            given = {"WITNESSED": function["Handler"], "WITNESS_FOLDER": str(self.folder)}
            self._lambda.update_function_configuration(
                FunctionName=function["FunctionName"],
                Handler="witness.handler",
                Environment={"Variables": {**variables, **given, "PYTHONPATH": path}},
            )

    def _go_on(self) -> None:
        while not self._over.wait(LOOK):
            running = self._look()
            self._deliver_again()
            self._kill(running)

    def _look(self) -> list[Asked]:
        """Those that are running; what is new may come again."""
        running = []
        for path in [*self.folder.glob("*.json"), *self.folder.glob("*.done")]:
            asked = self._seen.get(path.stem) or self._noted(path)
            if path.suffix == ".done":
                self._seen.pop(path.stem, None)
                path.unlink()
            elif asked is not None:
                running.append(asked)
        return running

    def _noted(self, path: Path) -> Asked | None:
        with suppress(FileNotFoundError):
            asked = Asked(**json.loads(path.read_text()))
            self._seen[asked.id] = asked
            event, count = asked.some(self.chance)
            if count and not asked.again:
                due = time.monotonic() + self.chance.uniform(0, LATER)
                self._later.append((due, asked, event))
                self.doubled[asked.source] += count
            return asked
        return None

    def _deliver_again(self) -> None:
        now = time.monotonic()
        due = [each for each in self._later if each[0] <= now]
        self._later = [each for each in self._later if each[0] > now]
        for _, asked, event in due:
            self._lambda.invoke(
                FunctionName=asked.function,
                InvocationType="Event",
                Payload=json.dumps({**event, witness.AGAIN: True}),
            )

    def _kill(self, running: list[Asked]) -> None:
        if not self._kills or self.reached < self._kills[0]:
            return
        expanding = len(self.killed) < EXPANDING
        alive = [each for each in running if each not in self.killed and self._is_ours(each.pid)]
        found = [each for each in alive if (each.expands if expanding else each.delivers)]
        if not found:
            return
        chosen = self.chance.choice(found)
        time.sleep(self.chance.uniform(0, IN_ITS_WORK))
        if (self.folder / f"{chosen.id}.json").exists() and self._is_ours(chosen.pid):
            os.kill(chosen.pid, signal.SIGKILL)
            self.killed.append(chosen)
            self._kills.pop(0)

    def _is_ours(self, pid: int) -> bool:
        """Whether it is a worker of this emulator."""
        with suppress(OSError):
            return Path(f"/proc/{pid}/cwd").readlink().is_relative_to(self.folder.parent)
        return False
