"""The prices that estimates are made of."""

import datetime as dates
from decimal import Decimal

from outbound_client.models.answer import Answer


class PriceRow(Answer):
    """What AWS charges for a unit, where and when that was read, and how far it is verified.

    `country` is None where a price is the same everywhere; `carrier_fee` where nobody told it.
    """

    unit: str
    country: str | None = None
    amount: Decimal
    carrier_fee: Decimal | None = None
    currency: str
    source: str
    date: dates.date | None = None
    verified: bool
    note: str = ""


class PriceTable(Answer):
    """The prices that estimates are made of."""

    items: tuple[PriceRow, ...]
    next_cursor: str | None = None
