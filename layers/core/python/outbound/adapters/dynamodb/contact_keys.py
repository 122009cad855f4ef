"""Where contacts, and what leads from an address to them, lie in the table of contacts."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from outbound.domain.ids import address_key

if TYPE_CHECKING:
    from outbound.domain.address import Address

SHARDS = 32
"""A tenant's contacts lie in this many partitions, so that a segment can be evaluated in parallel.
Changing it means moving every contact."""


def contact_place(tenant: str, contact_id: str) -> tuple[str, str]:
    """Partition and sort key of a contact."""
    shard = hashlib.sha256(contact_id.encode()).digest()[0] % SHARDS
    return f"{tenant}#{shard:02d}", contact_id


def address_place(secret: bytes, tenant: str, address: Address) -> tuple[str, str]:
    """Partition and sort key of what leads from an address to its contacts."""
    return keyed_place(tenant, address_key(secret, tenant, address.value))


def keyed_place(tenant: str, address_key: str) -> tuple[str, str]:
    """The same of the address with this key."""
    return f"{tenant}#addr#{address_key}", "address"
