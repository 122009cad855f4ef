"""`GET /v1/prices`: what estimates are made of, with sources and dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.paging import check_known
from outbound.domain.errors import refused_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.price import PriceList, Row


def read_country(parameters: Mapping[str, str]) -> str | None:
    """The `country` of a query; None is all of them.

    Raises:
        Refusal: it isn't two capital letters, or there is another parameter.
    """
    check_known(parameters, ("country",))
    country = parameters.get("country")
    if country is not None and not re.fullmatch(r"[A-Z]{2}", country):
        message = "country must be an ISO 3166-1 code of two capital letters, like US."
        raise refused_at("country", "invalid_parameter", message)
    return country


def prices_body(prices: PriceList, country: str | None) -> dict[str, Any]:
    """The prices for a country, and those that hold everywhere; or all."""
    rows = sorted(prices.rows.values(), key=lambda row: (row.unit, row.country or ""))
    items = [_row(row) for row in rows if country is None or row.country in (country, None)]
    return {"items": items, "next_cursor": None}


def _row(row: Row) -> dict[str, Any]:
    return {
        "unit": row.unit,
        "country": row.country,
        "amount": str(row.amount),
        "carrier_fee": None if row.carrier_fee is None else str(row.carrier_fee),
        "currency": "USD",
        "source": row.source,
        "date": row.date.isoformat() if row.date else None,
        "verified": row.verified,
        "note": row.note,
    }
