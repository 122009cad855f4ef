"""The price list, read from the data file beside this module."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

from outbound.domain.price import PriceList


def read() -> PriceList:
    """What AWS charges, as far as the file's sources say."""
    path = Path(__file__).with_name("prices.toml")
    table = tomllib.loads(path.read_text(), parse_float=Decimal)
    return PriceList(
        email=table["email"]["each"],
        sms_part=table["sms"]["part"],
        voice_minute=table["voice"]["minute"],
    )
