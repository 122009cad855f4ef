"""Good and bad addresses, and what is shown of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.address import Address, masked
from outbound.domain.address_rules import EMAIL_HINT, PHONE_HINT, country, email, phone
from outbound.domain.words import Channel

GOOD_NUMBERS = [
    ("+14155550123", "+14155550123", "US"),
    ("+16135550142", "+16135550142", "CA"),
    ("+442079460000", "+442079460000", "GB"),
    ("+4402079460000", "+442079460000", "GB"),
    ("+390612345678", "+390612345678", "IT"),
    ("+8613800138000", "+8613800138000", "CN"),
    ("+6834000", "+6834000", "NU"),
]
BAD_NUMBERS = [
    "",
    "4155550123",
    "0014155550123",
    "+1 415 555 0123",
    "+1-415-555-0123",
    "tel:+14155550123",
    "+14155550123 ",
    "+14155550123\n",
    "+14155550123;ext=5",
    "+1415555012",
    "+15550123",
    "+141555501234567",
    "+04155550123",
    "+99912345678",
    "+1911",
    "+\N{ARABIC-INDIC DIGIT FOUR}155550123",
    "+14155550123+14155550124",
    "ada@example.com",
]
GOOD_EMAILS = [
    ("ada@example.com", "ada@example.com"),
    ("Ada.Lovelace+offers@Example.COM", "Ada.Lovelace+offers@example.com"),
    ("o'brien@example.co.uk", "o'brien@example.co.uk"),
    ("ada@münchen.de", "ada@xn--mnchen-3ya.de"),
    ("ada@xn--mnchen-3ya.de", "ada@xn--mnchen-3ya.de"),
    ("success@simulator.amazonses.com", "success@simulator.amazonses.com"),
    ("ada@shop.test", "ada@shop.test"),
    ("a" * 64 + "@example.com", "a" * 64 + "@example.com"),
]
BAD_EMAILS = [
    "",
    "ada",
    "@example.com",
    "ada@",
    "ada@localhost",
    "ada@-example.com",
    "ada@example..com",
    ".ada@example.com",
    "a..b@example.com",
    "ada@@example.com",
    "ada lovelace@example.com",
    " ada@example.com",
    "ada@example.com\n",
    "ada@example.com\r\nBcc: eve@example.com",
    "ada\0@example.com",
    "Ada <ada@example.com>",
    "ada@example.com,eve@example.com",
    "ada@example.com;eve@example.com",
    '"ada lovelace"@example.com',
    "ada@[127.0.0.1]",
    "jörg@example.com",
    "a" * 65 + "@example.com",
    "ada@" + "a" * 64 + ".com",
    "ada@" + "a." * 130 + "com",
    "+14155550123",
]
PHONE_REFUSALS = {PHONE_HINT, f"{PHONE_HINT}; this one has the wrong length for its country"}
EMAIL_REFUSALS = {EMAIL_HINT, "must have only ASCII characters before the @"}


@pytest.mark.parametrize(("given_text", "value", "region"), GOOD_NUMBERS)
def test_a_number_is_normalised_and_its_country_told(given_text, value, region):
    assert phone(given_text) == Address("phone", value)
    assert country(phone(given_text)) == region


@pytest.mark.parametrize("text", BAD_NUMBERS)
def test_a_bad_number_is_refused_without_being_repeated(text):
    with pytest.raises(ValueError) as refusal:
        phone(text)
    assert str(refusal.value) in PHONE_REFUSALS
    assert refusal.value.__cause__ is None


@pytest.mark.parametrize(("given_text", "value"), GOOD_EMAILS)
def test_an_email_address_is_normalised(given_text, value):
    assert email(given_text) == Address("email", value)
    assert country(email(given_text)) is None


@pytest.mark.parametrize("text", BAD_EMAILS)
def test_a_bad_email_address_is_refused_without_being_repeated(text):
    with pytest.raises(ValueError) as refusal:
        email(text)
    assert str(refusal.value) in EMAIL_REFUSALS
    assert refusal.value.__cause__ is None


@given(st.text())
def test_whatever_is_given_only_a_value_error_comes_back(text):
    for read in (phone, email):
        try:
            read(text)
        except ValueError:
            continue


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (Address("phone", "+14155550123"), "+1415•••0123"),
        (Address("phone", "+442079460000"), "+4420•••0000"),
        (Address("phone", "+6834000"), "+6834•••"),
        (Address("phone", "+29022222"), "+2902•••2"),
        (Address("email", "jane@example.com"), "j•••@example.com"),
        (Address("email", "a@example.com"), "a•••@example.com"),
    ],
)
def test_a_masked_address_can_be_recognised(address, shown):
    assert masked(address) == shown


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True))
def test_at_least_three_digits_of_a_number_are_hidden(value):
    shown = masked(Address("phone", value)).replace("•••", "")
    assert len(value) - len(shown) >= 3
    assert value.startswith(shown[:5])


@pytest.mark.parametrize(
    ("kind", "channels"),
    [("email", {Channel.EMAIL}), ("phone", {Channel.SMS, Channel.VOICE})],
)
def test_an_address_serves_the_channels_of_its_kind(kind, channels):
    address = Address(kind, "x")
    assert {channel for channel in Channel if address.serves(channel)} == channels
