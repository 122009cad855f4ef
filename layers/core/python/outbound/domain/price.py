"""What a message is expected to cost: prices with their sources, estimates, and caps."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain import speech
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

GIGABYTE = 2**30


class Unit(StrEnum):
    """What a price is for. Emails and their attachments cost the same in every country."""

    EMAILS = "1000_emails"
    ATTACHMENTS = "attachments_gb"
    SMS_PART = "sms_part"
    MMS = "mms"
    VOICE_MINUTE = "voice_minute"


class CarrierFees(StrEnum):
    """Whether an amount holds what the carriers charge beside AWS."""

    INCLUDED = "included"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Row:
    """A price of AWS in US dollars, where it was read, when, and how far that is verified.

    `carrier_fee` is what the carriers charge beside it; None means that nobody told us.
    """

    unit: Unit
    country: str | None
    amount: Decimal
    carrier_fee: Decimal | None
    source: str
    date: date | None
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class PriceList:
    """Prices by unit and ISO 3166-1 country; None where a price is the same in all of them."""

    rows: Mapping[tuple[Unit, str | None], Row]

    def find(self, unit: Unit, country: str | None = None) -> Row | None:
        """The price, if we know it."""
        return self.rows.get((unit, country))


@dataclass(frozen=True, slots=True)
class Price:
    """An amount in US dollars, as AWS bills it."""

    amount: Decimal
    carrier_fees: CarrierFees = CarrierFees.NONE
    estimated: bool = True


@dataclass(frozen=True, slots=True)
class Size:
    """What a message is billed by: SMS parts, seconds of a call, media, bytes of attachments."""

    parts: int = 0
    seconds: int = 0
    media: bool = False
    attachment_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that AWS may charge, in US dollars: for a text with all its parts, for a minute."""

    sms: Decimal | None = None
    voice_minute: Decimal | None = None


def estimate(prices: PriceList, channel: Channel, country: str | None, size: Size) -> Price | None:
    """The price of a message; None where we don't know the country's: a guess would mislead."""
    if channel is Channel.EMAIL:
        return _email(prices, size)
    unit, count = _billed(channel, size)
    row = prices.find(unit, country)
    if row is None:
        return None
    if row.carrier_fee is None:
        return Price(row.amount * count, CarrierFees.UNKNOWN)
    return Price((row.amount + row.carrier_fee) * count, CarrierFees.INCLUDED)


def over_cap(
    prices: PriceList, caps: Caps, channel: Channel, country: str | None, size: Size
) -> tuple[Decimal, Decimal] | None:
    """The price and the cap that it is over; None where AWS would take the message.

    Carrier fees are left out: AWS doesn't say whether its caps hold them, and what it would take
    shall not be refused here.
    """
    if channel is Channel.EMAIL:
        return None
    unit, count = _billed(channel, size)
    cap = caps.voice_minute if channel is Channel.VOICE else caps.sms
    row = prices.find(unit, country)
    if row is None or cap is None:
        return None
    price = row.amount if channel is Channel.VOICE else row.amount * count
    return (price, cap) if price > cap else None


def _billed(channel: Channel, size: Size) -> tuple[Unit, int]:
    if channel is Channel.VOICE:
        return Unit.VOICE_MINUTE, speech.minutes(size.seconds)
    return (Unit.MMS, 1) if size.media else (Unit.SMS_PART, size.parts)


def _email(prices: PriceList, size: Size) -> Price | None:
    emails = prices.find(Unit.EMAILS)
    data = prices.find(Unit.ATTACHMENTS) if size.attachment_bytes else None
    if emails is None or (size.attachment_bytes and data is None):
        return None
    attached = data.amount * size.attachment_bytes / GIGABYTE if data else Decimal(0)
    return Price(emails.amount / 1000 + attached)
