"""Events of SES, as its configuration set publishes them.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from outbound.adapters.receipts.tags import message_in
from outbound.domain.instant import to_milliseconds
from outbound.domain.message import Status
from outbound.domain.receipt import Receipt
from outbound.domain.suppression import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_email_event(event: Mapping[str, Any]) -> Receipt | None:
    """The receipt in an event; None for kinds that say nothing of delivery, and others' email."""
    mail = event["mail"]
    tags = {name: values[0] for name, values in mail.get("tags", {}).items() if values}
    message = message_in(tags)
    kind = event["eventType"]
    if message is None or kind not in _READERS:
        return None
    detail = event.get(_DETAILS[kind], {})
    return Receipt(
        provider="ses",
        provider_id=mail["messageId"],
        at=_instant(detail.get("timestamp") or mail["timestamp"]),
        message=message,
        **_READERS[kind](detail),
    )


def _delivery(_: Mapping[str, Any]) -> dict[str, Any]:
    return {"status": Status.DELIVERED}


def _bounce(bounce: Mapping[str, Any]) -> dict[str, Any]:
    code = f"{bounce.get('bounceType')}/{bounce.get('bounceSubType')}"
    permanent = bounce.get("bounceType") == "Permanent"
    # A transient bounce is sent only after SES has given up: this message is lost, the address
    # may well work again.
    return {
        "status": Status.BOUNCED if permanent else Status.UNDELIVERED,
        "code": code,
        "suppress": Reason.BOUNCED if permanent else None,
    }


def _complaint(complaint: Mapping[str, Any]) -> dict[str, Any]:
    kind = complaint.get("complaintFeedbackType") or complaint.get("complaintSubType")
    if kind == "not-spam":
        return {"status": None, "code": "not-spam"}
    return {
        "status": None,
        "code": f"Complaint/{kind or 'unknown'}",
        "mark": "complained",
        "suppress": Reason.COMPLAINED,
    }


def _reject(reject: Mapping[str, Any]) -> dict[str, Any]:
    return {"status": Status.FAILED, "code": f"Reject/{reject.get('reason', 'unknown')}"}


def _rendering_failure(_: Mapping[str, Any]) -> dict[str, Any]:
    return {"status": Status.FAILED, "code": "RenderingFailure"}


_READERS = {
    "Delivery": _delivery,
    "Bounce": _bounce,
    "Complaint": _complaint,
    "Reject": _reject,
    "Rendering Failure": _rendering_failure,
}
_DETAILS = {
    "Delivery": "delivery",
    "Bounce": "bounce",
    "Complaint": "complaint",
    "Reject": "reject",
    "Rendering Failure": "failure",
}


def _instant(text: str) -> datetime:
    return to_milliseconds(datetime.fromisoformat(text))
