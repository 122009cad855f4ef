"""Where contacts, and what leads from an address to them, lie in the table of contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.ids import address_key
from outbound.domain.shards import shard_of

if TYPE_CHECKING:
    from outbound.domain.address import Address


def contact_place(tenant: str, contact_id: str) -> tuple[str, str]:
    """Partition and sort key of a contact."""
    return shard_place(tenant, shard_of(contact_id)), contact_id


def shard_place(tenant: str, shard: int) -> str:
    """The partition of one of the shards of a tenant's contacts."""
    return f"{tenant}#{shard:02d}"


def address_place(secret: bytes, tenant: str, address: Address) -> tuple[str, str]:
    """Partition and sort key of what leads from an address to its contacts."""
    return keyed_place(tenant, address_key(secret, tenant, address.value))


def keyed_place(tenant: str, address_key: str) -> tuple[str, str]:
    """The same of the address with this key."""
    return f"{tenant}#addr#{address_key}", "address"
