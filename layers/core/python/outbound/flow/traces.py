"""Traces: what is held of somebody under their addresses, and not with the contact itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain.address import Address
from outbound.domain.ids import address_key
from outbound.domain.mirror import Erased, hurried
from outbound.domain.suppression import ANY_TENANT
from outbound.domain.tenure import since, tenure_of
from outbound.flow.auditing import chain_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from outbound.domain.contact import Contact
    from outbound.domain.erasure import Erasure
    from outbound.domain.ledger import Written
    from outbound.domain.tenure import Tenure
    from outbound.domain.tester import Tester
    from outbound.ports import Changes, Contacts, Corrections, Ledger, Testers

TRIES = 20
INSTANT = timedelta(microseconds=1)


class TestersBusy(Exception):
    """Others change the testers all the time."""


@dataclass(frozen=True, slots=True)
class Traces:
    """Where something may be held under an address."""

    secret: bytes
    contacts: Contacts
    ledger: Ledger
    testers: Testers
    corrections: Corrections
    changes: Changes


def tenures_of(contact: Contact, secret: bytes) -> tuple[Tenure, ...]:
    """The addresses that a contact has, has asked for, or had before, by what stands for them."""
    addresses = {*contact.addresses, *(each.address for each in contact.corrections)}
    own = {
        tenure.key: tenure
        for tenure in (tenure_of(secret, contact.tenant, each) for each in addresses)
    }
    left = {each.key: each for each in contact.tenures if each.until is not None}
    return tuple((left | own)[key] for key in sorted(left | own))


def testers_of(contact: Contact, traces: Traces) -> list[Tester]:
    """Testers who are written to at an address of the contact's."""
    known = traces.testers.all(contact.tenant).testers
    return [each for each in known if each.address in contact.addresses]


def done_to(address: Address, tenant: str, traces: Traces) -> list[Written]:
    """What was done to an address by hand, or by whoever had it and was no contact yet."""
    return [
        written
        for party in (tenant, ANY_TENANT)
        for written in traces.ledger.entries(
            party, chain_of(address_key(traces.secret, party, address.value))
        )
    ]


def done_before(tenure: Tenure, tenant: str, traces: Traces) -> list[Written]:
    """What was done to an address while a contact had it that no longer does."""
    assert tenure.until is not None
    return [
        written
        for party, key in ((tenant, tenure.key), (ANY_TENANT, tenure.shared_key))
        for written in traces.ledger.entries(party, chain_of(key))
        if written.entry.recorded_at <= tenure.until
    ]


def address_of(done: Iterable[Written]) -> Address | None:
    """The address that it was done to, as long as a proof still says it."""
    values = (each.proof.get("address") for each in done)
    value = next((each for each in values if each), None)
    return None if value is None else Address("email" if "@" in value else "phone", value)


def remove(erasure: Erasure, now: datetime, traces: Traces) -> None:
    """Remove what is personal of it; of what was done to an address, the digests stay.

    What may be of somebody else who has the address now stays, until they are erased.

    Raises:
        TestersBusy: others were quicker each time.
    """
    ends = {each.key: _end(each, erasure, traces) for each in erasure.addresses}
    _remove_testers(erasure, ends, traces)
    for each in erasure.addresses:
        if erasure.contact_id is not None:
            traces.corrections.forget(erasure.tenant, each.key, erasure.contact_id)
        for party, key in ((erasure.tenant, each.key), (ANY_TENANT, each.shared_key)):
            _remove_proofs(party, chain_of(key), ends[each.key], now, traces)
            _hurry(party, key, ends[each.key], erasure, traces)


def _end(tenure: Tenure, erasure: Erasure, traces: Traces) -> datetime:
    """Up to when what was done to an address is about whoever is erased, and nobody else."""
    others = (
        since(each, tenure.key)
        for each in traces.contacts.having(erasure.tenant, tenure.key)
        if each.id != erasure.contact_id
    )
    theirs = (each - INSTANT for each in others if each is not None)
    return min((tenure.until or erasure.requested_at, *theirs))


def _remove_testers(erasure: Erasure, ends: Mapping[str, datetime], traces: Traces) -> None:
    for _ in range(TRIES):
        known = traces.testers.all(erasure.tenant)
        rest = tuple(each for each in known.testers if not _is_of(each, erasure, ends, traces))
        if len(rest) == len(known.testers):
            return
        if traces.testers.write(erasure.tenant, rest, known.version):
            return
    raise TestersBusy


def _remove_proofs(party: str, chain: str, end: datetime, now: datetime, traces: Traces) -> None:
    before = [
        each.entry.number
        for each in traces.ledger.entries(party, chain)
        if each.entry.recorded_at <= end
    ]
    if before:
        traces.ledger.erase_proofs(party, chain, now, up_to=before[-1])


def _hurry(party: str, key: str, end: datetime, erasure: Erasure, traces: Traces) -> None:
    """What waits for AWS's lists names the address: it is done soon, or never."""
    change = traces.changes.get(party, key)
    if change is not None and change.erased is None and change.at <= end:
        erased = Erased(erasure.tenant, erasure.id, erasure.requested_at)
        traces.changes.put_off(change, hurried(change, erased))


def _is_of(tester: Tester, erasure: Erasure, ends: Mapping[str, datetime], traces: Traces) -> bool:
    """Whether it is somebody who was erased, and not asked to be a tester since."""
    end = ends.get(address_key(traces.secret, erasure.tenant, tester.address.value))
    return end is not None and tester.asked_at <= end
