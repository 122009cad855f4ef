"""Runs over DynamoDB: a run lies with its campaign, all that belongs to it in its own partition.

What is written once is put only if it is absent. What changes has a version, or moves one way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.run_audience import (
    AUDIENCE,
    DIGEST,
    part_items,
    part_place,
    whole_of,
)
from outbound.adapters.dynamodb.run_item import (
    CHUNK,
    STEP,
    chunk_item,
    chunk_of,
    placed,
    point_item,
    point_of,
    point_place,
    run_item,
    run_of,
    step_item,
    step_of,
)
from outbound.adapters.dynamodb.table import Table, conflicted, plain, refused, wire
from outbound.adapters.dynamodb.tally_item import review_item, review_of, tally_item, tally_of
from outbound.domain.instant import rfc3339, seconds
from outbound.domain.run import STEPS_KEPT, Phase, Point
from outbound.domain.tally import Tally
from outbound.ports import BudgetSpent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from outbound.domain.review import Review
    from outbound.domain.run import Chunk, ChunkRef, Run, RunRef, Step
    from outbound.domain.segment import Whole
    from outbound.ports import Clock

MARKED = timedelta(days=2)
"""A stream brings a batch again for a day."""
PARTS = 8
BUDGET, COUNT, REVIEW = "budget", "count#", "review"


@dataclass(frozen=True, slots=True)
class DynamoRuns:
    """Runs in one table; chunks are kept as long as messages."""

    table: Table
    retention: timedelta
    clock: Clock

    def open(self, run: Run) -> Run:
        """Write a run once."""
        if self.table.put_new(_placed(run)):
            return run
        return self.get(run.ref) or run

    def get(self, ref: RunRef) -> Run | None:
        """A run as it is now."""
        item = self.table.get(_campaign_pk(ref.tenant, ref.campaign), ref.id)
        return run_of(item, ref.tenant, ref.campaign) if item else None

    def of(self, tenant: str, campaign_id: str) -> Sequence[Run]:
        """The runs of a campaign: their ids sort by time."""
        items = self._between(_campaign_pk(tenant, campaign_id), "run_", "run_~")
        return [run_of(item, tenant, campaign_id) for item in items]

    def replace(self, run: Run) -> bool:
        """Write a run over the version that was read."""
        return self.table.put_next(_placed(run))

    def keep_audience(self, ref: RunRef, whole: Whole) -> None:
        """Write the parts, and then which of them count."""
        digest, parts = part_items(whole)
        ends = {"ttl": seconds(self.clock.now() + self.retention)}
        for part in parts:
            self.table.put_new({"pk": placed(ref), **part, **ends})
        self.table.put_new({"pk": placed(ref), "sk": AUDIENCE, DIGEST: digest, **ends})

    def audience(self, ref: RunRef) -> Whole | None:
        """The parts that count, together."""
        head = self.table.get(placed(ref), AUDIENCE)
        if head is None:
            return None
        first, last = part_place(head[DIGEST], 0), part_place(head[DIGEST], 999)
        return whole_of(list(self._between(placed(ref), first, last)), ref.tenant)

    def forget_audience(self, ref: RunRef) -> None:
        """Remove all parts, those that don't count too."""
        for item in self._between(placed(ref), AUDIENCE, f"{AUDIENCE}~"):
            key = wire({"pk": item["pk"], "sk": item["sk"]})
            self.table.client.delete_item(TableName=self.table.name, Key=key)

    def point(self, ref: RunRef, phase: Phase, shard: int) -> Point:
        """How far a shard is."""
        item = self.table.get(placed(ref), point_place(phase, shard))
        return point_of(item) if item else Point(phase, shard)

    def points(self, ref: RunRef) -> Sequence[Point]:
        """How far all shards are."""
        return [point_of(item) for item in self._between(placed(ref), "shard#", "shard#~")]

    def move(self, ref: RunRef, point: Point) -> bool:
        """Write how far a shard is; the count of its steps is its version."""
        item = {"pk": placed(ref), **point_item(point)}
        if point.steps == 1:
            return self.table.put_new(item)
        return self._put_if(item, "steps = :before", {":before": point.steps - 1})

    def keep_step(self, ref: RunRef, step: Step) -> Step:
        """Write a step once."""
        last = max((each.at for each in step.chunks), default=self.clock.now())
        item = {"pk": placed(ref), **step_item(step), "ttl": seconds(last + STEPS_KEPT)}
        if self.table.put_new(item):
            return step
        kept = self.table.get(item["pk"], item["sk"])
        return step_of(kept) if kept else step

    def steps(self, ref: RunRef) -> Iterator[Step]:
        """The steps of a run, shard by shard."""
        return map(step_of, self._between(placed(ref), STEP, f"{STEP}~"))

    def put_chunk(self, chunk: Chunk) -> bool:
        """Write a chunk once."""
        return self.table.put_new(self._chunk(chunk))

    def chunk(self, ref: ChunkRef) -> Chunk | None:
        """A chunk as it is now."""
        item = self.table.get(placed(ref.run), CHUNK + ref.id)
        return chunk_of(item, ref.run) if item else None

    def chunks(
        self,
        ref: RunRef,
        *,
        after: str | None = None,
        until: datetime | None = None,
        size: int | None = None,
    ) -> Iterator[Chunk]:
        """The chunks of a run in the order of their release."""
        first = CHUNK + (f"{after}\0" if after else "")
        last = CHUNK + (f"{rfc3339(until)}~" if until else "~")
        return (chunk_of(item, ref) for item in self._between(placed(ref), first, last, size))

    def advance(
        self, chunk: Chunk, *, reserve: Decimal | None = None, budget: Decimal | None = None
    ) -> bool:
        """Write a chunk, and with a budget what is taken of it, in one transaction."""
        item = self._chunk(chunk)
        if not reserve or (reserve > 0 and budget is None):
            return self.table.put_next(item)
        left = None if budget is None else budget - reserve
        if left is not None and left < 0:
            raise BudgetSpent
        try:
            self.table.client.transact_write_items(
                TransactItems=[
                    {"Update": self._take(chunk.ref.run, reserve, left)},
                    {
                        "Put": {
                            "TableName": self.table.name,
                            "Item": wire(item),
                            "ConditionExpression": "version = :before",
                            "ExpressionAttributeValues": wire({":before": chunk.version - 1}),
                        }
                    },
                ]
            )
        except ClientError as error:
            if not (refused(error) or conflicted(error)):
                raise
            reasons: Any = error.response.get("CancellationReasons", [{}])
            if reasons[0].get("Code") == "ConditionalCheckFailed":
                raise BudgetSpent from None
            return False
        return True

    def reserved(self, tenant: str, campaign_id: str) -> Decimal:
        """What is taken of the budget."""
        item = self.table.get(_campaign_pk(tenant, campaign_id), BUDGET)
        return Decimal(item["reserved"]) if item else Decimal(0)

    def count(self, ref: RunRef, batch: str, change: Tally) -> bool:
        """Add to the counts in one transaction with a mark that this batch was.

        Counts lie in several items, for several batches come at the same time.
        """
        mark = {
            "pk": placed(ref),
            "sk": f"batch#{batch}",
            "ttl": seconds(self.clock.now() + MARKED),
        }
        updates = [self._add(ref, batch, change)]
        if change.back:
            updates.append(self._take(ref, -change.back))
        return self.table.update_once(mark, updates)

    def review(self, ref: RunRef) -> Review | None:
        """How far the last look through a run has come."""
        item = self.table.get(placed(ref), REVIEW)
        return review_of(item) if item else None

    def keep_review(self, ref: RunRef, review: Review) -> bool:
        """Write the first, or one over the version that was read."""
        item = {"pk": placed(ref), "sk": REVIEW, **review_item(review)}
        return self.table.put_new(item) if review.version == 1 else self.table.put_next(item)

    def tally(self, ref: RunRef) -> Tally:
        """All counts together."""
        items = self._between(placed(ref), COUNT, f"{COUNT}~")
        return sum((tally_of(item) for item in items), Tally())

    def _chunk(self, chunk: Chunk) -> dict[str, Any]:
        ttl = seconds(chunk.not_before + self.retention)
        return {"pk": placed(chunk.ref.run), **chunk_item(chunk), "ttl": ttl}

    def _add(self, ref: RunRef, batch: str, change: Tally) -> Any:
        counts = tally_item(change)
        names = {f"#n{index}": name for index, name in enumerate(counts)}
        values = {f":n{index}": count for index, count in enumerate(counts.values())}
        part = sha256(batch.encode()).digest()[0] % PARTS
        return {
            "TableName": self.table.name,
            "Key": wire({"pk": placed(ref), "sk": f"{COUNT}{part}"}),
            "UpdateExpression": "ADD " + ", ".join(f"{name} :{name[1:]}" for name in names),
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": wire(values),
        }

    def _take(self, run: RunRef, more: Decimal, left: Decimal | None = None) -> Any:
        """Take of a budget, if `left` are there; what is given back is always taken."""
        update = {
            "TableName": self.table.name,
            "Key": wire({"pk": _campaign_pk(run.tenant, run.campaign), "sk": BUDGET}),
            "UpdateExpression": "ADD reserved :more",
            "ExpressionAttributeValues": wire({":more": more}),
        }
        if more <= 0:
            return update
        return {
            **update,
            "ConditionExpression": "attribute_not_exists(reserved) OR reserved <= :left",
            "ExpressionAttributeValues": wire({":more": more, ":left": left}),
        }

    def _put_if(self, item: Mapping[str, Any], condition: str, values: Mapping[str, Any]) -> bool:
        try:
            self.table.client.put_item(
                TableName=self.table.name,
                Item=wire(item),
                ConditionExpression=condition,
                ExpressionAttributeValues=wire(values),
            )
        except ClientError as error:
            if refused(error):
                return False
            raise
        return True

    def _between(
        self, pk: str, first: str, last: str, size: int | None = None
    ) -> Iterator[dict[str, Any]]:
        pages = self.table.client.get_paginator("query").paginate(
            TableName=self.table.name,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues=wire({":pk": pk, ":first": first, ":last": last}),
            ConsistentRead=True,
            PaginationConfig={"PageSize": size} if size else {},
        )
        return (plain(item) for page in pages for item in page["Items"])


def _campaign_pk(tenant: str, campaign_id: str) -> str:
    return f"{tenant}#{campaign_id}"


def _placed(run: Run) -> dict[str, Any]:
    ref = run.ref
    return {"pk": _campaign_pk(ref.tenant, ref.campaign), "sk": ref.id, **run_item(run)}
