"""The ledger: what was said about consent, written once, each entry bound to the one before.

An entry names nobody. What is personal in it (an address, the wording shown, an IP address) lies
apart as its proof, which an erasure removes; the entry keeps a keyed digest of each, so that who
shows us the same value can still be told that it is the one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import TYPE_CHECKING

from outbound.domain.contact import ChainHead
from outbound.domain.instant import rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

BEFORE_THE_FIRST = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """What is to be written down. `facts` are closed words and ids; `proof` is personal.

    `at` is when it happened, which may be long ago. `by` is the id of an API key, `recipient`,
    `carrier` or `operator`.
    """

    kind: str
    at: datetime
    by: str
    facts: Mapping[str, str] = field(default_factory=dict)
    proof: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a chain. `digest` is over all else, `previous` included.

    `recorded_at` is when it was written down: on that day the chain's head is anchored.
    """

    tenant: str
    chain: str
    number: int
    kind: str
    at: datetime
    recorded_at: datetime
    by: str
    facts: Mapping[str, str]
    digests: Mapping[str, str]
    salt: str
    previous: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """An entry with the personal values that it keeps digests of, until they are erased."""

    entry: Entry
    proof: Mapping[str, str] = field(default_factory=dict)
    erased_at: datetime | None = None


def chained(
    happenings: Iterable[Happening],
    head: ChainHead,
    *,
    tenant: str,
    chain: str,
    secret: bytes,
    salts: Iterable[str],
    now: datetime,
) -> tuple[tuple[Entry, ...], ChainHead]:
    """The entries that continue a chain behind `head`, and its new head.

    `salts` gives one random text for each happening.
    """
    entries = []
    for happening, salt in zip(happenings, salts, strict=True):
        entry = Entry(
            tenant=tenant,
            chain=chain,
            number=head.number + 1,
            kind=happening.kind,
            at=happening.at,
            recorded_at=now,
            by=happening.by,
            facts=dict(happening.facts),
            digests={
                name: proof_digest(secret, salt, name, value)
                for name, value in happening.proof.items()
            },
            salt=salt,
            previous=head.digest or BEFORE_THE_FIRST,
        )
        head = ChainHead(entry.number, digest_of(entry))
        entries.append(replace(entry, digest=head.digest))
    return tuple(entries), head


def proof_digest(secret: bytes, salt: str, name: str, value: str) -> str:
    """What an entry keeps of a personal value: keyed, so that numbers can't be tried out."""
    text = "\0".join(("proof", salt, name, value)).encode()
    return hmac.digest(secret, text, hashlib.sha256).hex()


def digest_of(entry: Entry) -> str:
    """SHA-256 over all of an entry but its digest, as canonical JSON."""
    text = json.dumps(
        {
            "tenant": entry.tenant,
            "chain": entry.chain,
            "number": entry.number,
            "kind": entry.kind,
            "at": rfc3339(entry.at),
            "recorded_at": rfc3339(entry.recorded_at),
            "by": entry.by,
            "facts": dict(entry.facts),
            "digests": dict(entry.digests),
            "salt": entry.salt,
            "previous": entry.previous,
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
    )
    return hashlib.sha256(text.encode()).hexdigest()


def day_of(entry: Entry) -> date:
    """The day under which the chain is anchored with this entry."""
    return entry.recorded_at.astimezone(UTC).date()
