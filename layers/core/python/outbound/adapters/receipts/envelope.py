"""The envelopes that receipts come in: the queue of receipts, and CloudWatch Logs.

Into the queue, events come as they are; those that SNS or EventBridge has wrapped are read too. No
signature is looked at: nobody but our topics may send there (`infra/constructs/receipts.py`).
"""

from __future__ import annotations

import base64
import gzip
import json
from typing import TYPE_CHECKING, Any

from outbound.adapters.log import logger, place_of
from outbound.adapters.receipts.email import read_email_event
from outbound.adapters.receipts.phone import read_phone_event
from outbound.adapters.receipts.probe import note_probe
from outbound.adapters.receipts.sns_log import read_sns_log
from outbound.adapters.sqs import held_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from outbound.domain.receipt import Receipt

GREETING = "Successfully validated SNS topic"
"""How SES and End User Messaging try a topic that they are given."""


def from_queue(body: str, account: str | None = None) -> tuple[Receipt | None, int]:
    """The receipt in a message of the queue, and how often it was tried before.

    `account` is ours, where it is known: what another one reports is refused.

    Raises:
        ValueError, LookupError, TypeError: it is nothing that we know, or not of this account.
    """
    if body.startswith(GREETING):
        return None, 0
    try:
        return _read(json.loads(body), account)
    except (AttributeError, OverflowError, RecursionError):
        # What should be an object is none, or a time is beyond all times.
        raise ValueError("not a receipt that we know") from None


def _read(value: Mapping[str, Any], account: str | None) -> tuple[Receipt | None, int]:
    if "held" in value:
        return held_of(value)
    if value.get("Type") == "Notification":
        _check_account(value["TopicArn"].split(":")[4], account)
        return from_queue(value["Message"], account)
    if "detail-type" in value:
        _check_account(value["account"], account)
        return _read(value["detail"], account)
    if "mail" in value:
        _check_account(value["mail"].get("sendingAccountId"), account)
        note_probe(value)
        return read_email_event(value), 0
    if "eventType" in value:
        return read_phone_event(value), 0
    raise ValueError("not a receipt that we know")


def _check_account(said: str | None, account: str | None) -> None:
    if account and said not in (account, None):
        raise ValueError("a receipt of another account")


def from_log_event(event: Mapping[str, Any]) -> Iterator[Receipt]:
    """The receipts in what a subscription filter of CloudWatch Logs brings."""
    data = json.loads(gzip.decompress(base64.b64decode(event["awslogs"]["data"])))
    if data["messageType"] != "DATA_MESSAGE":
        return
    for entry in data["logEvents"]:
        try:
            yield read_sns_log(json.loads(entry["message"]))
        except Exception as error:
            # A line that isn't a delivery log must not hold up the others.
            logger().error("log line not understood", extra=place_of(error))
