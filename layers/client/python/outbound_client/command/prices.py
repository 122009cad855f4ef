"""`outbound prices`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.access import client

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings
    from outbound_client.models import PriceRow

_HEADS = ("UNIT", "COUNTRY", "USD", "CARRIER FEE", "READ ON", "VERIFIED", "SOURCE")


def table(asked: Namespace, around: Surroundings) -> None:
    """Show the prices that estimates are made of, and what there is to know of their sources."""
    with client(asked, around) as api:
        prices = api.get_prices(asked.country)
    if asked.json:
        show.as_json(prices)
        return
    notes = list(dict.fromkeys(row.note for row in prices.items))
    show.table(_HEADS, [_cells(row, notes.index(row.note) + 1) for row in prices.items])
    print()
    for number, note in enumerate(notes, 1):
        print(f"[{number}] {note}")


def _fee(row: PriceRow) -> str:
    if row.carrier_fee is not None:
        return str(row.carrier_fee)
    return "?" if row.country else ""


def _cells(row: PriceRow, note: int) -> tuple[str, ...]:
    return (
        row.unit,
        row.country or "all",
        str(row.amount),
        _fee(row),
        row.date.isoformat() if row.date else "",
        "yes" if row.verified else "no",
        f"{row.source} [{note}]",
    )
