"""The ledger over DynamoDB: an item for each entry, one beside it for its proof.

A chain's partition is read without its proofs, and an erasure touches these alone. Each day on
which a chain grows has an item for its head, in a partition of the day: so the heads that are to be
anchored are found without reading the table.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, conflicted, refused, wire
from outbound.domain.contact import ChainHead
from outbound.domain.instant import parse_rfc3339, rfc3339, seconds
from outbound.domain.ledger import Entry
from outbound.ports import Written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

HEAD_SHARDS = 16
HEADS_KEPT = timedelta(days=400)
"""A day's heads are anchored the day after; they stay until long after a gap would be noticed."""


@dataclass(frozen=True, slots=True)
class DynamoLedger:
    """The ledger in one table."""

    table: Table

    def entries(self, tenant: str, chain: str) -> Sequence[Written]:
        """A chain from its beginning, in two queries."""
        proofs = {item["sk"]: item for item in self.table.query(f"{_pk(tenant, chain)}#proof")}
        return [
            written_of(tenant, chain, item, proofs.get(item["sk"]))
            for item in self.table.query(_pk(tenant, chain))
        ]

    def head(self, tenant: str, chain: str) -> ChainHead:
        """The last entry of a chain."""
        last = next(self.table.query(_pk(tenant, chain), size=1, backwards=True), None)
        return ChainHead(int(last["sk"]), last["digest"]) if last else ChainHead()

    def append(self, tenant: str, chain: str, written: Sequence[Written]) -> bool:
        """Add entries in one transaction."""
        try:
            self.table.client.transact_write_items(TransactItems=steps(self.table.name, written))
        except ClientError as error:
            if refused(error) or conflicted(error):
                return False
            raise
        return True

    def erase_proofs(self, tenant: str, chain: str, now: datetime, *, up_to: int) -> None:
        """Write over each proof what says that it was erased: else it would seem to be lost."""
        pk = f"{_pk(tenant, chain)}#proof"
        self.table.put_many(
            [
                {"pk": pk, "sk": item["sk"], "erased_at": rfc3339(now)}
                for item in self.table.query(pk)
                if "erased_at" not in item and item["sk"] <= _sk(up_to)
            ]
        )


def steps(table_name: str, written: Sequence[Written]) -> list[TransactWriteItemTypeDef]:
    """The steps of a transaction that writes entries: it fails where one of them exists."""
    entries = [each.entry for each in written]
    heads = {(each.tenant, each.chain, _day(each)): each for each in entries}
    return [
        *(_put(table_name, _item(entry), new=True) for entry in entries),
        *(_put(table_name, _proof_item(each)) for each in written if each.proof),
        *(_put(table_name, _head_item(entry)) for entry in heads.values()),
    ]


def heads_pk(day: date, shard: int) -> str:
    """The partition of the heads of a day."""
    return f"heads#{day.isoformat()}#{shard:02d}"


def written_of(
    tenant: str, chain: str, item: Mapping[str, Any], proof: Mapping[str, Any] | None
) -> Written:
    """An entry as it lies in the table: its place is taken from its key."""
    entry = Entry(
        tenant=tenant,
        chain=chain,
        number=int(item["sk"]),
        kind=item["kind"],
        at=parse_rfc3339(item["at"]),
        by=item["by"],
        facts=item["facts"],
        digests=item["digests"],
        salt=item["salt"],
        previous=item["previous"],
        digest=item["digest"],
    )
    if proof is None:
        return Written(entry)
    erased_at = proof.get("erased_at")
    return Written(entry, proof.get("proof", {}), parse_rfc3339(erased_at) if erased_at else None)


def _put(table_name: str, item: Mapping[str, Any], *, new: bool = False) -> Any:
    condition = {"ConditionExpression": "attribute_not_exists(pk)"} if new else {}
    return {"Put": {"TableName": table_name, "Item": wire(item), **condition}}


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "pk": _pk(entry.tenant, entry.chain),
        "sk": _sk(entry.number),
        "kind": entry.kind,
        "at": rfc3339(entry.at),
        "by": entry.by,
        "facts": dict(entry.facts),
        "digests": dict(entry.digests),
        "salt": entry.salt,
        "previous": entry.previous,
        "digest": entry.digest,
    }


def _proof_item(written: Written) -> dict[str, Any]:
    entry = written.entry
    pk = f"{_pk(entry.tenant, entry.chain)}#proof"
    return {"pk": pk, "sk": _sk(entry.number), "proof": dict(written.proof)}


def _head_item(entry: Entry) -> dict[str, Any]:
    sk = _pk(entry.tenant, entry.chain)
    shard = hashlib.sha256(sk.encode()).digest()[0] % HEAD_SHARDS
    return {
        "pk": heads_pk(_day(entry), shard),
        "sk": sk,
        "number": entry.number,
        "digest": entry.digest,
        "ttl": seconds(entry.at + HEADS_KEPT),
    }


def _day(entry: Entry) -> date:
    return entry.at.astimezone(UTC).date()


def _pk(tenant: str, chain: str) -> str:
    return f"{tenant}#{chain}"


def _sk(number: int) -> str:
    return f"{number:010d}"
