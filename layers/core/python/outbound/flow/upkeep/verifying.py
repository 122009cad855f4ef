"""Verification of the ledger, a part at a time: chains, against what others noted of them.

Three have noted heads: the contacts, the last days (which aren't anchored yet) and the anchors.
Each part is read in its own order, and a cursor says how far; whoever asked goes on from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from outbound.domain import anchor
from outbound.domain.ids import contact_key
from outbound.domain.verification import Fault, Noted, Wrong, verify
from outbound.flow.upkeep.anchoring import missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from outbound.flow.upkeep.anchoring import AnchorPorts
    from outbound.ports import ContactHeads

TOGETHER = 50
"""Chains that are read together."""
RECENT = 3
"""Days, today among them, whose heads may not be anchored yet."""


class StrangeCursor(Exception):
    """A cursor that no look has given."""


@dataclass(frozen=True, slots=True)
class VerifyPorts:
    """What verification works with."""

    anchoring: AnchorPorts
    contacts: ContactHeads
    secret: bytes


@dataclass(frozen=True, slots=True)
class Wanted:
    """A tenant's chains: all, or one, which may be that of a contact."""

    tenant: str
    chain: str | None = None
    contact_id: str | None = None


def of_contact(tenant: str, contact_id: str, ports: VerifyPorts) -> Wanted:
    """The chain of a contact."""
    return Wanted(tenant, contact_key(ports.secret, tenant, contact_id), contact_id)


@dataclass
class Verified:
    """What was looked at and found; `after` is where to go on, None at the end."""

    heads: int = 0
    entries: int = 0
    anchors: int = 0
    faults: list[Fault] = field(default_factory=list)
    after: str | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    chain: str
    noted: Noted
    contact_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """Heads that are verified together, and the cursor behind them."""

    cursor: str
    heads: list[_Head] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    anchors: int = 0


def look(
    wanted: Wanted,
    ports: VerifyPorts,
    *,
    after: str | None = None,
    may_go_on: Callable[[], bool] = lambda: True,
) -> Verified:
    """Verify from a cursor on, for as long as it may go on.

    Raises:
        StrangeCursor: there is no such cursor.
    """
    found, names = Verified(), list(_PARTS)
    part, _, place = (after or "contacts:").partition(":")
    if part not in names:
        raise StrangeCursor
    for name in names[names.index(part) :]:
        for step in _PARTS[name](wanted, place if name == part else "", ports):
            _check(wanted.tenant, step, found, ports)
            if not may_go_on():
                found.after = f"{name}:{step.cursor}"
                return found
    return found


def tenants(ports: VerifyPorts) -> list[str]:
    """All who have something in the ledger."""
    found = set(ports.anchoring.anchors.tenants())
    today = ports.anchoring.clock.now().date()
    for back in range(RECENT):
        day, after = today - timedelta(days=back), ""
        while head := next(ports.anchoring.ledger.heads(day, after=after or None), None):
            found.add(head.tenant)
            # "$" comes right behind "#": past all chains of this tenant.
            after = f"{head.tenant}$"
    return sorted(found)


def _check(tenant: str, step: _Step, found: Verified, ports: VerifyPorts) -> None:
    lengths = {head.chain: head.noted.number for head in step.heads}
    read = ports.anchoring.ledger.beginnings(tenant, lengths)
    for head in step.heads:
        written = read[head.chain]
        found.entries += len(written)
        if verify(tenant, head.chain, written, [head.noted], ports.secret):
            found.faults += _again(tenant, head, ports)
    found.heads += len(step.heads)
    found.anchors += step.anchors
    found.faults += step.faults


def _again(tenant: str, head: _Head, ports: VerifyPorts) -> list[Fault]:
    """A second look at a chain: the first may have met it half written."""
    noted = [head.noted]
    if head.contact_id is not None:
        now = ports.contacts.head(tenant, head.contact_id)
        noted = [Noted(now.number, now.digest, head.noted.by, last=True)] if now else []
    written = ports.anchoring.ledger.entries(tenant, head.chain)
    return verify(tenant, head.chain, written, noted, ports.secret)


