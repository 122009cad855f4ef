"""Texts of people as End User Messaging publishes them, by SNS, into a queue that isn't raw."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from outbound.domain.instant import rfc3339
from tests.aws import INBOUND_TOPIC

# https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html
PAYLOAD = {
    "originationNumber": "+14155550123",
    "destinationNumber": "+12065550143",
    "messageKeyword": "KEYWORD_000000000000",
    "messageBody": "STOP",
    "inboundMessageId": "cae173d2-66b9-564c-8309-21f858e9fb84",
    "previousPublishedMessageId": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}


def payload(**changes: Any) -> dict[str, Any]:
    """What is published; a member that is None is left out."""
    return {name: value for name, value in (PAYLOAD | changes).items() if value is not None}


def envelope(message: Any, **changes: Any) -> dict[str, Any]:
    """https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html"""
    return {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": INBOUND_TOPIC,
        "Message": message if isinstance(message, str) else json.dumps(message),
        "Timestamp": rfc3339(datetime.now(UTC)),
        "SignatureVersion": "1",
        "Signature": "EXAMPLEw6JRN...",
        "SigningCertURL": "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem",
        "UnsubscribeURL": "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe",
        **changes,
    }


def queue_event(*bodies: Any) -> dict[str, Any]:
    """What Lambda is given of a queue."""
    return {
        "Records": [
            {
                "messageId": f"059f36b4-87a3-44ab-83d2-66197578{number:04}",
                "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...",
                "body": body if isinstance(body, str) else json.dumps(body),
                "attributes": {
                    "ApproximateReceiveCount": "1",
                    "SentTimestamp": "1545082649183",
                    "SenderId": "AIDAIENQZJOLO23YVJ4VO",
                    "ApproximateFirstReceiveTimestamp": "1545082649185",
                },
                "messageAttributes": {},
                "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:inbound",
                "awsRegion": "us-east-1",
            }
            for number, body in enumerate(bodies)
        ]
    }
