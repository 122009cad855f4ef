"""Taking rows: what a few rows make of contacts, all read and written together.

A row that says what is known already changes nothing, so it may be taken as often as one likes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.consent import ConsentStatus
from outbound.domain.contact_import import Complaint, Counts
from outbound.domain.errors import Fault, Refusal
from outbound.domain.ids import contact_id_of, contact_key
from outbound.flow.manage.changing import changed
from outbound.flow.manage.contacts import ANYHOW, change_of, save

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.stating import Statement
    from outbound.domain.wanted import Wanted
    from outbound.flow.manage.contacts import ContactPorts
    from outbound.ports import ContactChange, Known, Row


@dataclass(frozen=True, slots=True)
class By:
    """Whose contacts they are, and which key asked."""

    tenant: str
    id: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of rows, and what is to be said of them."""

    counts: Counts
    complaints: tuple[Complaint, ...] = ()


def take(rows: Sequence[Row], by: By, ports: ContactPorts) -> Taken:
    """Write what rows make of contacts, in their order where several are of one contact."""
    named = [row for row in rows if row.want is not None]
    known = _look_up(named, by, ports)
    ids = [_id_of(row, known, by, ports) for row in named]
    unheard = _unheard(ids, known, by, ports)
    taken = [unreadable(row) for row in rows if row.want is None]
    group: dict[str, Row] = {}
    seen: dict[str, Contact | None] = dict(known.contacts)
    for row, contact_id in zip(named, ids, strict=True):
        if contact_id in group:
            taken += _take(group, seen, unheard, by, ports)
            seen |= dict(ports.contacts.look_up(by.tenant, contact_ids=[contact_id]).contacts)
            group = {}
        group[contact_id] = row
    taken += _take(group, seen, unheard, by, ports)
    return together(taken)


def together(taken: Iterable[Taken]) -> Taken:
    """All of it as one, what is to be said in the order of the file."""
    taken = list(taken)
    complaints = sorted(
        (each for some in taken for each in some.complaints), key=lambda each: each.line
    )
    counts = sum((each.counts for each in taken), Counts(complaints=len(complaints)))
    return Taken(counts, tuple(complaints))


def _look_up(rows: Iterable[Row], by: By, ports: ContactPorts) -> Known:
    addresses: dict[Address, None] = {}
    names: dict[str, None] = {}
    for row in rows:
        if row.contact_id is not None:
            names[row.contact_id] = None
        elif row.address is not None:
            addresses[row.address] = None
            names[contact_id_of(ports.secret, by.tenant, row.address.value)] = None
    return ports.contacts.look_up(by.tenant, addresses=addresses, contact_ids=names)


def _id_of(row: Row, known: Known, by: By, ports: ContactPorts) -> str:
    """Who a row is of: an address is of whoever has it, else of the contact it makes."""
    if row.contact_id is not None:
        return row.contact_id
    assert row.address is not None
    own = contact_id_of(ports.secret, by.tenant, row.address.value)
    having = known.having.get(row.address, ())
    return own if own in having or not having else having[0]


def _unheard(
    contact_ids: Iterable[str], known: Known, by: By, ports: ContactPorts
) -> Collection[str]:
    """Of whom the ledger has nothing, asked for together: one by one it would be a query each."""
    keys = {
        each: contact_key(ports.secret, by.tenant, each)
        for each in contact_ids
        if each not in known.contacts or not known.contacts[each].chain.number
    }
    begun = ports.ledger.beginnings(by.tenant, dict.fromkeys(keys.values(), 0))
    return {each for each, key in keys.items() if not begun[key]}


