from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from functions.deliver.handler import handler as deliver
from functions.feedback.handler import handler as feedback
from functions.intake.handler import handler as intake
from functions.manage.handler import handler as manage
from infra.local.carrier import Carrier, Receipt, Settings, installed
from outbound.adapters.pages.reference import document
from outbound.wiring import catalog, process
from outbound.wiring import deliver as wiring
from tests.aws import (
    ACCOUNT,
    ALONE,
    CONFIGURATION_SET,
    CREDENTIALS,
    QUEUE_ARN,
    RECEIPTS_ARN,
    TABLES,
    Account,
    count,
    create_account,
    forget,
)
from tests.described import check_answer
from tests.quick_moto import make_quick
from tests.watch import watching

make_quick()

CONTEXT: Any = SimpleNamespace(
    aws_request_id="request-1", get_remaining_time_in_millis=lambda: 30_000
)
SCOPES = ["messages:write", "messages:read", "templates:write", "templates:read", "keys:write"]
SCOPES += ["media:write", "media:read", "contacts:write", "contacts:read", "contacts:erase"]
SCOPES += ["contacts:export"]
SCOPES += ["suppressions:write", "suppressions:read"]
SCOPES += ["campaigns:write", "campaigns:read", "campaigns:launch"]
SCOPES += ["segments:write", "segments:read"]
SCOPES += ["testers:write", "testers:read"]
SCOPES += ["webhooks:write", "webhooks:read"]
TRIALS = ("/preview", "/test-send")
INTAKE = ("/v1/messages", "/v1/routes", "/v1/prices", "/v1/testers", "/v1/reminders")
SCOPES += ["settings:write", "settings:read", "programmes:write", "programmes:read"]
SCOPES += ["rules:write", "rules:read"]
SCOPES += ["stats:read", "budgets:write", "budgets:read"]
SCOPES += ["coupons:write", "coupons:read"]
SCOPES += ["alerts:write", "alerts:read", "alerts:approve"]
SCOPES += ["reminders:write", "reminders:read"]
PURPOSES = ["transactional", "informational", "healthcare", "marketing"]


PAGES_ROUTES = tuple(f"/{use}/{{token}}" for use in "upscae")


def route_of(method: str, path: str) -> str:
    """The route as API Gateway names it, without what stands for its variables."""
    for route in sorted((*document()["paths"], *PAGES_ROUTES), key=lambda each: "{" in each):
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", route), path):
            return f"{method} {route}"
    return "$default"


def event(method: str, path: str, body: str | None, headers: dict[str, str], query: dict[str, str]):
    """A request as API Gateway gives it to a function (payload format 2.0)."""
    return {
        "version": "2.0",
        "routeKey": route_of(method, path),
        "rawPath": path,
        "rawQueryString": "&".join(f"{name}={value}" for name, value in query.items()),
        "headers": headers,
        "queryStringParameters": query or None,
        "requestContext": {
            "http": {"method": method, "path": path, "sourceIp": "192.0.2.1"},
            "requestId": "request-1",
            "stage": "$default",
        },
        "body": body,
        "isBase64Encoded": False,
    }


def _body(answer: dict[str, Any]) -> Any:
    """What an answer holds, read where it is JSON."""
    content = answer["headers"]["Content-Type"]
    return json.loads(answer["body"]) if content.endswith("json") else answer["body"]