def _contacts(wanted: Wanted, after: str, ports: VerifyPorts) -> Iterator[_Step]:
    if wanted.chain is not None:
        if not after:
            yield _Step("~", [_alone(wanted, wanted.chain, ports)])
        return
    places = ports.contacts.all(wanted.tenant, after=after or None)
    while some := list(islice(places, TOGETHER)):
        heads = [
            _Head(
                contact_key(ports.secret, wanted.tenant, contact_id),
                Noted(head.number, head.digest, "contact", last=True),
                contact_id,
            )
            for _place, contact_id, head in some
        ]
        yield _Step(some[-1][0], heads)


def _alone(wanted: Wanted, chain: str, ports: VerifyPorts) -> _Head:
    """A chain by its contact's head; without a contact, or if it is forgotten, by its own."""
    if wanted.contact_id is not None:
        head = ports.contacts.head(wanted.tenant, wanted.contact_id)
        if head is not None:
            noted = Noted(head.number, head.digest, "contact", last=True)
            return _Head(chain, noted, wanted.contact_id)
    last = ports.anchoring.ledger.head(wanted.tenant, chain)
    return _Head(chain, Noted(last.number, last.digest, "chain"))


def _recent(wanted: Wanted, after: str, ports: VerifyPorts) -> Iterator[_Step]:
    today = ports.anchoring.clock.now().date()
    last_day, _, place = after.partition("#")
    for back in reversed(range(RECENT)):
        day = today - timedelta(days=back)
        if last_day and day.isoformat() < last_day:
            continue
        start = place if day.isoformat() == last_day else None
        heads = ports.anchoring.ledger.heads(day, after=start, tenant=wanted.tenant)
        for some in _together(_of(wanted, heads)):
            noted = [_Head(each.chain, _noted(each, f"heads of {day}")) for each in some]
            yield _Step(f"{day}#{some[-1].place}", noted)


def _anchors(wanted: Wanted, after: str, ports: VerifyPorts) -> Iterator[_Step]:
    last, _, place = after.partition("#")
    # A file of which only some was looked at is read again: its name comes behind this one.
    before = last[:-1] if place else last
    for stored in ports.anchoring.anchors.files(wanted.tenant, after=before or None):
        faults = []
        if stored.changes:
            faults.append(Fault(wanted.tenant, stored.name, 0, Wrong.ANCHOR_OVERWRITTEN))
        try:
            day, heads = anchor.read(stored.name, ports.anchoring.anchors.read(stored.name))
        except anchor.DamagedAnchor:
            faults.append(Fault(wanted.tenant, stored.name, 0, Wrong.ANCHOR_DAMAGED))
            heads = []
        left = [head for head in heads if head.place > place] if stored.name == last else heads
        for some in _together(_of(wanted, left)):
            noted = [_Head(each.chain, _noted(each, f"anchor of {day}")) for each in some]
            yield _Step(f"{stored.name}#{some[-1].place}", noted)
        yield _Step(stored.name, faults=faults, anchors=1)


def _days(wanted: Wanted, after: str, ports: VerifyPorts) -> Iterator[_Step]:
    """Days on which the tenant wrote, and which should be anchored by now."""
    if after:
        return
    ledger = ports.anchoring.ledger
    days = [
        day
        for day in missing(ports.anchoring)
        if next(ledger.heads(day, tenant=wanted.tenant), None)
    ]
    faults = [Fault(wanted.tenant, day.isoformat(), 0, Wrong.ANCHOR_MISSING) for day in days]
    yield _Step("~", faults=faults)


_PARTS = {"contacts": _contacts, "recent": _recent, "anchors": _anchors, "days": _days}


def _noted(head: anchor.Head, by: str) -> Noted:
    return Noted(head.number, head.digest, by)


def _of(wanted: Wanted, heads: Iterable[anchor.Head]) -> Iterator[anchor.Head]:
    return (head for head in heads if wanted.chain in (None, head.chain))


def _together(heads: Iterator[anchor.Head]) -> Iterator[list[anchor.Head]]:
    while some := list(islice(heads, TOGETHER)):
        yield some
