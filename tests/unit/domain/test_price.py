"""What a message is expected to cost, and when that is too much."""

from __future__ import annotations

from decimal import Decimal

import pytest

from outbound.domain.price import Caps, CarrierFees, Price, Size, estimate, over_cap
from outbound.domain.words import Channel
from tests.memory.world import make_prices

PRICES = make_prices(
    emails={None: "0.1"},
    attachments={None: "0.12"},
    sms_part={"US": "0.007+0.002", "GB": "0.04", "JP": "0.07+0"},
    mms={"US": "0.02"},
    voice_minute={"US": "0.013"},
)
ONE = Size(parts=1, seconds=1)


@pytest.mark.parametrize("country", [None, "US", "XX"])
def test_an_email_costs_the_same_everywhere(country):
    assert estimate(PRICES, Channel.EMAIL, country, Size()) == Price(Decimal("0.0001"))


def test_attachments_are_billed_by_their_bytes():
    price = estimate(PRICES, Channel.EMAIL, None, Size(attachment_bytes=2**29))
    assert price == Price(Decimal("0.0601"))


def test_attachments_without_a_price_leave_an_email_without_one():
    prices = make_prices(emails={None: "0.1"})
    assert estimate(prices, Channel.EMAIL, None, Size(attachment_bytes=1)) is None


@pytest.mark.parametrize(("parts", "amount"), [(1, "0.009"), (2, "0.018"), (7, "0.063")])
def test_each_part_of_a_text_costs_its_price_and_its_fee(parts, amount):
    price = estimate(PRICES, Channel.SMS, "US", Size(parts=parts))
    assert price == Price(Decimal(amount), CarrierFees.INCLUDED)


@pytest.mark.parametrize(
    ("country", "fees"), [("GB", CarrierFees.UNKNOWN), ("JP", CarrierFees.INCLUDED)]
)
def test_a_fee_of_nothing_is_known_and_no_fee_is_not(country, fees):
    price = estimate(PRICES, Channel.SMS, country, ONE)
    assert price is not None
    assert price.carrier_fees is fees


def test_a_text_with_media_costs_once_whatever_it_says():
    price = estimate(PRICES, Channel.SMS, "US", Size(parts=9, media=True))
    assert price == Price(Decimal("0.02"), CarrierFees.UNKNOWN)


@pytest.mark.parametrize(
    ("seconds", "amount"),
    [(0, "0.013"), (1, "0.013"), (60, "0.013"), (61, "0.026"), (300, "0.065")],
)
def test_each_started_minute_of_a_call_costs(seconds, amount):
    price = estimate(PRICES, Channel.VOICE, "US", Size(seconds=seconds))
    assert price == Price(Decimal(amount), CarrierFees.UNKNOWN)


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.VOICE])
@pytest.mark.parametrize("country", [None, "FR"])
def test_no_price_is_guessed(channel, country):
    assert estimate(PRICES, channel, country, ONE) is None


def test_a_price_is_marked_as_an_estimate():
    price = estimate(PRICES, Channel.EMAIL, None, Size())
    assert price is not None
    assert price.estimated


@pytest.mark.parametrize(
    ("channel", "size", "cap", "over"),
    [
        (Channel.SMS, Size(parts=2), "0.014", None),
        (Channel.SMS, Size(parts=3), "0.014", "0.021"),
        (Channel.SMS, Size(parts=1, media=True), "0.014", "0.02"),
        (Channel.VOICE, Size(seconds=300), "0.013", None),
        (Channel.VOICE, Size(seconds=1), "0.0129", "0.013"),
    ],
)
def test_a_text_is_capped_whole_and_a_call_by_the_minute(channel, size, cap, over):
    caps = Caps(sms=Decimal(cap), voice_minute=Decimal(cap))
    expected = (Decimal(over), Decimal(cap)) if over else None
    assert over_cap(PRICES, caps, channel, "US", size) == expected


@pytest.mark.parametrize(
    ("channel", "country", "caps"),
    [
        (Channel.EMAIL, None, Caps(Decimal(0), Decimal(0))),
        (Channel.SMS, "FR", Caps(Decimal(0), Decimal(0))),
        (Channel.SMS, "US", Caps(None, Decimal(0))),
        (Channel.VOICE, "US", Caps(Decimal(0), None)),
    ],
)
def test_what_has_no_price_or_no_cap_is_over_none(channel, country, caps):
    assert over_cap(PRICES, caps, channel, country, ONE) is None
