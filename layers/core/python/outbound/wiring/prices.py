"""What is settled about prices."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import process

if TYPE_CHECKING:
    from outbound.flow.measure import Terms


@cache
def terms() -> Terms:
    """What the environment has settled about prices and voices."""
    from decimal import Decimal

    from outbound.adapters import prices
    from outbound.domain.price import Caps
    from outbound.flow.measure import Terms

    return Terms(
        prices=prices.read(process.settings().optional("PRICES")),
        caps=Caps(
            sms=Decimal(process.settings().text("SMS_MAX_PRICE")),
            voice_minute=Decimal(process.settings().text("VOICE_MAX_PRICE_PER_MINUTE")),
        ),
        voice=process.settings().text("VOICE_ID"),
    )
