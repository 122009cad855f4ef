"""Events of AWS End User Messaging: texts, media messages and calls.

https://docs.aws.amazon.com/end-user-messaging/latest/userguide/nx-features-messaging-events.html
Only what is common to all kinds is read, and of texts what they have cost.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from outbound.adapters.receipts.tags import message_in
from outbound.adapters.receipts.unusual import count_unknown
from outbound.domain.instant import from_milliseconds
from outbound.domain.message import Status
from outbound.domain.price import CarrierFees, Price
from outbound.domain.receipt import Receipt
from outbound.domain.suppression import Reason
from outbound.domain.tally import HANDED_OVER

if TYPE_CHECKING:
    from collections.abc import Mapping

# SUCCESSFUL means that the carrier took it; a completed call may have met an answering machine.
# https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-types.html
STATUSES: Mapping[str, Status] = {
    "TEXT_DELIVERED": Status.DELIVERED,
    "TEXT_SUCCESSFUL": Status.DELIVERED,
    "TEXT_INVALID": Status.UNDELIVERED,
    "TEXT_INVALID_MESSAGE": Status.FAILED,
    "TEXT_UNREACHABLE": Status.UNDELIVERED,
    "TEXT_CARRIER_UNREACHABLE": Status.UNDELIVERED,
    "TEXT_BLOCKED": Status.UNDELIVERED,
    "TEXT_CARRIER_BLOCKED": Status.UNDELIVERED,
    "TEXT_SPAM": Status.UNDELIVERED,
    "TEXT_UNKNOWN": Status.UNDELIVERED,
    "TEXT_TTL_EXPIRED": Status.UNDELIVERED,
    "TEXT_PROTECT_BLOCKED": Status.FAILED,
    "MEDIA_DELIVERED": Status.DELIVERED,
    "MEDIA_SUCCESSFUL": Status.DELIVERED,
    "MEDIA_INVALID": Status.UNDELIVERED,
    "MEDIA_INVALID_MESSAGE": Status.FAILED,
    "MEDIA_UNREACHABLE": Status.UNDELIVERED,
    "MEDIA_CARRIER_UNREACHABLE": Status.UNDELIVERED,
    "MEDIA_BLOCKED": Status.UNDELIVERED,
    "MEDIA_CARRIER_BLOCKED": Status.UNDELIVERED,
    "MEDIA_SPAM": Status.UNDELIVERED,
    "MEDIA_UNKNOWN": Status.UNDELIVERED,
    "MEDIA_TTL_EXPIRED": Status.UNDELIVERED,
    "MEDIA_FILE_INACCESSIBLE": Status.FAILED,
    "MEDIA_FILE_TYPE_UNSUPPORTED": Status.FAILED,
    "MEDIA_FILE_SIZE_EXCEEDED": Status.FAILED,
    "VOICE_COMPLETED": Status.DELIVERED,
    "VOICE_BUSY": Status.UNDELIVERED,
    "VOICE_NO_ANSWER": Status.UNDELIVERED,
    "VOICE_FAILED": Status.UNDELIVERED,
    "VOICE_TTL_EXPIRED": Status.UNDELIVERED,
}
ON_THE_WAY = frozenset(
    {
        "TEXT_PENDING",
        "TEXT_QUEUED",
        "TEXT_SENT",
        "MEDIA_PENDING",
        "MEDIA_QUEUED",
        "VOICE_INITIATED",
        "VOICE_RINGING",
        "VOICE_ANSWERED",
    }
)
SUPPRESSED: Mapping[str, Reason] = {
    "TEXT_INVALID": Reason.INVALID,
    "MEDIA_INVALID": Reason.INVALID,
}


def read_phone_event(event: Mapping[str, Any]) -> Receipt | None:
    """The receipt in an event; None for steps on the way, and for others' messages."""
    message = message_in(event.get("context") or {})
    if message is None:
        return None
    kind = event["eventType"]
    if kind not in STATUSES and kind not in ON_THE_WAY:
        count_unknown("end_user_messaging", kind)
    if kind not in STATUSES or event.get("isFinal") is False:
        return None
    return Receipt(
        provider="end_user_messaging",
        provider_id=event["messageId"],
        at=from_milliseconds(event["eventTimestamp"]),
        status=STATUSES[kind],
        code=kind,
        suppress=SUPPRESSED.get(kind),
        message=message,
        price=_charged(event) if STATUSES[kind] in HANDED_OVER else None,
    )


def _charged(event: Mapping[str, Any]) -> Price | None:
    """What a text has cost, with what its carrier asks for; None where that isn't said."""
    said = (event.get("totalMessagePrice"), event.get("totalCarrierFee"))
    if any(isinstance(each, bool) or not isinstance(each, int | float) for each in said):
        return None
    price, fee = (Decimal(str(each)) for each in said)
    if not (price.is_finite() and fee.is_finite()) or min(price, fee) < 0:
        return None
    return Price(price + fee, CarrierFees.INCLUDED, estimated=False)