def _take(
    rows: dict[str, Row],
    seen: dict[str, Contact | None],
    unheard: Collection[str],
    by: By,
    ports: ContactPorts,
) -> list[Taken]:
    taken: list[Taken] = []
    changes: list[tuple[str, Row, ContactChange]] = []
    for contact_id, whole in rows.items():
        try:
            heard = contact_id not in unheard
            row, change = _change(contact_id, whole, seen.get(contact_id), by, ports, heard=heard)
        except Refusal as refusal:
            taken.append(refused(whole, refusal))
            continue
        if change is None:
            taken.append(Taken(Counts(unchanged=1), tuple(row.notes)))
        else:
            changes.append((contact_id, row, change))
    saved = ports.contacts.save_many([change for _, _, change in changes])
    for (contact_id, row, change), done in zip(changes, saved, strict=True):
        new = change.before is None or change.before.erased
        taken.append(_counted(row, new=new) if done else _alone(contact_id, row, by, ports))
    return taken


def _change(
    contact_id: str,
    row: Row,
    before: Contact | None,
    by: By,
    ports: ContactPorts,
    *,
    heard: bool,
) -> tuple[Row, ContactChange | None]:
    """What a row makes of its contact, and what was taken of it; None where it says nothing new.

    Raises:
        Refusal: it can't be taken.
    """
    current = before if before is not None and not before.erased else None
    try:
        wanted = _new_of(row)(current)
        contact, happenings = changed(contact_id, before, wanted, by, ports, heard=heard)
    except Refusal as refusal:
        least = _at_least(row, refusal)
        return _change(contact_id, least, before, by, ports, heard=heard)
    if current is not None and not happenings and _same(contact, current):
        return row, None
    return row, change_of(contact, before, happenings, ports)


def _at_least(row: Row, refusal: Refusal) -> Row:
    """What is taken of a row that is refused: nobody's no is lost for what else it says.

    Raises:
        Refusal: nothing is.
    """
    if row.at_least is None:
        raise refusal
    notes = (*row.notes, *_explained(row, refusal))
    return replace(row, want=row.at_least, at_least=None, notes=notes)


def _new_of(row: Row) -> Callable[[Contact | None], Wanted]:
    """What a row says that isn't known yet."""

    def want(contact: Contact | None) -> Wanted:
        assert row.want is not None
        wanted = row.want(contact)
        new = tuple(each for each in wanted.statements if not _stands(contact, each))
        return replace(wanted, statements=new)

    return want


def _stands(contact: Contact | None, statement: Statement) -> bool:
    """Whether a statement was made before; of a no it is enough that there is one."""
    return contact is not None and any(
        consent.about == (statement.channel, statement.purpose, statement.topic)
        and consent.status is statement.status
        and (
            statement.status is ConsentStatus.REVOKED
            or (consent.level, consent.source, consent.at, consent.expires_at)
            == (statement.level, statement.source, statement.at, statement.expires_at)
        )
        for consent in contact.consents
    )


def _same(contact: Contact, before: Contact) -> bool:
    return replace(contact, version=before.version, updated_at=before.updated_at) == before


def _alone(contact_id: str, row: Row, by: By, ports: ContactPorts) -> Taken:
    """Take a row by itself: somebody changes its contact, or its address has too many."""
    try:
        saved = save(contact_id, _new_of(row), ANYHOW, by, ports)
    except Refusal as refusal:
        if row.at_least is None:
            return refused(row, refusal)
        return _alone(contact_id, _at_least(row, refusal), by, ports)
    return _counted(row, new=saved.created)


def _counted(row: Row, *, new: bool) -> Taken:
    return Taken(Counts(created=1) if new else Counts(changed=1), tuple(row.notes))


def unreadable(row: Row) -> Taken:
    """A row of which nothing can be made."""
    return Taken(Counts(refused=1), tuple(row.complaints))


def refused(row: Row, refusal: Refusal) -> Taken:
    """A row that was read and can't be taken."""
    return Taken(Counts(refused=1), _explained(row, refusal))


def _explained(row: Row, refusal: Refusal) -> tuple[Complaint, ...]:
    assert row.explain is not None
    faults = refusal.faults or (Fault("", refusal.code, refusal.detail),)
    return tuple(row.explain(fault) for fault in faults)
