"""Delivery logs of SNS for texts, as CloudWatch Logs brings them.

https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from outbound.domain.instant import to_milliseconds
from outbound.domain.message import Status
from outbound.domain.receipt import Receipt
from outbound.domain.suppression import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

# The answers that AWS documents; whatever else is a failure of this message alone.
SUPPRESSED: Mapping[str, Reason] = {
    "Invalid phone number": Reason.INVALID,
    "Phone number is opted out": Reason.OPTED_OUT,
}


def read_sns_log(line: Mapping[str, Any]) -> Receipt:
    """The receipt in one line of the log."""
    notification, delivery = line["notification"], line["delivery"]
    requested = datetime.fromisoformat(notification["timestamp"]).replace(tzinfo=UTC)
    answer = str(delivery.get("providerResponse", ""))
    delivered = line["status"] == "SUCCESS"
    return Receipt(
        provider="sns",
        provider_id=notification["messageId"],
        at=to_milliseconds(requested + timedelta(milliseconds=delivery.get("dwellTimeMs", 0))),
        status=Status.DELIVERED if delivered else Status.UNDELIVERED,
        code=answer or None,
        suppress=None if delivered else SUPPRESSED.get(answer),
        destination=delivery.get("destination"),
        requested_at=to_milliseconds(requested),
    )
