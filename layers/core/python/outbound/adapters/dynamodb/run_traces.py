"""Where runs name contacts, over DynamoDB: an erasure looks there, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.run_audience import AUDIENCE
from outbound.adapters.dynamodb.run_item import (
    CHUNK,
    chunk_of,
    placed,
    point_item,
    step_item,
    step_of,
    step_place,
)
from outbound.adapters.dynamodb.segments import replace_lists, without
from outbound.adapters.dynamodb.table import Table, plain, refused, wire
from outbound.domain.run import Phase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from outbound.domain.run import Chunk, Point, RunRef, Step


@dataclass(frozen=True, slots=True)
class DynamoRunTraces:
    """The table of runs."""

    table: Table

    def steps(self, ref: RunRef, shard: int) -> Iterator[Step]:
        """A query for each phase."""
        for phase in Phase:
            for item in self._behind(ref, step_place(phase, shard)):
                yield step_of(item)

    def chunks(self, ref: RunRef, contact_id: str) -> Iterator[Chunk]:
        """All chunks are read, by DynamoDB; only those that name the contact come here."""
        items = self._behind(
            ref,
            CHUNK,
            values={":member": contact_id},
            FilterExpression="contains(members, :member) OR contains(#look.#later, :member)",
            ExpressionAttributeNames={"#look": "look", "#later": "later"},
        )
        return (chunk_of(item, ref) for item in items)

    def rewrite_step(self, ref: RunRef, before: Step, step: Step) -> bool:
        """Nothing else of the item is changed."""
        old, new = step_item(before), step_item(step)
        return self._update(ref, new["sk"], ("last", "chunks"), old, new)

    def rewrite_point(self, ref: RunRef, before: Point, point: Point) -> bool:
        """Whoever moves it meanwhile has counted a step more."""
        old, new = point_item(before), point_item(point)
        return self._update(ref, new["sk"], ("after", "steps"), old, new)

    def leave_out(self, ref: RunRef, contact_id: str) -> bool:
        """Part by part."""
        found = False
        for item in self._behind(ref, f"{AUDIENCE}#"):
            rest = without(item, contact_id)
            found |= rest is not None
            if rest is not None:
                replace_lists(self.table, item, rest)
        return found

    def _update(
        self,
        ref: RunRef,
        sk: str,
        names: tuple[str, ...],
        old: Mapping[str, Any],
        new: Mapping[str, Any],
    ) -> bool:
        held = {f":old_{name}": old[name] for name in names if old[name] is not None}
        conditions = [
            f"#{name} = :old_{name}" if old[name] is not None else f"attribute_not_exists(#{name})"
            for name in names
        ]
        changed = {f":{name}": new[name] for name in names if new[name] is not None}
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=wire({"pk": placed(ref), "sk": sk}),
                UpdateExpression="SET " + ", ".join(f"#{each[1:]} = {each}" for each in changed),
                ConditionExpression=" AND ".join(conditions),
                ExpressionAttributeNames={f"#{name}": name for name in names},
                ExpressionAttributeValues=wire({**held, **changed}),
            )
        except ClientError as error:
            if refused(error):
                return False
            raise
        return True

    def _behind(
        self, ref: RunRef, first: str, *, values: Mapping[str, Any] | None = None, **more: Any
    ) -> Iterator[dict[str, Any]]:
        keys = {":pk": placed(ref), ":first": first, **(values or {})}
        pages = self.table.client.get_paginator("query").paginate(
            TableName=self.table.name,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :first)",
            ExpressionAttributeValues=wire(keys),
            ConsistentRead=True,
            **more,
        )
        return (plain(item) for page in pages for item in page["Items"])
