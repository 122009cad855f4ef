"""Addresses that must not be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.suppression import Reason, Suppression


@dataclass(frozen=True, slots=True)
class SuppressionPage:
    """Some suppressed addresses by key, and where the next page begins."""

    items: tuple[tuple[str, tuple[Suppression, ...]], ...]
    after: str | None


class Suppressions(Protocol):
    """Addresses that must not be used, by tenant; they are kept as keyed digests alone."""

    def suppress(self, tenant: str, address: Address, suppression: Suppression) -> bool:
        """Stop the use of an address.

        False, and nothing changes, if this reason stands already for as much and for as long; what
        it adds to that is added (`suppression.joined`).
        """
        ...

    def suppress_key(self, tenant: str, address_key: str, suppression: Suppression) -> bool:
        """The same for the address with this key, which nobody has to know."""
        ...

    def lift(self, tenant: str, address: Address, reason: Reason) -> bool:
        """Take one reason away; False if it didn't stand."""
        ...

    def of(self, tenant: str, address: Address) -> tuple[Suppression, ...]:
        """What stands against an address, for this tenant alone."""
        ...

    def page(self, tenant: str, *, limit: int, after: str | None) -> SuppressionPage:
        """A tenant's suppressed addresses, in the order of their keys, behind the key `after`."""
        ...


class SoftBounces(Protocol):
    """Messages that bounced though their address may work."""

    def note(
        self, tenant: str, address: Address, message_id: str, at: datetime
    ) -> Sequence[datetime]:
        """Note that a message bounced, once; when all did that are remembered."""
        ...


class Imports(Protocol):
    """Which of the account's own lists were read in."""

    def finish(self, source: str, now: datetime) -> None:
        """A list was read in to its end."""
        ...

    def finished(self) -> Mapping[str, datetime]:
        """Those that were, and when last."""
        ...
