"""How far a segment reaches: who is in it, and what the gate would say of each, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from outbound.domain.words import Channel, Purpose

KEPT = timedelta(days=1)
"""Its sample names contacts, of whom one may be erased meanwhile."""
SAMPLE = 10


class EstimateState(StrEnum):
    """Where an estimate is."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is asked of a segment. `versions` are those of all segments that it takes: where one of
    them is changed meanwhile, the numbers would be of two.
    """

    tenant: str
    id: str
    segment: str
    versions: Mapping[str, int]
    channels: tuple[Channel, ...]
    purpose: Purpose
    topic: str | None
    at: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a contact on a channel; equal ones are counted."""

    channel: Channel
    verdict: str
    reason: str | None
    rule: str | None


@dataclass(frozen=True, slots=True)
class Sampled:
    """One of those who are selected: whom the number in `lot` falls on is up to nobody."""

    lot: str
    contact_id: str
    masked: str | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Reach:
    """What is counted of a shard as far as it is read, or of all together.

    `read` are those who were looked at, `seen` the attributes of the expression that any of them
    has. `version` counts the writes.
    """

    shard: int = 0
    after: str | None = None
    done: bool = False
    failed: bool = False
    read: int = 0
    selected: int = 0
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()
    sample: tuple[Sampled, ...] = ()
    version: int = 0

    def joined(self, other: Reach) -> Reach:
        """This with another's numbers."""
        sample = sorted((*self.sample, *other.sample), key=lambda each: each.lot)
        return replace(
            self,
            read=self.read + other.read,
            selected=self.selected + other.selected,
            verdicts=dict(Counter(self.verdicts) + Counter(other.verdicts)),
            seen=self.seen | other.seen,
            sample=tuple(sample[:SAMPLE]),
        )


def together(shards: Iterable[Reach]) -> Reach:
    """The numbers of all shards."""
    total = Reach()
    for each in shards:
        total = total.joined(each)
    return total
