"""Texts of people, as SNS brings them from End User Messaging into our queue.

https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html
https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from outbound.adapters.log import logger
from outbound.adapters.signals import LoggedSignals
from outbound.domain.address import Address
from outbound.domain.inbound import InboundText
from outbound.domain.instant import parse_rfc3339, to_milliseconds
from outbound.domain.two_way import NumberType, TwoWayNumber, TwoWayNumbers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

SKEW = timedelta(minutes=5)
LONGEST_BODY = 10_000
"""Characters; a text of ten parts has 1,600."""
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_NUMBER = re.compile(r"\+?[0-9]{3,15}")
_ID = re.compile(r"[A-Za-z0-9_:+/=.-]{1,128}")


class StrangeText(Exception):
    """What came is no text as End User Messaging publishes it. Names the part, and no value."""


def read_text(body: str, topic: str, now: datetime) -> InboundText | None:
    """The text in a message of the queue; None where End User Messaging only tries its topic.

    Raises:
        StrangeText: it is nothing that we know, or comes from another topic.
    """
    envelope = _object(body, "envelope")
    if envelope.get("Type") != "Notification" or envelope.get("TopicArn") != topic:
        raise StrangeText("topic")
    message = _matching(envelope, "Message", None)
    if message.startswith("Successfully validated SNS topic"):
        return None
    payload = _object(message, "payload")
    said = payload.get("messageBody")
    if not isinstance(said, str) or len(said) > LONGEST_BODY:
        raise StrangeText("messageBody")
    return InboundText(
        id=_matching(payload, "inboundMessageId", _ID),
        sender=Address("phone", _matching(payload, "originationNumber", _PHONE)),
        to=_matching(payload, "destinationNumber", _NUMBER),
        body=said,
        at=_instant(envelope, now),
    )


def count_strange(strange: StrangeText) -> None:
    """Tell operators of what can't be read."""
    logger().warning("text not understood", part=str(strange))
    LoggedSignals().count("StrangeInbound")


def read_numbers(text: str) -> TwoWayNumbers:
    """The numbers in the settings of the deployment (`infra/two_way.py`)."""
    settings: dict[str, dict[str, Any]] = json.loads(text)
    return TwoWayNumbers({value: _number(value, of) for value, of in settings.items()})


def _number(value: str, of: Mapping[str, Any]) -> TwoWayNumber:
    return TwoWayNumber(
        value=value,
        tenant=of.get("tenant"),
        type=NumberType(of["type"]),
        self_managed=of["self_managed"],
        emergency=of.get("emergency", False),
    )


def _object(text: str, part: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise StrangeText(part) from None
    if not isinstance(value, dict):
        raise StrangeText(part)
    return value


def _matching(value: Mapping[str, Any], name: str, pattern: re.Pattern[str] | None) -> str:
    text = value.get(name)
    if not isinstance(text, str) or (pattern and not pattern.fullmatch(text)):
        raise StrangeText(name)
    return text


def _instant(envelope: Mapping[str, Any], now: datetime) -> datetime:
    try:
        at = to_milliseconds(parse_rfc3339(_matching(envelope, "Timestamp", None)))
    except (ValueError, OverflowError, TypeError):
        raise StrangeText("Timestamp") from None
    if at > now + SKEW:
        raise StrangeText("Timestamp")
    return at
