"""Events of SES, as its configuration set publishes them.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from outbound.adapters.receipts.tags import message_in
from outbound.adapters.receipts.unusual import count_unknown, shown
from outbound.domain.instant import to_milliseconds
from outbound.domain.machines import is_machine, opens_ahead
from outbound.domain.message import Status
from outbound.domain.receipt import Receipt
from outbound.domain.suppression import Reason
from outbound.domain.tracking import CLICKED, OPENED

if TYPE_CHECKING:
    from collections.abc import Mapping

BOUNCES: Mapping[str, tuple[Status, Reason | None]] = {
    "Permanent/General": (Status.BOUNCED, Reason.BOUNCED),
    "Permanent/NoEmail": (Status.BOUNCED, Reason.BOUNCED),
    # On a list of SES: of all its customers' bounces, or of this account's bounces and complaints.
    "Permanent/Suppressed": (Status.BOUNCED, Reason.BOUNCED),
    "Permanent/OnAccountSuppressionList": (Status.BOUNCED, Reason.BOUNCED),
    "Permanent/UnsubscribedRecipient": (Status.BOUNCED, Reason.OPTED_OUT),
    # Sent only after SES has given up: this message is lost, the address may well work again.
    "Transient/General": (Status.UNDELIVERED, None),
    "Transient/MailboxFull": (Status.UNDELIVERED, None),
    "Transient/MessageTooLarge": (Status.UNDELIVERED, None),
    "Transient/CustomTimeoutExceeded": (Status.UNDELIVERED, None),
    "Transient/ContentRejected": (Status.UNDELIVERED, None),
    "Transient/AttachmentRejected": (Status.UNDELIVERED, None),
    "Undetermined/Undetermined": (Status.UNDELIVERED, None),
}
"""By type and subtype. Of a permanent one, AWS asks never to write to the address again."""
SOFT = frozenset(
    {
        "Transient/General",
        "Transient/MailboxFull",
        "Transient/CustomTimeoutExceeded",
        "Undetermined/Undetermined",
    }
)
"""Those that are the address's; what is too large or refused for what it says is the message's."""
COMPLAINTS = frozenset({"abuse", "fraud", "virus", "other"})
NO_COMPLAINTS = frozenset({"not-spam", "auth-failure"})
"""Types of feedback (RFC 5965, RFC 6591): the opposite of a complaint, and a machine's report that
a signature didn't hold."""
ON_THE_WAY = frozenset({"Send", "DeliveryDelay", "Subscription"})


def read_email_event(event: Mapping[str, Any]) -> Receipt | None:
    """The receipt in an event; None for kinds that say nothing of delivery, and others' email."""
    mail = event["mail"]
    tags = {name: values[0] for name, values in (mail.get("tags") or {}).items() if values}
    message = message_in(tags)
    if message is None:
        return None
    kind = event["eventType"]
    if kind not in _READERS:
        if kind not in ON_THE_WAY:
            count_unknown("ses", kind)
        return None
    detail = event.get(_DETAILS[kind]) or {}
    if kind in _AHEAD and _AHEAD[kind](str(detail.get("userAgent") or "")):
        return None
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
    code = shown(f"{bounce.get('bounceType')}/{bounce.get('bounceSubType')}")
    if code not in BOUNCES:
        count_unknown("ses", f"Bounce/{code}")
    general = f"{bounce.get('bounceType')}/General"
    status, suppress = BOUNCES.get(code) or BOUNCES.get(general) or (Status.UNDELIVERED, None)
    return {"status": status, "code": code, "suppress": suppress, "soft": code in SOFT}


def _complaint(complaint: Mapping[str, Any]) -> dict[str, Any]:
    if complaint.get("complaintSubType") == "OnAccountSuppressionList":
        # An earlier complaint: SES took this message and didn't send it.
        code = "Complaint/OnAccountSuppressionList"
        return {"status": Status.UNDELIVERED, "code": code, "suppress": Reason.COMPLAINED}
    kind = complaint.get("complaintFeedbackType")
    if kind in NO_COMPLAINTS:
        return {"status": None, "code": kind}
    if kind is not None and kind not in COMPLAINTS:
        count_unknown("ses", f"Complaint/{kind}")
    return {
        "status": None,
        "code": f"Complaint/{shown(kind or 'unknown')}",
        "mark": "complained",
        "suppress": Reason.COMPLAINED,
    }


def _reject(reject: Mapping[str, Any]) -> dict[str, Any]:
    return {"status": Status.FAILED, "code": shown(f"Reject/{reject.get('reason')}")}


def _rendering_failure(_: Mapping[str, Any]) -> dict[str, Any]:
    return {"status": Status.FAILED, "code": "RenderingFailure"}


def _open(_: Mapping[str, Any]) -> dict[str, Any]:
    return {"status": None, "mark": OPENED}


def _click(_: Mapping[str, Any]) -> dict[str, Any]:
    return {"status": None, "mark": CLICKED}


_READERS = {
    "Delivery": _delivery,
    "Bounce": _bounce,
    "Complaint": _complaint,
    "Reject": _reject,
    "Rendering Failure": _rendering_failure,
    "Open": _open,
    "Click": _click,
}
_DETAILS = {
    "Delivery": "delivery",
    "Bounce": "bounce",
    "Complaint": "complaint",
    "Reject": "reject",
    "Rendering Failure": "failure",
    "Open": "open",
    "Click": "click",
}
_AHEAD = {"Open": opens_ahead, "Click": is_machine}
"""What tells those that nobody has seen: they are left out."""


def _instant(text: str) -> datetime:
    return to_milliseconds(datetime.fromisoformat(text))
