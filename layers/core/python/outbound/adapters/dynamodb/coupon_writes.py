"""The writes of which transactions on coupon pools are made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb import coupon_items as items
from outbound.adapters.dynamodb.table import wire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outbound.adapters.dynamodb.coupon_items import Shard
    from outbound.domain.coupon import CouponImport
    from outbound.ports import Added

NEW = "attribute_not_exists(pk)"


def additions(
    tenant: str, pool_id: str, codes: Sequence[str], shard: Shard
) -> list[dict[str, Any]]:
    """All that adds codes to a shard; last of it a write for each code, in their order."""
    if not codes:
        return []
    key = items.shard_key(tenant, pool_id, shard.number)
    block = items.block_key(tenant, pool_id, shard.number, shard.added)
    longest = max(shard.longest, *map(len, codes))
    grown = replace(shard, added=shard.added + len(codes), longest=longest)
    return [
        moved(key, shard, grown),
        new({**block, "codes": list(codes)}),
        *(new(items.code_key(tenant, pool_id, code)) for code in codes),
    ]


def moved(key: Mapping[str, str], before: Shard, after: Shard) -> dict[str, Any]:
    """A shard that is written only if it still is as it was read."""
    item = {**key, "added": after.added, "taken": after.taken, "longest": after.longest}
    if not before.added:
        return new(item)
    was = {":added": before.added, ":taken": before.taken}
    put = {
        "Item": wire(item),
        "ConditionExpression": "added = :added AND taken = :taken",
        "ExpressionAttributeValues": wire(was),
    }
    return {"Put": put}


def new(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item that isn't there yet."""
    return {"Put": {"Item": wire(item), "ConditionExpression": NEW}}


def step(
    tenant: str, pool_id: str, step: tuple[CouponImport, CouponImport], done: Added
) -> dict[str, Any]:
    """An import that is written only if it still is as it was read."""
    before, after = step
    counted = replace(
        after,
        added=before.added + done.added,
        duplicates=after.duplicates + done.duplicates,
    )
    key = items.import_key(tenant, pool_id, before.media_id)
    put = {
        "Item": wire({**key, **items.import_item(counted)}),
        "ConditionExpression": "#lines = :lines AND #state = :state",
        "ExpressionAttributeNames": {"#lines": "lines", "#state": "state"},
        "ExpressionAttributeValues": wire({":lines": before.lines, ":state": before.state}),
    }
    return {"Put": put}
