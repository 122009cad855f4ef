"""Estimates of segments over DynamoDB: an item for what is asked, and one for each shard."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from outbound.domain.instant import parse_rfc3339, rfc3339, seconds
from outbound.domain.reach import KEPT, Estimate, Reach, Sampled, Verdict
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from outbound.adapters.dynamodb.table import Table

ASKED, SHARD = "asked", "shard#"


@dataclass(frozen=True, slots=True)
class DynamoEstimates:
    """Estimates in the table of runs."""

    table: Table

    def insert(self, estimate: Estimate) -> None:
        """Write down what is asked, once."""
        self.table.put_new(_item(estimate))

    def get(self, tenant: str, estimate_id: str, now: datetime) -> Estimate | None:
        """What is asked, unless its time is over."""
        item = self.table.get(_pk(tenant, estimate_id), ASKED)
        if item is None or item["ttl"] <= seconds(now):
            return None
        return _estimate_of(item, tenant, estimate_id)

    def shards(self, estimate: Estimate) -> Sequence[Reach]:
        """All that were begun, in one request."""
        items = self.table.query(_pk(estimate.tenant, estimate.id), after=SHARD)
        return [_reach_of(item) for item in items]

    def shard(self, estimate: Estimate, shard: int) -> Reach:
        """One shard."""
        item = self.table.get(_pk(estimate.tenant, estimate.id), _sk(shard))
        return _reach_of(item) if item else Reach(shard)

    def move(self, estimate: Estimate, reach: Reach) -> bool:
        """Write a shard over the version before."""
        item = _reach_item(estimate, reach)
        return self.table.put_new(item) if reach.version == 1 else self.table.put_next(item)


def _pk(tenant: str, estimate_id: str) -> str:
    return f"{tenant}#estimate#{estimate_id}"


def _sk(shard: int) -> str:
    return f"{SHARD}{shard:02d}"


def _item(estimate: Estimate) -> dict[str, Any]:
    return {
        "pk": _pk(estimate.tenant, estimate.id),
        "sk": ASKED,
        "segment": estimate.segment,
        "versions": dict(estimate.versions),
        "channels": list(estimate.channels),
        "purpose": estimate.purpose,
        "topic": estimate.topic,
        "at": rfc3339(estimate.at),
        "created_at": rfc3339(estimate.created_at),
        "ttl": seconds(estimate.created_at + KEPT),
    }


def _estimate_of(item: Mapping[str, Any], tenant: str, estimate_id: str) -> Estimate:
    return Estimate(
        tenant=tenant,
        id=estimate_id,
        segment=item["segment"],
        versions={name: int(version) for name, version in item["versions"].items()},
        channels=tuple(map(Channel, item["channels"])),
        purpose=Purpose(item["purpose"]),
        topic=item.get("topic"),
        at=parse_rfc3339(item["at"]),
        created_at=parse_rfc3339(item["created_at"]),
    )


def _reach_item(estimate: Estimate, reach: Reach) -> dict[str, Any]:
    counted = {
        "read": reach.read,
        "selected": reach.selected,
        "verdicts": [[*_cells(verdict), count] for verdict, count in reach.verdicts.items()],
        "seen": sorted(reach.seen),
        "sample": [
            [each.lot, each.contact_id, each.masked, *_cells(each.verdict)] for each in reach.sample
        ],
    }
    return {
        "pk": _pk(estimate.tenant, estimate.id),
        "sk": _sk(reach.shard),
        "after": reach.after,
        "done": reach.done,
        "failed": reach.failed,
        "counted": json.dumps(counted, ensure_ascii=False),
        "version": reach.version,
        "ttl": seconds(estimate.created_at + KEPT),
    }


def _reach_of(item: Mapping[str, Any]) -> Reach:
    counted = json.loads(item["counted"])
    return Reach(
        shard=int(item["sk"].removeprefix(SHARD)),
        after=item.get("after"),
        done=item["done"],
        failed=item["failed"],
        read=counted["read"],
        selected=counted["selected"],
        verdicts={_verdict(cells): count for *cells, count in counted["verdicts"]},
        seen=frozenset(counted["seen"]),
        sample=tuple(
            Sampled(lot, contact_id, masked, _verdict(cells))
            for lot, contact_id, masked, *cells in counted["sample"]
        ),
        version=int(item["version"]),
    )


def _cells(verdict: Verdict) -> list[str | None]:
    return list(asdict(verdict).values())


def _verdict(cells: Sequence[str | None]) -> Verdict:
    channel, verdict, reason, rule = cells
    return Verdict(Channel(channel or ""), verdict or "", reason, rule)
