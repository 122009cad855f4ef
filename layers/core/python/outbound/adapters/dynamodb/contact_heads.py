"""The heads that contacts remember, over DynamoDB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outbound.adapters.dynamodb.contact_keys import contact_place, shard_place
from outbound.domain.contact import ChainHead
from outbound.domain.shards import SHARDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from outbound.adapters.dynamodb.table import Table


@dataclass(frozen=True, slots=True)
class DynamoContactHeads:
    """Reads of each contact no more than its chain."""

    table: Table

    def head(self, tenant: str, contact_id: str) -> ChainHead | None:
        """What one contact remembers."""
        item = self.table.get(*contact_place(tenant, contact_id))
        return _head_of(item) if item else None

    def all(self, tenant: str, *, after: str | None = None) -> Iterator[tuple[str, str, ChainHead]]:
        """Shard by shard; a place is shard and id."""
        first, _, last = (after or "").partition("#")
        for shard in range(int(first or 0), SHARDS):
            start = last if after and shard == int(first) else None
            for item in self.table.query(
                shard_place(tenant, shard), after=start, only=("sk", "chain")
            ):
                head = _head_of(item)
                if head.number:
                    yield f"{shard:02d}#{item['sk']}", item["sk"], head


def _head_of(item: Mapping[str, Any]) -> ChainHead:
    number, digest = item.get("chain", (0, ""))
    return ChainHead(int(number), digest)