@dataclass
class Api:
    """The functions, as callers and AWS meet them."""

    account: Account
    carrier: Carrier
    receipts: list[Receipt]
    secret: str = ""

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        headers: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
    ) -> Any:
        ours = path.startswith(INTAKE) and not path.endswith("/evidence")
        handler = intake if ours or path.endswith(TRIALS) else manage
        text = body if isinstance(body, str) or body is None else json.dumps(body)
        sent = {"authorization": f"Bearer {key or self.secret}", **(headers or {})}
        answer: Any = handler(event(method, path, text, sent, query or {}), CONTEXT)
        check_answer(method, path, answer)
        return SimpleNamespace(
            status=answer["statusCode"],
            body=_body(answer),
            headers={name.lower(): value for name, value in answer["headers"].items()},
        )

    def make_key(self, **changes: Any) -> dict[str, Any]:
        values = {"tenant": "acme", "name": "shop", "mode": "live", "scopes": SCOPES}
        command = {"command": "create_key", "purposes": PURPOSES, **values, **changes}
        answer = manage(command, CONTEXT)
        assert answer["ok"], answer
        key: dict[str, Any] = answer["key"]
        return key

    def operate(self, command: str, **arguments: Any) -> Any:
        """What the manage function answers to an operator."""
        return manage({"command": command, **arguments}, CONTEXT)

    def work_off(
        self, channel: str, monkeypatch: pytest.MonkeyPatch, lane: str = "express"
    ) -> None:
        """Give the deliver function of a channel what a lane of it holds."""
        monkeypatch.setenv("OUTBOUND_CHANNEL", channel)
        process.settings.cache_clear()
        wiring.deliver.cache_clear()
        catalog.stops.cache_clear()
        url = self.account.queues[f"{channel}.{lane}"]
        found = boto3.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)
        records = [
            {
                "messageId": message["MessageId"],
                "body": message["Body"],
                "eventSourceARN": QUEUE_ARN,
            }
            for message in found.get("Messages", [])
        ]
        assert deliver({"Records": records}, CONTEXT) == {"batchItemFailures": []}

    def feed_back(self) -> None:
        """Give the receipts of the carrier to feedback, in the envelopes that AWS uses."""
        self.carrier.play_receipts()
        for receipt in self.receipts:
            if receipt.route in ("success", "failure"):
                lines = [{"id": "1", "timestamp": 1, "message": json.dumps(receipt.body)}]
                data = {"messageType": "DATA_MESSAGE", "logEvents": lines}
                packed = base64.b64encode(gzip.compress(json.dumps(data).encode())).decode()
                feedback({"awslogs": {"data": packed}}, CONTEXT)
            else:
                assert self.report(receipt.body) == {"batchItemFailures": []}

    def report(self, *bodies: Any) -> Any:
        """What feedback answers to messages of the queue of receipts."""
        records = [
            {
                "messageId": str(number),
                "body": body if isinstance(body, str) else json.dumps(body),
                "eventSourceARN": RECEIPTS_ARN,
            }
            for number, body in enumerate(bodies)
        ]
        return feedback({"Records": records}, CONTEXT)

    def written(self) -> int:
        """How many items all tables hold."""
        dynamodb = boto3.client("dynamodb")
        return sum(count(dynamodb, table) for table in TABLES)


@pytest.fixture(autouse=True)
def watch():
    """Nothing that the functions write into their log, whatever a test does, is personal."""
    with watching() as watch:
        yield watch
    assert watch.personal() == []


@pytest.fixture(scope="module")
def api():
    patch = pytest.MonkeyPatch()
    for name, value in CREDENTIALS.items():
        patch.setenv(name, value)
    received: list[Receipt] = []
    settings = Settings(
        account=ACCOUNT,
        identities=("example.com", "clinic.test"),
        configuration_sets=(CONFIGURATION_SET,),
    )
    carrier = Carrier(settings, sink=received.append)
    with mock_aws(config=ALONE), installed(carrier):
        account = create_account(lambda service: boto3.client(service))  # type: ignore[call-overload]
        for name, value in account.variables(OUTBOUND_CHANNEL="sms").items():
            patch.setenv(name, value)
        forget()
        api = Api(account, carrier, received)
        api.secret = api.make_key()["secret"]
        yield api
    forget()
    patch.undo()


@pytest.fixture
def somebody(request):
    """A path of a contact of this test's own."""
    digest = hashlib.sha256(request.node.name.encode()).hexdigest()
    return f"/v1/contacts/{digest[:16]}"
