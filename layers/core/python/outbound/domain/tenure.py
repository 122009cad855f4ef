"""Tenures: which addresses a contact had, and when; none of them is named.

What was done to an address lies under the address, and is found by it. So whoever is erased must be
known by the addresses that they no longer have too, and whoever has one now only since they do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.ids import address_key
from outbound.domain.suppression import ANY_TENANT

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact

MOST = 100
"""Each message of a contact reads them. Who has had more loses those that ended first."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """That a contact had an address, by its digests: the tenant's, and that of all tenants.

    `since` is None where the contact had it from the beginning, `until` where it has it still.
    """

    key: str
    shared_key: str
    since: datetime | None = None
    until: datetime | None = None


def tenure_of(secret: bytes, tenant: str, address: Address) -> Tenure:
    """That somebody has an address, from the beginning."""
    key, shared_key = (address_key(secret, each, address.value) for each in (tenant, ANY_TENANT))
    return Tenure(key, shared_key)


def followed(contact: Contact, before: Contact | None, now: datetime, secret: bytes) -> Contact:
    """A contact as it is written, with what becomes of the addresses that it had before."""
    if before is None or before.erased or contact.erased:
        return contact
    had, has = set(before.addresses), set(contact.addresses)
    if had == has:
        return contact
    known = {each.key: each for each in before.tenures}
    for address in had - has:
        left = tenure_of(secret, contact.tenant, address)
        known[left.key] = replace(known.get(left.key, left), until=now)
    for address in has - had:
        came = replace(tenure_of(secret, contact.tenant, address), since=now)
        # Who has it back had it all the time: what was done to it meanwhile may be theirs.
        known[came.key] = replace(known.get(came.key, came), until=None)
    return replace(contact, tenures=_kept(known.values()))


def since(contact: Contact, key: str) -> datetime | None:
    """Since when a contact has the address with this key."""
    for each in contact.tenures:
        if each.key == key and each.since is not None:
            return each.since
    return contact.created_at


def _kept(tenures: Collection[Tenure]) -> tuple[Tenure, ...]:
    came = [(each.since, each.key, each) for each in tenures if each.since and not each.until]
    ended = [(each.until, each.key, each) for each in tenures if each.until]
    return tuple(each for *_, each in (*sorted(came), *sorted(ended)[-MOST:]))
