"""Campaigns, and their runs while they are worked off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from decimal import Decimal

    from outbound.domain.campaign import Campaign
    from outbound.domain.review import Review
    from outbound.domain.run import Chunk, ChunkRef, Phase, Point, Run, RunRef, Step
    from outbound.domain.segment import Whole
    from outbound.domain.tally import Tally


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """Some campaigns, newest first, and behind which id the next page begins."""

    campaigns: tuple[Campaign, ...]
    after: str | None


class Campaigns(Protocol):
    """Campaigns, by tenant."""

    def insert(self, campaign: Campaign) -> bool:
        """Write a campaign once; False when one with its id is there already."""
        ...

    def get(self, tenant: str, campaign_id: str) -> Campaign | None:
        """A campaign as it is now."""
        ...

    def current(self, tenant: str, campaign_id: str) -> Campaign | None:
        """A campaign as it was at most 5 seconds ago."""
        ...

    def newest(self, tenant: str, *, limit: int, after: str | None) -> CampaignPage:
        """A tenant's campaigns, newest first, beginning behind the id `after`."""
        ...

    def replace(self, campaign: Campaign) -> bool:
        """Write a campaign over the version before its own; False when it no longer is that."""
        ...

    def attend(self, tenant: str, campaign_id: str) -> None:
        """Have the clock look after a campaign."""
        ...

    def attended(self) -> Iterator[tuple[str, str]]:
        """Tenant and id of all campaigns that the clock looks after."""
        ...

    def remember(self, ref: RunRef) -> None:
        """Have the clock look at a run that is closed, as long as receipts may come."""
        ...

    def remembered(self) -> Iterator[RunRef]:
        """All closed runs that the clock looks at."""
        ...

    def forget(self, ref: RunRef) -> None:
        """Have the clock look at a closed run no more."""
        ...

    def leave(self, tenant: str, campaign_id: str) -> None:
        """Have the clock look after a campaign no more."""
        ...


class Runs(Protocol):
    """Runs, and all that belongs to them. What is read is as it is now."""

    def open(self, run: Run) -> Run:
        """Write a run down, or give back the one with its id that is there already."""
        ...

    def get(self, ref: RunRef) -> Run | None:
        """A run."""
        ...

    def of(self, tenant: str, campaign_id: str) -> Sequence[Run]:
        """The runs of a campaign, oldest first."""
        ...

    def replace(self, run: Run) -> bool:
        """Write a run over the version before its own; False when it no longer is that."""
        ...

    def keep_audience(self, ref: RunRef, whole: Whole) -> None:
        """Write down who is meant in a run, before it is opened; what is there already stands."""
        ...

    def audience(self, ref: RunRef) -> Whole | None:
        """Who is meant in a run, where segments say so."""
        ...

    def forget_audience(self, ref: RunRef) -> None:
        """Forget who was meant in a run, when all of them were found."""
        ...

    def point(self, ref: RunRef, phase: Phase, shard: int) -> Point:
        """How far a shard is; at its beginning, if nothing is written of it."""
        ...

    def points(self, ref: RunRef) -> Sequence[Point]:
        """How far all shards are of which something is written."""
        ...

    def move(self, ref: RunRef, point: Point) -> bool:
        """Write how far a shard is; False when somebody else has moved it."""
        ...

    def keep_step(self, ref: RunRef, step: Step) -> Step:
        """Write a step down, or give back the one in its place that is there already."""
        ...

    def steps(self, ref: RunRef) -> Iterator[Step]:
        """The steps that were written down, for a week from their last chunk's time."""
        ...

    def put_chunk(self, chunk: Chunk) -> bool:
        """Write a chunk once; False when it is there already."""
        ...

    def chunk(self, ref: ChunkRef) -> Chunk | None:
        """A chunk."""
        ...

    def chunks(
        self,
        ref: RunRef,
        *,
        after: str | None = None,
        until: datetime | None = None,
        size: int | None = None,
    ) -> Iterator[Chunk]:
        """The chunks behind the id `after` that are released by `until`, in that order.

        `size` is how many a request reads.
        """
        ...

    def advance(
        self, chunk: Chunk, *, reserve: Decimal | None = None, budget: Decimal | None = None
    ) -> bool:
        """Write a chunk over the version before its own; False when it no longer is that.

        With `reserve`, so much is taken of the campaign's budget in the same step, or given back
        if it is less than nothing.

        Raises:
            BudgetSpent: there isn't so much left; nothing was written.
        """
        ...

    def reserved(self, tenant: str, campaign_id: str) -> Decimal:
        """What is taken of the budget of a campaign."""
        ...

    def count(self, ref: RunRef, batch: str, change: Tally) -> bool:
        """Add to the counts of a run what a batch has brought; the budget gets back what it says.

        False, and nothing is added, where it was added before; for two days nobody forgets that.
        """
        ...

    def review(self, ref: RunRef) -> Review | None:
        """How far the last look through a run has come."""
        ...

    def keep_review(self, ref: RunRef, review: Review) -> bool:
        """Write a review over the version before its own; False when it no longer is that."""
        ...

    def tally(self, ref: RunRef) -> Tally:
        """The counts of a run."""
        ...


class BudgetSpent(Exception):
    """A campaign's budget has no more room."""
