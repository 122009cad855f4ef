"""The price list: every row has a source and a date, and no amount is absurd."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal

import phonenumbers
import pytest

from outbound.adapters import prices
from outbound.adapters.prices import OWN
from outbound.domain.price import Unit

LIST = prices.read()
ROWS = list(LIST.rows.values())
LARGEST = {
    Unit.EMAILS: Decimal(1),
    Unit.ATTACHMENTS: Decimal(1),
    Unit.SMS_PART: Decimal("0.5"),
    Unit.MMS: Decimal("0.5"),
    Unit.VOICE_MINUTE: Decimal(2),
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.unit} {row.country}")
def test_a_row_has_a_source_a_date_and_a_sane_amount(row):
    assert re.fullmatch(r"https://[^\s/]+/\S+", row.source)
    assert date(2026, 1, 1) <= row.date <= date(2026, 11, 23)
    assert row.note.endswith(".")
    assert 0 < row.amount <= LARGEST[row.unit]
    assert row.carrier_fee is None or 0 <= row.carrier_fee < Decimal("0.02")
    if row.unit in (Unit.EMAILS, Unit.ATTACHMENTS):
        assert row.country is None
    else:
        assert row.country in phonenumbers.SUPPORTED_REGIONS


def test_emails_and_the_most_usual_country_of_texts_have_a_price():
    assert LIST.find(Unit.EMAILS)
    assert LIST.find(Unit.SMS_PART, "US")


def test_what_nobody_read_is_not_there():
    assert not [row for row in ROWS if row.unit in (Unit.MMS, Unit.VOICE_MINUTE)]


def test_own_prices_are_added_and_take_the_place_of_others():
    own = {
        "voice_minute": {"US": {"amount": "0.013", "carrier_fee": "0.001"}},
        "sms_part": {"US": {"amount": "0.001"}},
        "1000_emails": {"all": {"amount": "0.05"}},
    }
    found = prices.read(json.dumps(own))
    minute, part = found.find(Unit.VOICE_MINUTE, "US"), found.find(Unit.SMS_PART, "US")
    assert minute is not None
    assert part is not None
    assert (minute.amount, minute.carrier_fee) == (Decimal("0.013"), Decimal("0.001"))
    assert (part.amount, part.carrier_fee, part.source) == (Decimal("0.001"), None, OWN)
    assert len(found.rows) == len(LIST.rows) + 1
    assert found.find(Unit.SMS_PART, "JP") == LIST.find(Unit.SMS_PART, "JP")
