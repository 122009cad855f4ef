"""The budgets of tenants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from decimal import Decimal


class Budgets(Protocol):
    """What each tenant may spend in a month, and what is taken of it."""

    def limit(self, tenant: str) -> Decimal | None:
        """What a tenant may spend, as it was at most a minute ago; None without a limit."""
        ...

    def put(self, tenant: str, limit: Decimal | None) -> None:
        """Set what a tenant may spend in each month."""
        ...

    def take(self, tenant: str, month: str, amount: Decimal, limit: Decimal) -> bool:
        """Take an amount of a month, if no more than the limit is taken then; whether it was.

        Of several who take at the same time none takes what another has.
        """
        ...

    def give_back(self, tenant: str, month: str, amount: Decimal) -> None:
        """Put back what was taken and not spent; once, however often the request is repeated."""
        ...

    def begin(self, tenant: str, month: str, spent: Decimal) -> None:
        """Say what a month has cost before there was a budget."""
        ...

    def taken(self, tenant: str, month: str) -> Decimal:
        """What is taken of a month."""
        ...
