"""What a message is expected to cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

WORDS_PER_MINUTE = 150


@dataclass(frozen=True, slots=True)
class Price:
    """An amount in US dollars, as AWS bills it."""

    amount: Decimal
    estimated: bool = True


@dataclass(frozen=True, slots=True)
class PriceList:
    """US dollars per email, per SMS part and per started minute of a call, by ISO country."""

    email: Decimal
    sms_part: Mapping[str, Decimal]
    voice_minute: Mapping[str, Decimal]


def estimate(
    prices: PriceList, channel: Channel, country: str | None, *, parts: int, words: int
) -> Price | None:
    """The price of a message; None where we don't know the country's: a guess would mislead."""
    if channel is Channel.EMAIL:
        return Price(prices.email)
    if channel is Channel.SMS:
        each = prices.sms_part.get(country or "")
        return Price(each * parts) if each is not None else None
    minute = prices.voice_minute.get(country or "")
    minutes = -(-max(words, 1) // WORDS_PER_MINUTE)
    return Price(minute * minutes) if minute is not None else None
