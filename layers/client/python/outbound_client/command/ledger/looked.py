"""What was looked at of a tenant's ledger, and what was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_SAME = ("chain", "entry", "fault", "by")


@dataclass
class Looked:
    """Counts, and each fault once: several who noted a chain may find the same."""

    tenant: str
    heads: int = 0
    entries: int = 0
    anchors: int = 0
    faults: list[dict[str, Any]] = field(default_factory=list)
    whole: bool = False

    def add(self, answer: dict[str, Any]) -> None:
        """Take in one answer of the function."""
        found = answer["looked_at"]
        self.heads += found["heads"]
        self.entries += found["entries"]
        self.anchors += found["anchors"]
        known = {_key(fault) for fault in self.faults}
        for fault in answer["faults"]:
            if _key(fault) not in known:
                known.add(_key(fault))
                self.faults.append(fault)
        self.whole = answer["next_cursor"] is None


def _key(fault: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(fault[name] for name in _SAME)
