"""Is a chain of the ledger still what was written? Pure: from what is read of it to its faults.

A chain alone shows a change of an entry, a gap, another order. Who recomputes all digests behind a
change, or cuts the end off, is found out by what was noted elsewhere: the contact's head, and the
anchors, which nobody can change.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.ledger import BEFORE_THE_FIRST, digest_of, proof_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outbound.domain.ledger import Written


class Wrong(StrEnum):
    """What may be wrong with an entry, or with an anchor."""

    CHANGED = "changed"
    UNLINKED = "unlinked"
    MISSING = "missing"
    CUT = "cut"
    REWRITTEN = "rewritten"
    UNANNOUNCED = "unannounced"
    STRAY = "stray"
    PROOF_CHANGED = "proof_changed"
    PROOF_LOST = "proof_lost"
    ANCHOR_DAMAGED = "anchor_damaged"
    ANCHOR_OVERWRITTEN = "anchor_overwritten"
    ANCHOR_MISSING = "anchor_missing"


@dataclass(frozen=True, slots=True)
class Noted:
    """A chain's head as it was noted elsewhere: by whom, and whether it is the last there is."""

    number: int
    digest: str
    by: str
    last: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, with which entry; `by` is the proof's name, or who noted otherwise.

    Of an anchor, `chain` is its name or day, and `number` is 0.
    """

    tenant: str
    chain: str
    number: int
    wrong: Wrong
    by: str | None = None


def verify(
    tenant: str,
    chain: str,
    written: Sequence[Written],
    noted: Iterable[Noted],
    secret: bytes,
) -> list[Fault]:
    """All faults of a chain, read from its beginning, in the order of their entries."""
    noted = list(noted)
    found = [
        *_numbers(written),
        *_links(written),
        *(fault for each in written for fault in _proof(each, secret)),
        *(fault for note in noted for fault in _against(note, written)),
    ]
    faults = [Fault(tenant, chain, number, wrong, by) for number, wrong, by in found]
    return sorted(dict.fromkeys(faults), key=lambda fault: fault.number)


_Found = tuple[int, Wrong, str | None]


def _numbers(written: Sequence[Written]) -> Iterator[_Found]:
    expected = 1
    for each in written:
        number = each.entry.number
        if number < expected:
            yield number, Wrong.STRAY, None
            continue
        if number > expected:
            yield expected, Wrong.MISSING, None
        expected = number + 1


def _links(written: Sequence[Written]) -> Iterator[_Found]:
    number, digest = 0, BEFORE_THE_FIRST
    for each in written:
        entry = each.entry
        if digest_of(entry) != entry.digest:
            yield entry.number, Wrong.CHANGED, None
        if entry.number == number + 1 and entry.previous != digest:
            yield entry.number, Wrong.UNLINKED, None
        number, digest = entry.number, entry.digest


def _proof(written: Written, secret: bytes) -> Iterator[_Found]:
    entry, proof = written.entry, written.proof
    for name in sorted({*entry.digests, *proof}):
        if name not in proof:
            if written.erased_at is None:
                yield entry.number, Wrong.PROOF_LOST, name
            continue
        if proof_digest(secret, entry.salt, name, proof[name]) != entry.digests.get(name):
            yield entry.number, Wrong.PROOF_CHANGED, name


def _against(note: Noted, written: Sequence[Written]) -> Iterator[_Found]:
    last = written[-1].entry.number if written else 0
    if note.number > last:
        yield last + 1, Wrong.CUT, note.by
    for each in written:
        if each.entry.number == note.number and each.entry.digest != note.digest:
            yield note.number, Wrong.REWRITTEN, note.by
    if note.last and note.number < last:
        yield note.number + 1, Wrong.UNANNOUNCED, note.by
