"""Campaigns and their runs in memory."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from threading import Lock
from typing import TYPE_CHECKING

from outbound.domain.instant import rfc3339
from outbound.domain.run import Point
from outbound.domain.tally import Tally
from outbound.ports import BudgetSpent, CampaignPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.domain.review import Review
    from outbound.domain.run import Chunk, ChunkRef, Phase, Run, RunRef, Step
    from outbound.domain.segment import Whole
    from outbound.ports import Clock

KEPT_FOR = timedelta(seconds=5)


@dataclass
class MemoryCampaigns:
    """Campaigns by (tenant, id); `attending` and `closed` is what the clock looks at."""

    clock: Clock = field(compare=False)
    kept: dict[tuple[str, str], Campaign] = field(default_factory=dict)
    attending: set[tuple[str, str]] = field(default_factory=set)
    closed: set[RunRef] = field(default_factory=set)
    _known: dict[tuple[str, str], tuple[datetime, Campaign | None]] = field(
        default_factory=dict, compare=False
    )

    def insert(self, campaign: Campaign) -> bool:
        return self.kept.setdefault((campaign.tenant, campaign.id), campaign) is campaign

    def get(self, tenant: str, campaign_id: str) -> Campaign | None:
        return self.kept.get((tenant, campaign_id))

    def current(self, tenant: str, campaign_id: str) -> Campaign | None:
        now = self.clock.now()
        read_at, campaign = self._known.get((tenant, campaign_id), (None, None))
        if read_at is None or now - read_at >= KEPT_FOR:
            campaign = self.get(tenant, campaign_id)
            self._known[tenant, campaign_id] = now, campaign
        return campaign

    def newest(self, tenant: str, *, limit: int, after: str | None) -> CampaignPage:
        mine = sorted(
            (
                campaign
                for (owner, campaign_id), campaign in self.kept.items()
                if owner == tenant and (after is None or campaign_id < after)
            ),
            key=lambda campaign: campaign.id,
            reverse=True,
        )
        more = len(mine) >= limit
        return CampaignPage(tuple(mine[:limit]), mine[limit - 1].id if more else None)

    def replace(self, campaign: Campaign) -> bool:
        place = campaign.tenant, campaign.id
        if place not in self.kept or self.kept[place].version != campaign.version - 1:
            return False
        self.kept[place] = campaign
        self._known.pop(place, None)
        return True

    def attend(self, tenant: str, campaign_id: str) -> None:
        self.attending.add((tenant, campaign_id))

    def attended(self) -> Iterator[tuple[str, str]]:
        return iter(sorted(self.attending))

    def remember(self, ref: RunRef) -> None:
        self.closed.add(ref)

    def remembered(self) -> Iterator[RunRef]:
        return iter(sorted(self.closed, key=lambda ref: (ref.tenant, ref.campaign, ref.id)))

    def forget(self, ref: RunRef) -> None:
        self.closed.discard(ref)

    def leave(self, tenant: str, campaign_id: str) -> None:
        self.attending.discard((tenant, campaign_id))


@dataclass
class MemoryRuns:
    """What is kept of runs, each kind by where it lies."""

    runs: dict[RunRef, Run] = field(default_factory=dict)
    audiences: dict[RunRef, Whole] = field(default_factory=dict)
    shards: dict[tuple[RunRef, Phase, int], Point] = field(default_factory=dict)
    steps_kept: dict[tuple[RunRef, Phase, int, int], Step] = field(default_factory=dict)
    kept: dict[ChunkRef, Chunk] = field(default_factory=dict)
    budgets: defaultdict[tuple[str, str], Decimal] = field(
        default_factory=lambda: defaultdict(Decimal)
    )
    counts: dict[tuple[RunRef, str], Tally] = field(default_factory=dict)
    reviews: dict[RunRef, Review] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, compare=False)

    def open(self, run: Run) -> Run:
        return self.runs.setdefault(run.ref, run)

    def get(self, ref: RunRef) -> Run | None:
        return self.runs.get(ref)

    def of(self, tenant: str, campaign_id: str) -> Sequence[Run]:
        mine = (run for ref, run in self.runs.items() if ref.campaign == campaign_id)
        return sorted((run for run in mine if run.ref.tenant == tenant), key=lambda run: run.ref.id)

    def replace(self, run: Run) -> bool:
        with self._lock:
            if run.ref not in self.runs or self.runs[run.ref].version != run.version - 1:
                return False
            self.runs[run.ref] = run
            return True

    def keep_audience(self, ref: RunRef, whole: Whole) -> None:
        self.audiences.setdefault(ref, whole)

    def audience(self, ref: RunRef) -> Whole | None:
        return self.audiences.get(ref)

    def forget_audience(self, ref: RunRef) -> None:
        self.audiences.pop(ref, None)

    def point(self, ref: RunRef, phase: Phase, shard: int) -> Point:
        return self.shards.get((ref, phase, shard), Point(phase, shard))

    def points(self, ref: RunRef) -> Sequence[Point]:
        return [point for (run, _, _), point in self.shards.items() if run == ref]

    def move(self, ref: RunRef, point: Point) -> bool:
        with self._lock:
            if self.point(ref, point.phase, point.shard).steps != point.steps - 1:
                return False
            self.shards[ref, point.phase, point.shard] = point
            return True

    def keep_step(self, ref: RunRef, step: Step) -> Step:
        return self.steps_kept.setdefault((ref, step.phase, step.shard, step.number), step)

    def steps(self, ref: RunRef) -> Iterator[Step]:
        return iter([step for (run, *_), step in self.steps_kept.items() if run == ref])

    def put_chunk(self, chunk: Chunk) -> bool:
        return self.kept.setdefault(chunk.ref, chunk) is chunk

    def chunk(self, ref: ChunkRef) -> Chunk | None:
        return self.kept.get(ref)

    def chunks(
        self,
        ref: RunRef,
        *,
        after: str | None = None,
        until: datetime | None = None,
        size: int | None = None,
    ) -> Iterator[Chunk]:
        last = f"{rfc3339(until)}~" if until else "~"
        mine = [
            chunk
            for place, chunk in self.kept.items()
            if place.run == ref and (after or "") < place.id <= last
        ]
        return iter(sorted(mine, key=lambda chunk: chunk.ref.id))

    def advance(
        self, chunk: Chunk, *, reserve: Decimal | None = None, budget: Decimal | None = None
    ) -> bool:
        with self._lock:
            if self.kept[chunk.ref].version != chunk.version - 1:
                return False
            if reserve and (budget is not None or reserve < 0):
                place = chunk.ref.run.tenant, chunk.ref.run.campaign
                if budget is not None and self.budgets[place] + reserve > budget:
                    raise BudgetSpent
                self.budgets[place] += reserve
            self.kept[chunk.ref] = chunk
            return True

    def reserved(self, tenant: str, campaign_id: str) -> Decimal:
        return self.budgets[tenant, campaign_id]

    def count(self, ref: RunRef, batch: str, change: Tally) -> bool:
        with self._lock:
            if (ref, batch) in self.counts:
                return False
            self.counts[ref, batch] = change
            if change.back:
                self.budgets[ref.tenant, ref.campaign] -= change.back
            return True

    def review(self, ref: RunRef) -> Review | None:
        return self.reviews.get(ref)

    def keep_review(self, ref: RunRef, review: Review) -> bool:
        with self._lock:
            kept = self.reviews.get(ref)
            if (kept.version if kept else 0) != review.version - 1:
                return False
            self.reviews[ref] = review
            return True

    def tally(self, ref: RunRef) -> Tally:
        return sum((each for (run, _), each in self.counts.items() if run == ref), Tally())


@dataclass
class MemoryRunTraces:
    """Where these runs name contacts."""

    runs: MemoryRuns

    def steps(self, ref: RunRef, shard: int) -> Iterator[Step]:
        return iter([each for each in self.runs.steps(ref) if each.shard == shard])

    def chunks(self, ref: RunRef, contact_id: str) -> Iterator[Chunk]:
        return iter([each for each in self.runs.chunks(ref) if contact_id in _all_named(each)])

    def rewrite_step(self, ref: RunRef, before: Step, step: Step) -> bool:
        place = ref, step.phase, step.shard, step.number
        if self.runs.steps_kept.get(place) != before:
            return False
        self.runs.steps_kept[place] = step
        return True

    def rewrite_point(self, ref: RunRef, before: Point, point: Point) -> bool:
        place = ref, point.phase, point.shard
        if self.runs.shards.get(place) != before:
            return False
        self.runs.shards[place] = point
        return True

    def leave_out(self, ref: RunRef, contact_id: str) -> bool:
        whole = self.runs.audiences.get(ref)
        rest = _without(whole, contact_id) if whole else None
        if rest is None or rest == whole:
            return False
        self.runs.audiences[ref] = rest
        return True


def _all_named(chunk: Chunk) -> tuple[str, ...]:
    return (*chunk.members, *(chunk.look.later if chunk.look else ()))


def _without(whole: Whole, contact_id: str) -> Whole:
    def rest(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in ids if each != contact_id)

    segment = whole.segment
    exclude = replace(segment.exclude, contact_ids=rest(segment.exclude.contact_ids))
    segment = replace(segment, contact_ids=rest(segment.contact_ids), exclude=exclude)
    return replace(
        whole,
        segment=segment,
        excluded=tuple(_without(each, contact_id) for each in whole.excluded),
    )
