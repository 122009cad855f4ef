"""How coupon pools are written down.

| pk | sk | holds |
|---|---|---|
| tenant#coupons#pool | pool | the pool |
| the same | shard#07 | how many codes the shard has had added and taken |
| the same | import#med_… | how far a file is read |
| tenant#coupons#pool#07 | place of its first code in the shard | a block of codes, in their order |
| tenant#coupon-codes#pool#3f | digest of a code | nothing: the code is in the pool |
| tenant#coupon-claims#msg_… | pool | the code of a message |
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outbound.domain.coupon import CouponImport, ImportState, Pool, Standing
from outbound.domain.instant import parse_rfc3339, rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHARDS = 16
POOL, SHARD, IMPORT = "pool", "shard#", "import#"
LEADING_KEYS = "*#coupon*"
"""What the partitions of pools, and no others, are like."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of a pool: its codes are given in their order."""

    number: int
    added: int = 0
    taken: int = 0
    longest: int = 0


def pool_key(tenant: str, pool_id: str) -> dict[str, str]:
    """The key of a pool."""
    return {"pk": f"{tenant}#coupons#{pool_id}", "sk": POOL}


def shard_key(tenant: str, pool_id: str, number: int) -> dict[str, str]:
    """The key of a shard."""
    return {"pk": f"{tenant}#coupons#{pool_id}", "sk": f"{SHARD}{number:02}"}


def import_key(tenant: str, pool_id: str, media_id: str) -> dict[str, str]:
    """The key of an import."""
    return {"pk": f"{tenant}#coupons#{pool_id}", "sk": f"{IMPORT}{media_id}"}


def block_key(tenant: str, pool_id: str, number: int, place: int) -> dict[str, str]:
    """The key of the block whose first code has this place."""
    return {"pk": f"{tenant}#coupons#{pool_id}#{number:02}", "sk": place_text(place)}


def place_text(place: int) -> str:
    """A place in a shard; its text order is its order."""
    return f"{place:010}"


def code_key(tenant: str, pool_id: str, code: str) -> dict[str, str]:
    """The key of what says that a code is in the pool."""
    digest = hashlib.sha256(code.encode()).hexdigest()
    return {"pk": f"{tenant}#coupon-codes#{pool_id}#{digest[:2]}", "sk": digest[2:34]}


def claim_key(tenant: str, pool_id: str, message_id: str) -> dict[str, str]:
    """The key of what a message was given of a pool."""
    return {"pk": f"{tenant}#coupon-claims#{message_id}", "sk": pool_id}


def first_shard(message_id: str) -> int:
    """Where a message asks first, so that workers ask in different places."""
    return hashlib.sha256(message_id.encode()).digest()[0] % SHARDS


def shard_of(item: Mapping[str, Any]) -> Shard:
    """A shard as it was written."""
    number = int(item["sk"].removeprefix(SHARD))
    return Shard(number, int(item["added"]), int(item["taken"]), int(item["longest"]))


def pool_item(pool: Pool) -> dict[str, Any]:
    """A pool with its key."""
    expires_at = rfc3339(pool.expires_at) if pool.expires_at else None
    key = pool_key(pool.tenant, pool.id)
    return {**key, "created_at": rfc3339(pool.created_at), "expires_at": expires_at}


def pool_of(item: Mapping[str, Any], tenant: str, pool_id: str) -> Pool:
    """The pool that `pool_item` wrote."""
    expires_at = item.get("expires_at")
    return Pool(
        tenant,
        pool_id,
        parse_rfc3339(item["created_at"]),
        parse_rfc3339(expires_at) if expires_at else None,
    )


def import_item(found: CouponImport) -> dict[str, Any]:
    """An import without its key."""
    return {
        "started_at": rfc3339(found.started_at),
        "state": found.state,
        "lines": found.lines,
        "added": found.added,
        "duplicates": found.duplicates,
        "invalid": found.invalid,
        "reason": found.reason,
    }


def import_of(item: Mapping[str, Any]) -> CouponImport:
    """The import that `import_item` wrote."""
    counts = {name: int(item[name]) for name in ("lines", "added", "duplicates", "invalid")}
    return CouponImport(
        item["sk"].removeprefix(IMPORT),
        parse_rfc3339(item["started_at"]),
        ImportState(item["state"]),
        reason=item.get("reason"),
        **counts,
    )


def standing_of(items: Iterable[Mapping[str, Any]], tenant: str, pool_id: str) -> Standing | None:
    """A pool from all that lies in its partition."""
    items = list(items)
    pools = [item for item in items if item["sk"] == POOL]
    if not pools:
        return None
    shards = [shard_of(item) for item in items if item["sk"].startswith(SHARD)]
    imports = [import_of(item) for item in items if item["sk"].startswith(IMPORT)]
    return Standing(
        pool_of(pools[0], tenant, pool_id),
        added=sum(each.added for each in shards),
        taken=sum(each.taken for each in shards),
        longest=max((each.longest for each in shards), default=0),
        imports=tuple(sorted(imports, key=lambda each: each.started_at, reverse=True)),
    )
