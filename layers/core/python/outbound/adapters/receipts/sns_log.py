"""Delivery logs of SNS for texts, as CloudWatch Logs brings them.

https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from outbound.adapters.receipts.unusual import count_refusal_of_account, count_unknown, shown
from outbound.domain.instant import to_milliseconds
from outbound.domain.message import Status
from outbound.domain.receipt import Receipt
from outbound.domain.suppression import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

QUOTA = "No quota left for account"
REVIEW = "Your account requires additional review"

STATUSES: Mapping[str, Status] = {
    "Blocked as spam by phone carrier": Status.UNDELIVERED,
    "Destination is blacklisted": Status.UNDELIVERED,
    "Destination is on a blocked list": Status.UNDELIVERED,
    "Invalid phone number": Status.UNDELIVERED,
    "Message body is invalid": Status.FAILED,
    "Phone carrier has blocked this message": Status.UNDELIVERED,
    "Phone carrier is currently unreachable/unavailable": Status.UNDELIVERED,
    "Phone has blocked SMS": Status.UNDELIVERED,
    "Phone is blacklisted": Status.UNDELIVERED,
    "Phone is on a blocked list": Status.UNDELIVERED,
    "Phone is currently unreachable/unavailable": Status.UNDELIVERED,
    "Phone number is opted out": Status.UNDELIVERED,
    "This delivery would exceed max price": Status.FAILED,
    "Unknown error attempting to reach phone": Status.UNDELIVERED,
    # Not in AWS's list, but in its logs: the monthly limit is reached, and a new account's texts
    # wait for AWS's support. https://github.com/aws/aws-sdk-js/issues/3843 and issues/3012
    QUOTA: Status.FAILED,
    REVIEW: Status.FAILED,
}
SUPPRESSED: Mapping[str, Reason] = {
    "Invalid phone number": Reason.INVALID,
    "Phone number is opted out": Reason.OPTED_OUT,
}
OF_THE_ACCOUNT = (QUOTA, REVIEW)


def read_sns_log(line: Mapping[str, Any]) -> Receipt:
    """The receipt in one line of the log.

    Raises:
        ValueError, LookupError, TypeError: it is no line of such a log.
    """
    notification, delivery = line["notification"], line["delivery"]
    if line["status"] not in ("SUCCESS", "FAILURE"):
        raise ValueError("neither a success nor a failure")
    requested = datetime.fromisoformat(notification["timestamp"]).replace(tzinfo=UTC)
    dwelt = timedelta(milliseconds=delivery.get("dwellTimeMs") or 0)
    answer = _answer(delivery)
    delivered = line["status"] == "SUCCESS"
    return Receipt(
        provider="sns",
        provider_id=notification["messageId"],
        at=to_milliseconds(requested + dwelt),
        status=Status.DELIVERED if delivered else _failed(answer),
        code=answer or None,
        suppress=None if delivered else SUPPRESSED.get(answer),
        destination=delivery.get("destination"),
        requested_at=to_milliseconds(requested),
    )


def _answer(delivery: Mapping[str, Any]) -> str:
    answer = shown(delivery.get("providerResponse") or "").strip()
    # Behind this one stand an explanation and an address.
    return REVIEW if answer.startswith(REVIEW) else answer


def _failed(answer: str) -> Status:
    if answer in OF_THE_ACCOUNT:
        count_refusal_of_account("sns", answer)
    elif answer not in STATUSES:
        count_unknown("sns", answer)
    return STATUSES.get(answer, Status.UNDELIVERED)
