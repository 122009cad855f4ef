"""Delivery status of texts as SNS writes it to CloudWatch Logs."""

from datetime import UTC, datetime
from typing import Any

from infra.local.carrier.outbox import Item
from infra.local.carrier.phone import PART_PRICE, count_parts
from infra.local.carrier.receipts.plan import LOG_SUCCESS, LOG_UNREACHABLE

ACCEPTED = "Message has been accepted by phone carrier"


def delivery_log(item: Item, outcome: str, at: datetime) -> tuple[str, dict[str, Any]]:
    """Write a line and name its log group; an outcome but SUCCESS is the carrier's reason."""
    delivered = outcome == LOG_SUCCESS
    said = ACCEPTED if delivered else LOG_UNREACHABLE if outcome == "FAILURE" else outcome
    parts = count_parts(item.text or "")
    accepted = item.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    line = {
        "notification": {"messageId": item.provider_id, "timestamp": accepted},
        "delivery": {
            "phoneCarrier": "Simulated carrier",
            "mnc": 800,
            "mcc": 310,
            "numberOfMessageParts": parts,
            "destination": item.to[0],
            "priceInUSD": round(parts * PART_PRICE, 5),
            "smsType": item.message_type,
            "providerResponse": said,
            "dwellTimeMs": max(0, int((at - item.at).total_seconds() * 1000)),
        },
        "status": "SUCCESS" if delivered else "FAILURE",
    }
    return ("success" if delivered else "failure"), line
