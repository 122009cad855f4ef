"""The mirror of suppressions in AWS's own lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.mirror import Answer, Change, Listed


class Changes(Protocol):
    """Addresses whose suppressions have changed, until AWS's lists say the same."""

    def put(self, change: Change) -> None:
        """Remember a change; it takes the place of an earlier one of the same address."""
        ...

    def get(self, tenant: str, key: str) -> Change | None:
        """A change that is remembered."""
        ...

    def remove(self, change: Change) -> None:
        """Forget a change, unless another has taken its place."""
        ...

    def put_off(self, before: Change, after: Change) -> None:
        """Write when a change is tried again, and for which erasure, unless another has taken its
        place.
        """
        ...

    def due(self, now: datetime, *, limit: int) -> Iterator[Change]:
        """Changes whose time has come, no more than so many."""
        ...


class AccountLists(Protocol):
    """The lists of addresses that AWS itself sends nothing to. Never raises.

    Email has one for the account; numbers have those of the tenant's own numbers, or of all.
    """

    def put(self, tenant: str, address: Address, listed: Listed) -> tuple[Answer, str]:
        """Put an address on its list, or see that it stands there; with AWS's code."""
        ...

    def remove(self, tenant: str, address: Address) -> tuple[Answer, str]:
        """Take an address off its list, or see that it isn't there; with AWS's code."""
        ...
