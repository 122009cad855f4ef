"""The prices that estimates are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.models import PriceTable
from outbound_client.requests import query_of

if TYPE_CHECKING:
    from outbound_client.connection import Connection


class PriceCalls:
    """The calls on prices."""

    _api: Connection

    def get_prices(self, country: str | None = None) -> PriceTable:
        """The prices that estimates are made of: of one country (US), or all."""
        return self._api.ask(PriceTable, "GET", "/v1/prices", query=query_of(country=country))
