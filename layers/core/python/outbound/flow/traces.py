"""Traces: what is held of somebody under their addresses, and not with the contact itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.ids import address_key
from outbound.domain.suppression import ANY_TENANT
from outbound.flow.auditing import chain_of

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.erasure import Erasure
    from outbound.domain.ledger import Written
    from outbound.domain.tester import Tester
    from outbound.ports import Corrections, Ledger, Testers

TRIES = 20


class TestersBusy(Exception):
    """Others change the testers all the time."""


@dataclass(frozen=True, slots=True)
class Traces:
    """Where something may be held under an address."""

    secret: bytes
    ledger: Ledger
    testers: Testers
    corrections: Corrections


def keys_of(contact: Contact, secret: bytes) -> tuple[str, ...]:
    """What stands for the addresses of a contact, those it has asked for too."""
    addresses = {*contact.addresses, *(each.address for each in contact.corrections)}
    return tuple(
        sorted(
            address_key(secret, party, each.value)
            for party in (contact.tenant, ANY_TENANT)
            for each in addresses
        )
    )


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


def remove(erasure: Erasure, now: datetime, traces: Traces) -> None:
    """Remove what is personal of it; of what was done to an address, the digests stay.

    Raises:
        TestersBusy: others were quicker each time.
    """
    _remove_testers(erasure, traces)
    for key in erasure.address_keys:
        if erasure.contact_id is not None:
            traces.corrections.forget(erasure.tenant, key, erasure.contact_id)
        for party in (erasure.tenant, ANY_TENANT):
            _remove_proofs(party, chain_of(key), erasure, now, traces)


def _remove_testers(erasure: Erasure, traces: Traces) -> None:
    for _ in range(TRIES):
        known = traces.testers.all(erasure.tenant)
        rest = tuple(each for each in known.testers if not _is_of(each, erasure, traces.secret))
        if len(rest) == len(known.testers):
            return
        if traces.testers.write(erasure.tenant, rest, known.version):
            return
    raise TestersBusy


def _remove_proofs(party: str, chain: str, erasure: Erasure, now: datetime, traces: Traces) -> None:
    """Those from before it was asked for: later ones are about whoever was made again."""
    before = [
        each.entry.number
        for each in traces.ledger.entries(party, chain)
        if each.entry.recorded_at <= erasure.requested_at
    ]
    if before:
        traces.ledger.erase_proofs(party, chain, now, up_to=before[-1])


def _is_of(tester: Tester, erasure: Erasure, secret: bytes) -> bool:
    """Whether it is somebody who was erased, and not asked to be a tester since."""
    key = address_key(secret, erasure.tenant, tester.address.value)
    return key in erasure.address_keys and tester.asked_at <= erasure.requested_at
