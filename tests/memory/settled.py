"""What is settled for every world of the tests."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from outbound.adapters.jurisdictions import rulebook
from outbound.adapters.links import SignedLinks
from outbound.domain.price import Caps, PriceList, Row, Unit
from outbound.domain.sender import Sender, Senders
from outbound.flow.measure import Terms

SECRET = b"a secret of the tests"
LINKS = SignedLinks(["a key of the tests"], "https://pages.example.com")
LEASE = timedelta(seconds=60)
RETENTION = timedelta(days=30)
RATE = 10.0
PAGES_URL = "https://pages.example.com"


def make_prices(**amounts: dict[str | None, str]) -> PriceList:
    """Prices by unit and country: an amount, and the carriers' fee behind a plus."""
    rows = {}
    for name, by_country in amounts.items():
        for country, text in by_country.items():
            amount, _, fee = text.partition("+")
            unit = Unit[name.upper()]
            rows[unit, country] = Row(
                unit=unit,
                country=country,
                amount=Decimal(amount),
                carrier_fee=Decimal(fee) if fee else None,
                source="https://example.com",
                date=None,
                verified=True,
                note="",
            )
    return PriceList(rows)


PRICES = make_prices(
    emails={None: "0.1"}, sms_part={"US": "0.007+0.002"}, voice_minute={"US": "0.013"}
)
TERMS = Terms(PRICES, Caps(sms=Decimal("0.20"), voice_minute=Decimal("0.10")), "MATTHEW")
RULEBOOK = rulebook()
SENDERS = Senders(
    default=Sender("hello@example.com", "Example"),
    own={"clinic": (Sender("Hello@clinic.test", "Clinic"), Sender("news@clinic.test"))},
)
