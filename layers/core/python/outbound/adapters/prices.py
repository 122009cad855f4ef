"""The price list: the data file beside this module, and what the environment says of its own."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outbound.domain.price import PriceList, Row, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OWN = "cdk.json"
"""The source of prices that an environment set itself."""
_EVERYWHERE = "all"


def read(own: str | None = None) -> PriceList:
    """The prices of the file; those in `own`, JSON of the same form, take their place.

    `own` is {"voice_minute": {"US": {"amount": "0.013", "carrier_fee": "0"}}}, amounts as texts.
    """
    path = Path(__file__).with_name("prices.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    rows = dict(_rows(table, table["sources"]))
    settled = {
        OWN: {"url": OWN, "date": None, "verified": True, "note": "Set for this environment."}
    }
    return PriceList(rows | dict(_rows(json.loads(own or "{}"), settled)))


def _rows(
    table: Mapping[str, Any], sources: Mapping[str, Any]
) -> Iterator[tuple[tuple[Unit, str | None], Row]]:
    for unit in Unit:
        for place, row in table.get(unit, {}).items():
            country = None if place == _EVERYWHERE else place
            fee, source = row.get("carrier_fee"), sources[row.get("source", OWN)]
            yield (
                (unit, country),
                Row(
                    unit=unit,
                    country=country,
                    amount=Decimal(row["amount"]),
                    carrier_fee=None if fee is None else Decimal(fee),
                    source=source["url"],
                    date=source["date"],
                    verified=source["verified"],
                    note=source["note"],
                ),
            )
