"""Coupon pools over DynamoDB: a code and its counter move in one transaction, so neither is lost.

A shard's codes are given in their order, by a counter that is changed only from what was read.
Messages ask different shards, so that workers meet seldom; who meets another asks again.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb import coupon_items as items
from outbound.adapters.dynamodb import coupon_writes as writes
from outbound.adapters.dynamodb.table import Table, conflicted, plain, refused, wire
from outbound.domain.coupon import CLAIM_KEPT, EMPTY, GONE, OVER, NoCoupon
from outbound.domain.instant import rfc3339, seconds
from outbound.ports import Added

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from outbound.adapters.dynamodb.coupon_items import Shard
    from outbound.domain.coupon import CouponImport, Pool, Standing
    from outbound.ports import Clock

REMEMBERED = 5.0
"""Seconds."""
TRIES = 40


class Busy(Exception):
    """Others took what was asked for, many times in a row; a repetition finds its turn."""


@dataclass(frozen=True, slots=True)
class DynamoCouponPools:
    """Pools in the catalog."""

    table: Table
    clock: Clock
    _remembered: dict[tuple[str, str], tuple[float, Standing | None]] = field(default_factory=dict)

    def put(self, pool: Pool) -> bool:
        """Write the pool, or its end alone where it is there."""
        if self.table.put_new(items.pool_item(pool)):
            return True
        end = rfc3339(pool.expires_at) if pool.expires_at else ""
        self.table.client.update_item(
            TableName=self.table.name,
            Key=wire(items.pool_key(pool.tenant, pool.id)),
            UpdateExpression="SET expires_at = :end",
            ExpressionAttributeValues=wire({":end": end}),
        )
        return False

    def get(self, tenant: str, pool_id: str) -> Standing | None:
        """A pool, its shards and its imports lie together."""
        partition = self.table.query(items.pool_key(tenant, pool_id)["pk"])
        return items.standing_of(partition, tenant, pool_id)

    def seen(self, tenant: str, pool_id: str) -> Standing | None:
        """As `get`, remembered by this process for a moment."""
        now = self.clock.now().timestamp()
        known = self._remembered.get((tenant, pool_id))
        if known is None or now - known[0] > REMEMBERED:
            known = self._remembered[tenant, pool_id] = now, self.get(tenant, pool_id)
        return known[1]

    def add(
        self,
        tenant: str,
        pool_id: str,
        codes: Sequence[str],
        *,
        step: tuple[CouponImport, CouponImport] | None = None,
    ) -> Added | None:
        """Add to the shard that has fewest, in one transaction, all that turns out to be new."""
        wanted = list(codes)
        for _ in _turns():
            shard = self._smallest(tenant, pool_id)
            done = Added(len(wanted), len(codes) - len(wanted))
            needed = writes.additions(tenant, pool_id, wanted, shard)
            if step is not None:
                needed.insert(0, writes.step(tenant, pool_id, step, done))
            if not needed:
                return done
            reasons = self._write(needed)
            if reasons is None:
                return done
            if step is not None and reasons[0] == "ConditionalCheckFailed":
                return None
            known = reasons[len(reasons) - len(wanted) :]
            wanted = [
                code
                for code, reason in zip(wanted, known, strict=True)
                if reason != "ConditionalCheckFailed"
            ]
        raise Busy("codes could not be added")

    def begin(self, tenant: str, pool_id: str, wanted: CouponImport) -> CouponImport:
        """Write an import down, or read the one that is there."""
        key = items.import_key(tenant, pool_id, wanted.media_id)
        if self.table.put_new({**key, **items.import_item(wanted)}):
            return wanted
        return self.found(tenant, pool_id, wanted.media_id) or wanted

    def found(self, tenant: str, pool_id: str, media_id: str) -> CouponImport | None:
        """An import as it is now."""
        item = self.table.get(*items.import_key(tenant, pool_id, media_id).values())
        return items.import_of(item) if item else None

    def take(self, tenant: str, pool_id: str, message_id: str, now: datetime) -> str:
        """Move the counter of a shard and write down for whom, in one transaction."""
        first = items.first_shard(message_id)
        for turn in _turns():
            shard = self._open(tenant, pool_id, (first + turn // 4) % items.SHARDS, now)
            if shard is None:
                claim = self.table.get(*items.claim_key(tenant, pool_id, message_id).values())
                if claim is None:
                    raise NoCoupon(EMPTY)
                return str(claim["code"])
            code = self._code(tenant, pool_id, shard)
            taken = self._take(tenant, pool_id, message_id, code, shard, now)
            if taken is not None:
                return taken
        raise Busy("a code could not be taken")

    def _open(self, tenant: str, pool_id: str, number: int, now: datetime) -> Shard | None:
        """A shard that has codes, this one if it has; None where all are given."""
        keys = [items.pool_key(tenant, pool_id), items.shard_key(tenant, pool_id, number)]
        found = {item["sk"]: item for item in self.table.get_many(keys)}
        if items.POOL not in found:
            raise NoCoupon(GONE)
        if items.pool_of(found.pop(items.POOL), tenant, pool_id).over(now):
            raise NoCoupon(OVER)
        own = [items.shard_of(item) for item in found.values()]
        if own and own[0].added > own[0].taken:
            return own[0]
        return max(
            (each for each in self._shards(tenant, pool_id) if each.added > each.taken),
            key=lambda each: each.added - each.taken,
            default=None,
        )

    def _shards(self, tenant: str, pool_id: str) -> list[Shard]:
        partition = self.table.query(items.pool_key(tenant, pool_id)["pk"], after=items.SHARD)
        return [items.shard_of(item) for item in partition if item["sk"].startswith(items.SHARD)]

    def _smallest(self, tenant: str, pool_id: str) -> Shard:
        known = {each.number: each for each in self._shards(tenant, pool_id)}
        shards = [known.get(number, items.Shard(number)) for number in range(items.SHARDS)]
        return min(shards, key=lambda each: (each.added - each.taken, each.added, each.number))

    def _code(self, tenant: str, pool_id: str, shard: Shard) -> str:
        """The code whose turn it is; the block that has it begins at its place or before."""
        key = items.block_key(tenant, pool_id, shard.number, shard.taken)
        answer = self.table.client.query(
            TableName=self.table.name,
            KeyConditionExpression="pk = :pk AND sk <= :sk",
            ExpressionAttributeValues=wire({":pk": key["pk"], ":sk": key["sk"]}),
            ScanIndexForward=False,
            Limit=1,
            ConsistentRead=True,
        )
        block = plain(answer["Items"][0])
        return str(block["codes"][shard.taken - int(block["sk"])])

    def _take(
        self, tenant: str, pool_id: str, message_id: str, code: str, shard: Shard, now: datetime
    ) -> str | None:
        claim = items.claim_key(tenant, pool_id, message_id)
        item = {**claim, "code": code, "at": rfc3339(now), "ttl": seconds(now + CLAIM_KEPT)}
        key = items.shard_key(tenant, pool_id, shard.number)
        moved = writes.moved(key, shard, replace(shard, taken=shard.taken + 1))
        reasons = self._write([moved, writes.new(item)])
        if reasons is None:
            return code
        if reasons[1] == "ConditionalCheckFailed":
            return str((self.table.get(*claim.values()) or {})["code"])
        return None

    def _write(self, needed: list[Any]) -> list[str] | None:
        """None when all is written; else why each wasn't, in their order."""
        for each in needed:
            each["Put"]["TableName"] = self.table.name
        try:
            self.table.client.transact_write_items(TransactItems=needed)
        except ClientError as error:
            if not (refused(error) or conflicted(error)):
                raise
            reasons: Any = error.response.get("CancellationReasons", [])
            return [str(reason.get("Code", "")) for reason in reasons]
        return None


def _turns() -> Iterator[int]:
    """Some turns, with longer and longer pauses between them once others came first often."""
    for turn in range(TRIES):
        yield turn
        if turn > 2:
            time.sleep(random.uniform(0, 0.002 * turn))
