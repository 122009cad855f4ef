"""What a message is expected to cost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from outbound.domain.price import Price, PriceList, estimate
from outbound.domain.words import Channel

PRICES = PriceList(
    email=Decimal("0.0001"),
    sms_part={"US": Decimal("0.009")},
    voice_minute={"US": Decimal("0.013")},
)


@pytest.mark.parametrize("country", [None, "US", "XX"])
def test_an_email_costs_the_same_everywhere(country):
    price = estimate(PRICES, Channel.EMAIL, country, parts=0, words=5000)
    assert price == Price(Decimal("0.0001"))


@pytest.mark.parametrize(("parts", "amount"), [(1, "0.009"), (2, "0.018"), (7, "0.063")])
def test_each_part_of_a_text_costs(parts, amount):
    assert estimate(PRICES, Channel.SMS, "US", parts=parts, words=1) == Price(Decimal(amount))


@pytest.mark.parametrize(
    ("words", "amount"), [(0, "0.013"), (1, "0.013"), (150, "0.013"), (151, "0.026")]
)
def test_each_started_minute_of_a_call_costs(words, amount):
    assert estimate(PRICES, Channel.VOICE, "US", parts=0, words=words) == Price(Decimal(amount))


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.VOICE])
@pytest.mark.parametrize("country", [None, "FR"])
def test_no_price_is_guessed(channel, country):
    assert estimate(PRICES, channel, country, parts=1, words=1) is None


def test_a_price_is_marked_as_an_estimate():
    price = estimate(PRICES, Channel.EMAIL, None, parts=0, words=0)
    assert price is not None
    assert price.estimated
