"""End User Messaging: what it knows of a number. Those that fail in AWS's simulator are none."""

from typing import Any

from infra.local.carrier.operations.accepted import Accepted, Desk
from infra.local.carrier.phone import SIMULATOR_FAILURE, country


def look_up(parameters: dict[str, Any], _: Desk) -> Accepted:
    """Say what kind of line a number is."""
    number = parameters["PhoneNumber"]
    if number in SIMULATOR_FAILURE:
        return Accepted({"E164PhoneNumber": number, "PhoneNumberType": "INVALID"})
    return Accepted(
        {
            "E164PhoneNumber": number,
            "IsoCountryCode": country(number),
            "Carrier": "Simulated carrier",
            "MCC": "310",
            "MNC": "800",
            "PhoneNumberType": "MOBILE",
        }
    )
