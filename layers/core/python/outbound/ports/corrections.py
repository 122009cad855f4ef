"""Addresses that contacts want to be reached at, until they have shown that they are theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class Corrections(Protocol):
    """Which contact waits for an address; the address itself is kept with the contact alone."""

    def put(self, tenant: str, address_key: str, contact_id: str, *, until: datetime) -> None:
        """Note that a contact waits for the address with this key; the newest counts."""
        ...

    def get(self, tenant: str, address_key: str, now: datetime) -> str | None:
        """The id of the contact that waits for the address with this key."""
        ...

    def forget(self, tenant: str, address_key: str, contact_id: str) -> None:
        """Note that this contact waits no more; another one that does is left alone."""
        ...
