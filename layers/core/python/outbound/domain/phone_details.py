"""What the numbering plan says of a number, by the library that knows: phonenumbers.

Loading what it knows of zones takes a while, so only intake and whatever writes contacts does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import phonenumbers
from phonenumbers import PhoneNumberType, timezone

from outbound.domain.contact import Phone

if TYPE_CHECKING:
    from outbound.domain.address import Address

KINDS = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "fixed_line",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed_line_or_mobile",
    PhoneNumberType.TOLL_FREE: "toll_free",
    PhoneNumberType.VOIP: "voip",
}
UNKNOWN_ZONE = "Etc/Unknown"
NOWHERE = "001"
"""The region of numbers that belong to no country."""


def phone_details(address: Address) -> Phone:
    """Country, kind and possible zones of a number in E.164 form."""
    number = phonenumbers.parse(address.value)
    country = phonenumbers.region_code_for_number(number)
    zones = timezone.time_zones_for_number(number)
    return Phone(
        value=address.value,
        country=country if country != NOWHERE else None,
        zones=tuple(sorted(zone for zone in zones if zone != UNKNOWN_ZONE)),
        kind=KINDS.get(phonenumbers.number_type(number), "unknown"),
    )
