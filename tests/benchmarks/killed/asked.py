"""What a function was asked, as the witness has noted it, and what of that comes a second time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

TWICE = 0.5
"""Of the events."""
QUEUES = {
    "ExpandQueue": "tasks",
    "ExpandAlerts": "tasks of alerts",
    "LanesEmail": "chunks",
    "Receipts": "receipts",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A call of a function that the witness has noted."""

    id: str
    function: str
    pid: int
    again: bool
    event: Mapping[str, Any]

    @property
    def source(self) -> str:
        """What it came from."""
        records = self.event.get("Records")
        if not records:
            return "clock"
        if "dynamodb" in records[0]:
            return "stream"
        return next(name for part, name in QUEUES.items() if part in records[0]["eventSourceARN"])

    @property
    def expands(self) -> bool:
        """Whether it reads a shard."""
        return any(json.loads(each["body"]).get("task") == "expand" for each in self._queued)

    @property
    def delivers(self) -> bool:
        """Whether it has chunks to hand over."""
        return any("chunk" in json.loads(each["body"]) for each in self._queued)

    @property
    def _queued(self) -> list[Mapping[str, Any]]:
        return [each for each in self.event.get("Records", ()) if "body" in each]

    def some(self, chance: random.Random) -> tuple[dict[str, Any], int]:
        """What is delivered again, and how much that is: some of a queue's, a batch as it was."""
        records = self.event.get("Records")
        if records is None or self.source == "stream":
            return dict(self.event), int(chance.random() < TWICE)
        chosen = [each for each in records if chance.random() < TWICE]
        return {"Records": chosen}, len(chosen)
