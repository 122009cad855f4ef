"""Events as SES publishes them for a configuration set."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from infra.local.carrier.listing import instant
from infra.local.carrier.outbox import Item
from infra.local.carrier.receipts.plan import Step
from infra.local.carrier.settings import Settings

REPORTER = "dns; a8-30.smtp-out.amazonses.com"
BOUNCES = {
    "Permanent": ("5.1.1", "smtp; 550 5.1.1 user unknown"),
    "Transient": ("4.4.7", "smtp; 554 4.4.7 Message expired: unable to deliver in 840 minutes"),
    "Undetermined": ("5.0.0", "smtp; 550 unknown"),
}


def ses_event(item: Item, step: Step, at: datetime, settings: Settings) -> dict[str, Any]:
    """Write an event; an outcome is the event's type, with `/` and sub-types where it has any."""
    event_type, *kinds = step.outcome.split("/")
    key, details = DETAILS[event_type]
    return {
        "eventType": event_type,
        "mail": _mail(item, settings),
        key: details(item, step.recipients, at, kinds),
    }


def _mail(item: Item, settings: Settings) -> dict[str, Any]:
    sender = item.sender or ""
    domain = sender.rstrip(">").rpartition("@")[2]
    named = {"From": sender, "To": ", ".join(item.to), "Subject": item.subject or ""}
    system = {
        "ses:operation": item.operation,
        "ses:configuration-set": item.configuration_set,
        "ses:source-ip": "127.0.0.1",
        "ses:from-domain": domain,
        "ses:caller-identity": "outbound",
    }
    return {
        "timestamp": instant(item.at),
        "source": sender,
        "sourceArn": f"arn:aws:ses:{settings.region}:{settings.account}:identity/{domain}",
        "sendingAccountId": settings.account,
        "messageId": item.provider_id,
        "destination": list(item.recipients),
        "headersTruncated": False,
        "headers": [
            {"name": name, "value": value} for name, value in (*named.items(), *item.headers)
        ],
        "commonHeaders": {
            "from": [sender],
            "to": list(item.to),
            "messageId": item.provider_id,
            "subject": item.subject,
        },
        "tags": {name: [value] for name, value in {**system, **item.tags}.items() if value},
    }


def _send(*_: Any) -> dict[str, Any]:
    return {}


def _delivery(item: Item, to: tuple[str, ...], at: datetime, _: list[str]) -> dict[str, Any]:
    return {
        "timestamp": instant(at),
        "processingTimeMillis": max(0, int((at - item.at).total_seconds() * 1000)),
        "recipients": list(to),
        "smtpResponse": "250 2.6.0 Message received",
        "reportingMTA": "a8-30.smtp-out.amazonses.com",
    }


def _bounce(item: Item, to: tuple[str, ...], at: datetime, kinds: list[str]) -> dict[str, Any]:
    kind, subtype = (*kinds, *("Permanent", "General")[len(kinds) :])
    status, diagnosis = BOUNCES[kind]
    refused = {"action": "failed", "status": status, "diagnosticCode": diagnosis}
    return {
        "feedbackId": f"0100-{uuid4()}-000000",
        "bounceType": kind,
        "bounceSubType": subtype,
        "bouncedRecipients": [{"emailAddress": one, **refused} for one in to],
        "timestamp": instant(at),
        "reportingMTA": REPORTER,
    }


def _complaint(_: Item, to: tuple[str, ...], at: datetime, __: list[str]) -> dict[str, Any]:
    return {
        "feedbackId": f"0100-{uuid4()}-000000",
        "complaintSubType": None,
        "complainedRecipients": [{"emailAddress": one} for one in to],
        "timestamp": instant(at),
        "userAgent": "Amazon SES Mailbox Simulator",
        "complaintFeedbackType": "abuse",
        "arrivalDate": instant(at),
    }


def _reject(*_: Any) -> dict[str, Any]:
    return {"reason": "Bad content"}


def _failure(item: Item, *_: Any) -> dict[str, Any]:
    reason = item.rendering_error or "Attribute is not present in the rendering data."
    return {"templateName": "inline", "errorMessage": reason}


def _delay(_: Item, to: tuple[str, ...], at: datetime, kinds: list[str]) -> dict[str, Any]:
    refused = {"status": "4.4.1", "diagnosticCode": "smtp; 421 4.4.1 Unable to connect"}
    return {
        "timestamp": instant(at),
        "delayType": kinds[0] if kinds else "TransientCommunicationFailure",
        "expirationTime": instant(at + timedelta(hours=14)),
        "delayedRecipients": [{"emailAddress": one, **refused} for one in to],
        "reportingMTA": "a8-30.smtp-out.amazonses.com",
    }


Details = Callable[[Item, tuple[str, ...], datetime, list[str]], dict[str, Any]]
DETAILS: dict[str, tuple[str, Details]] = {
    "Send": ("send", _send),
    "Delivery": ("delivery", _delivery),
    "Bounce": ("bounce", _bounce),
    "Complaint": ("complaint", _complaint),
    "Reject": ("reject", _reject),
    "DeliveryDelay": ("deliveryDelay", _delay),
    "Rendering Failure": ("failure", _failure),
}
