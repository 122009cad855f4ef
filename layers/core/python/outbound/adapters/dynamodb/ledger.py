"""The ledger over DynamoDB: an item for each entry, one beside it for its proof.

A chain's partition is read without its proofs, and an erasure touches these alone. Each day on
which a chain grows has an item for its head, in a partition of the day: so the heads that are to be
anchored are found without reading the table.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, conflicted, refused, wire
from outbound.domain.anchor import Head
from outbound.domain.contact import ChainHead
from outbound.domain.instant import parse_rfc3339, rfc3339, seconds
from outbound.domain.ledger import Entry, Written, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

TEXTS = ("kind", "at", "recorded_at", "by", "salt", "previous", "digest")
MAPS = ("facts", "digests")
INSTANTS = ("at", "recorded_at")
UNREADABLE, NEVER = "unreadable", datetime(1970, 1, 1, tzinfo=UTC)
READ_ALONE = 500
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

    def beginnings(
        self, tenant: str, lengths: Mapping[str, int]
    ) -> Mapping[str, Sequence[Written]]:
        """Chains of known length, a hundred items in a request; a long one by itself."""
        short = {chain: length for chain, length in lengths.items() if length <= READ_ALONE}
        keys = [key for chain, length in short.items() for key in _keys(tenant, chain, length + 1)]
        found = {(item["pk"], item["sk"]): item for item in self.table.get_many(keys)}
        read: dict[str, Sequence[Written]] = {}
        for chain, length in lengths.items():
            if chain not in short:
                read[chain] = self.entries(tenant, chain)
                continue
            pk = _pk(tenant, chain)
            read[chain] = [
                written_of(tenant, chain, found[pk, sk], found.get((f"{pk}#proof", sk)))
                for sk in map(_sk, range(1, length + 2))
                if (pk, sk) in found
            ]
        return read

    def last(self, tenant: str, chain: str) -> Entry | None:
        """The end of the partition."""
        item = next(self.table.query(_pk(tenant, chain), size=1, backwards=True), None)
        return _entry_of(tenant, chain, item) if item else None

    def head(self, tenant: str, chain: str) -> ChainHead:
        """The number and digest of the last entry."""
        last = self.last(tenant, chain)
        return ChainHead(last.number, last.digest) if last else ChainHead()

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

    def heads(
        self, day: date, *, after: str | None = None, tenant: str | None = None
    ) -> Iterator[Head]:
        """The shards of a day, merged."""
        start = max(after or "", f"{tenant}#" if tenant else "") or None
        shards = [
            self.table.query(heads_pk(day, shard), after=start) for shard in range(HEAD_SHARDS)
        ]
        for item in merge(*shards, key=itemgetter("sk")):
            owner, _, chain = item["sk"].partition("#")
            if tenant is not None and owner != tenant:
                return
            yield Head(owner, chain, int(item["number"]), item["digest"])


def steps(table_name: str, written: Sequence[Written]) -> list[TransactWriteItemTypeDef]:
    """The steps of a transaction that writes entries: it fails where one of them exists."""
    entries = [each.entry for each in written]
    heads = {(each.tenant, each.chain, day_of(each)): each for each in entries}
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
    """An entry as it lies in the table: its place is taken from its key.

    What no entry of ours looks like is read as an empty one, whose digest then doesn't fit.
    """
    entry = _entry_of(tenant, chain, item)
    if proof is None:
        return Written(entry)
    values = proof.get("proof")
    if isinstance(values, dict):
        return Written(entry, {str(name): str(value) for name, value in values.items()})
    return Written(entry, erased_at=_instant(proof.get("erased_at")))


def _entry_of(tenant: str, chain: str, item: Mapping[str, Any]) -> Entry:
    sk, digest = str(item["sk"]), str(item.get("digest", ""))
    number = int(sk) if sk.isdecimal() and len(sk) == len(_sk(0)) else 0
    if not _is_ours(item):
        return Entry(tenant, chain, number, UNREADABLE, NEVER, NEVER, "", {}, {}, "", "", digest)
    return Entry(
        tenant=tenant,
        chain=chain,
        number=number,
        kind=item["kind"],
        at=parse_rfc3339(item["at"]),
        recorded_at=parse_rfc3339(item["recorded_at"]),
        by=item["by"],
        facts=item["facts"],
        digests=item["digests"],
        salt=item["salt"],
        previous=item["previous"],
        digest=digest,
    )


def _is_ours(item: Mapping[str, Any]) -> bool:
    texts = [item.get(name) for name in TEXTS]
    for name in MAPS:
        if not isinstance(item.get(name), dict):
            return False
        texts += item[name].values()
    if set(item) != {"pk", "sk", *TEXTS, *MAPS} or not all(isinstance(each, str) for each in texts):
        return False
    instants = [(_instant(item[name]), item[name]) for name in INSTANTS]
    return all(instant and rfc3339(instant) == text for instant, text in instants)


def _instant(value: Any) -> datetime | None:
    try:
        return parse_rfc3339(value)
    except (TypeError, ValueError):
        return None


def _put(table_name: str, item: Mapping[str, Any], *, new: bool = False) -> Any:
    condition = {"ConditionExpression": "attribute_not_exists(pk)"} if new else {}
    return {"Put": {"TableName": table_name, "Item": wire(item), **condition}}


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "pk": _pk(entry.tenant, entry.chain),
        "sk": _sk(entry.number),
        "kind": entry.kind,
        "at": rfc3339(entry.at),
        "recorded_at": rfc3339(entry.recorded_at),
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
        "pk": heads_pk(day_of(entry), shard),
        "sk": sk,
        "number": entry.number,
        "digest": entry.digest,
        "ttl": seconds(entry.recorded_at + HEADS_KEPT),
    }


def _keys(tenant: str, chain: str, length: int) -> Iterator[dict[str, str]]:
    pk = _pk(tenant, chain)
    for sk in map(_sk, range(1, length + 1)):
        yield {"pk": pk, "sk": sk}
        yield {"pk": f"{pk}#proof", "sk": sk}


def _pk(tenant: str, chain: str) -> str:
    return f"{tenant}#{chain}"


def _sk(number: int) -> str:
    return f"{number:010d}"
