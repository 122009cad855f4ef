"""What is measured: each stage of each channel, over the real handlers."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import boto3

from functions.deliver.handler import handler as deliver
from functions.intake.handler import handler as intake
from functions.manage.handler import handler as manage
from outbound.wiring import process
from tests.aws import QUEUE_ARN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.local.carrier import Carrier, Receipt
    from tests.aws import Account

CONTEXT: Any = SimpleNamespace(
    aws_request_id="request-1", get_remaining_time_in_millis=lambda: 30_000
)
TO = {"sms": {"phone": "+14255550177"}, "email": {"email": "ada@example.com"}}
CONTENT = {
    "sms": {"text": "Order {{ order }} has shipped."},
    "email": {"subject": "Order {{ order }}", "text": "Order {{ order }} has shipped."},
    "voice": {"text": "Your order {{ order }} has shipped."},
}
BATCH = 100


@dataclass
class Case:
    """`run` does what is measured, for `count` messages at once.

    `times` is how often it can be run in a warm process, if not as often as one likes; then it
    begins anew.
    """

    name: str
    run: Callable[[], object]
    count: int = 1
    channel: str = "sms"
    times: int = 0


@dataclass
class Bench:
    """The functions on an account in which a contact of each kind is known."""

    account: Account
    carrier: Carrier
    receipts: list[Receipt]
    secret: str = field(init=False)
    keys: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        command = {"command": "create_key", "tenant": "acme", "name": "bench", "mode": "live"}
        scopes = ["messages:write", "messages:read"]
        made = manage({**command, "scopes": scopes, "purposes": ["transactional"]}, CONTEXT)
        self.secret = made["key"]["secret"]

    def post(self, path: str, body: Any) -> Any:
        """An event of API Gateway, answered."""
        answer = intake(
            {
                "version": "2.0",
                "routeKey": f"POST {path}",
                "rawPath": path,
                "rawQueryString": "",
                "headers": {
                    "authorization": f"Bearer {self.secret}",
                    "idempotency-key": f"key-{next(self.keys)}",
                },
                "requestContext": {
                    "http": {"method": "POST", "path": path, "sourceIp": "192.0.2.1"},
                    "requestId": "request-1",
                    "stage": "$default",
                },
                "body": json.dumps(body),
                "isBase64Encoded": False,
            },
            CONTEXT,
        )
        assert answer["statusCode"] < 300, answer["body"]
        return json.loads(answer["body"])

    def intake(self, channel: str) -> Case:
        """One message posted."""
        body = message(channel)
        return Case(f"intake, {channel}", lambda: self.post("/v1/messages", body))

    def batch(self, channel: str) -> Case:
        """Many messages posted at once."""
        body = {"messages": [message(channel)] * BATCH}
        name = f"intake, batch of {BATCH} {channel}"
        return Case(name, lambda: self.post("/v1/messages/batch", body), BATCH, channel)

    def deliver(self, channel: str) -> Case:
        """The next message of a channel, delivered."""
        url = self.account.queues[f"{channel}.express"]
        found = boto3.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)
        bodies = [each["Body"] for each in found["Messages"]]

        def run() -> None:
            record = {"messageId": "1", "body": following(bodies), "eventSourceARN": QUEUE_ARN}
            done(deliver({"Records": [record]}, CONTEXT))

        return Case(f"deliver, {channel}", run, channel=channel)


def following(bodies: list[str]) -> str:
    """The next body; the last one again and again."""
    return bodies.pop(0) if len(bodies) > 1 else bodies[0]


def message(channel: str) -> dict[str, Any]:
    """A message of usual length."""
    return {
        "to": TO.get(channel, TO["sms"]),
        "channel": channel,
        "purpose": "transactional",
        "content": CONTENT[channel],
        "data": {"order": "A-77"},
    }


def done(answer: Any) -> None:
    """Nothing may fail while it is measured."""
    assert answer == {"batchItemFailures": []}, answer


def clients() -> list[Any]:
    """All clients that the functions have made."""
    services = ("dynamodb", "sqs", "secretsmanager")
    senders = [process.sender(service) for service in ("sesv2", "sns", "pinpoint-sms-voice-v2")]
    once = process.client("dynamodb", attempts=1)
    return [*(process.client(service) for service in services), once, *senders]
