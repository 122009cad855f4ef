"""Numbers looked up by AWS End User Messaging, which asks their carriers.

https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_CarrierLookup.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.adapters.log import place_of
from outbound.domain.line import Line, LineType
from outbound.ports import LookUpFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mypy_boto3_pinpoint_sms_voice_v2 import PinpointSMSVoiceV2Client

LONGEST_NAME = 100
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class CarrierLookUp:
    """`CarrierLookup` of End User Messaging, made when somebody asks."""

    client: Callable[[], PinpointSMSVoiceV2Client]

    def look_up(self, phone: str, now: datetime) -> Line:
        """Ask once, and again where the SDK may. A type that we don't know is OTHER."""
        try:
            answer = self.client().carrier_lookup(PhoneNumber=phone)
            said = str(answer["PhoneNumberType"]).lower()
        except Exception as error:
            place = place_of(error)
            raise LookUpFailed(place["code"] or place["error"]) from None
        kind = LineType(said) if said in set(LineType) else LineType.OTHER
        country = str(answer.get("IsoCountryCode") or "")
        return Line(
            type=kind,
            at=now,
            carrier=str(answer.get("Carrier") or "")[:LONGEST_NAME] or None,
            country=country if _COUNTRY.fullmatch(country) else None,
        )
