"""SNS Publish to a phone number."""

import re
from typing import Any

from infra.local.carrier.operations.accepted import Accepted, Desk
from infra.local.carrier.outbox import Item
from infra.local.carrier.parse import SNS, refusal

MAX_BYTES = 1600
PHONE_NUMBER = re.compile(r"\+[1-9][0-9]{4,14}")
SMS_TYPE = "AWS.SNS.SMS.SMSType"
SENDER_ID = "AWS.SNS.SMS.SenderID"
MAX_PRICE = "AWS.SNS.SMS.MaxPrice"
ORIGINATION_NUMBER = "AWS.MM.SMS.OriginationNumber"
VALUES = {
    SMS_TYPE: ("String", re.compile(r"Promotional|Transactional")),
    SENDER_ID: ("String", re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9-]{1,11}")),
    MAX_PRICE: ("Number", re.compile(r"[0-9]+(\.[0-9]+)?|\.[0-9]+")),
    ORIGINATION_NUMBER: ("String", re.compile(r"\+?[0-9]{4,14}")),
    "AWS.MM.SMS.EntityId": ("String", re.compile(r".{1,50}")),
    "AWS.MM.SMS.TemplateId": ("String", re.compile(r".{1,50}")),
}


def publish(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Accept a text; a number that has opted out is accepted too, and fails in the log."""
    if "TopicArn" in parameters or "TargetArn" in parameters or "PhoneNumber" not in parameters:
        raise refusal(SNS, "Only a PhoneNumber can be published to here")
    number, text = parameters["PhoneNumber"], parameters["Message"]
    if not PHONE_NUMBER.fullmatch(number):
        raise refusal(SNS, f"PhoneNumber Reason: {number} is not valid to publish to")
    if not text.strip():
        raise refusal(SNS, "Empty message")
    if len(text.encode()) > MAX_BYTES:
        raise refusal(SNS, f"Message Reason: SMS message is longer than {MAX_BYTES} bytes")
    attributes = _attributes(parameters.get("MessageAttributes", {}))
    item = Item(
        provider_id=desk.new_id(),
        service=SNS,
        operation="Publish",
        channel="sms",
        to=(number,),
        sender=attributes.get(SENDER_ID) or attributes.get(ORIGINATION_NUMBER),
        at=desk.now(),
        text=text,
        message_type=attributes.get(SMS_TYPE, "Promotional"),
        max_price=float(attributes[MAX_PRICE]) if MAX_PRICE in attributes else None,
    )
    return Accepted({"MessageId": item.provider_id}, (item,))


def _attributes(attributes: dict[str, dict[str, Any]]) -> dict[str, str]:
    read = {}
    for name, attribute in attributes.items():
        if name not in VALUES:
            continue
        data_type, pattern = VALUES[name]
        value = attribute.get("StringValue", "")
        if attribute["DataType"] != data_type or not pattern.fullmatch(value):
            raise refusal(SNS, f"Message attribute Reason: {name} is not valid")
        read[name] = value
    return read
