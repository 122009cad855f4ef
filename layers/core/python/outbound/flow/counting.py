"""Counting: what the stream of messages brings is added to the counts of campaigns' runs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.run import RunRef
from outbound.domain.tally import Tally, moved, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outbound.domain.message import Message
    from outbound.ports import Runs


@dataclass(frozen=True, slots=True)
class Changed:
    """A message before and after it was written; None where there was none, or is none."""

    before: Message | None
    after: Message | None


def count(changes: Iterable[Changed], batch: str, runs: Runs) -> int:
    """Add what a batch of changes comes to, once, however often it is brought; how many counted.

    What is removed, when its time is over, stays counted.
    """
    by_run: defaultdict[RunRef, Tally] = defaultdict(Tally)
    counted = 0
    for change in changes:
        if change.after is None or change.after.campaign is None:
            continue
        before = place_of(change.before) if change.before else None
        after = place_of(change.after)
        if before == after:
            continue
        campaign = change.after.campaign
        by_run[RunRef(change.after.tenant, campaign.id, campaign.run)] += moved(before, after)
        counted += 1
    for run, tally in by_run.items():
        runs.count(run, batch, tally)
    return counted
