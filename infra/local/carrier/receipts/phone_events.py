"""Events as End User Messaging publishes them for a configuration set."""

from datetime import datetime
from typing import Any

from infra.local.carrier.outbox import Item
from infra.local.carrier.phone import PART_PRICE, count_parts, country, is_gsm

CHOSEN_BY_POOL = "+12065550152"
NOT_FINAL = frozenset({"PENDING", "QUEUED", "SENT", "INITIATED", "RINGING", "ANSWERED"})
DESCRIPTIONS = {
    "SUCCESSFUL": "Message has been accepted by phone carrier",
    "DELIVERED": "Message has been accepted by phone",
    "UNREACHABLE": "Phone is currently unreachable/unavailable",
    "CARRIER_UNREACHABLE": "Phone carrier is currently unreachable/unavailable",
    "BLOCKED": "Phone has blocked SMS",
    "CARRIER_BLOCKED": "Phone carrier has blocked this message",
    "INVALID": "Invalid phone number",
    "SPAM": "Blocked as spam by phone carrier",
    "UNKNOWN": "Unknown error attempting to reach phone",
    "FILE_INACCESSIBLE": "The media file could not be read",
    "FILE_TYPE_UNSUPPORTED": "The type of the media file is not supported",
    "FILE_SIZE_EXCEEDED": "The media file is too large",
    "NO_ANSWER": "The call was not answered",
    "COMPLETED": "The call was completed",
}


def phone_event(item: Item, event_type: str, at: datetime) -> dict[str, Any]:
    """Write an event; calls and media messages have only the fields common to all."""
    kind, _, status = event_type.partition("_")
    number = item.to[0]
    event = {
        "eventType": event_type,
        "eventVersion": "1.0",
        "eventTimestamp": _milliseconds(at),
        "isFinal": status not in NOT_FINAL,
        "originationPhoneNumber": _number(item.sender),
        "destinationPhoneNumber": number,
        "isoCountryCode": country(number),
        "isInternationalSend": country(number) != "US",
        "messageId": item.provider_id,
        "messageRequestTimestamp": _milliseconds(item.at),
        "messageStatus": status,
        "messageStatusDescription": DESCRIPTIONS.get(status, status.capitalize()),
    }
    if item.tags:
        event["context"] = dict(item.tags)
    if kind == "TEXT":
        parts = count_parts(item.text or "")
        event |= {
            "mcc": "310",
            "mnc": "800",
            "carrierName": "Simulated carrier",
            "messageEncoding": "GSM" if is_gsm(item.text or "") else "Unicode",
            "messageType": item.message_type,
            "totalMessageParts": parts,
            "totalMessagePrice": round(parts * PART_PRICE, 5),
            "totalCarrierFee": 0.0,
        }
    return event


def _number(identity: str | None) -> str:
    return identity if identity and identity.startswith("+") else CHOSEN_BY_POOL


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
