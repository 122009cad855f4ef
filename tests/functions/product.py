"""The functions as they are deployed: each with its own environment, over one account."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from functions.deliver.handler import handler as deliver
from functions.feedback.handler import handler as feedback
from functions.intake.handler import handler as intake
from functions.manage.handler import handler as manage
from functions.schedule.handler import handler as schedule
from outbound import wiring
from outbound.domain.words import Purpose, Scope
from tests import aws
from tests.functions import events
from tests.memory.clock import MemoryClock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from infra.local.carrier import Carrier, Receipt
    from tests.aws import Account

HANDLERS = {
    "deliver": deliver,
    "feedback": feedback,
    "intake": intake,
    "manage": manage,
    "schedule": schedule,
}
COMMON = "ENVIRONMENT"
TABLES = "CONTACTS_TABLE MESSAGES_TABLE CATALOG_TABLE"
GIVEN = {
    "intake": f"{TABLES} SECRET_ARN QUEUES MESSAGE_RETENTION_DAYS",
    "manage": "CATALOG_TABLE",
    "deliver": f"{TABLES} SECRET_ARN LEASE_SECONDS MESSAGE_RETENTION_DAYS",
    "feedback": "CONTACTS_TABLE MESSAGES_TABLE SECRET_ARN RECEIPTS_QUEUE MESSAGE_RETENTION_DAYS",
    "schedule": "MESSAGES_TABLE CATALOG_TABLE QUEUES",
}
"""What infra gives to each function; deliver also has its channel and all that begins with it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the API."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text)


@dataclass
class Product:
    """Posts, works off queues and plays receipts, as AWS would."""

    account: Account
    carrier: Carrier
    client: Callable[[str], Any]
    clock: MemoryClock
    settings: dict[str, str] = field(default_factory=dict)
    played: list[Receipt] = field(default_factory=list)
    _running: str = ""

    def invoke(self, name: str, event: dict[str, Any], *, channel: str = "") -> Any:
        """Call a handler; another function than the last one starts with nothing kept."""
        if f"{name}.{channel}" != self._running:
            self._start(name, channel)
        return HANDLERS[name](event, events.Context(name))  # type: ignore[arg-type]

    def restart(self) -> None:
        """Whatever runs next starts with nothing kept."""
        self._running = ""

    def send(self, method: str, path: str, key: str | None = None, **request: Any) -> Answer:
        """A request to the API; `json` is its body, `key` a secret."""
        if "json" in request:
            request["body"] = json.dumps(request.pop("json"))
        headers = dict(request.pop("headers", {}))
        if key is not None:
            headers["Authorization"] = f"Bearer {key}"
        event = events.http(method, path, headers=headers, **request)
        answer = self.invoke(events.function_of(method, path), event)
        return Answer(answer["statusCode"], answer["headers"], answer["body"])

    def post(self, key: str, message: Mapping[str, Any], idempotency_key: str = "") -> Answer:
        headers = {"Idempotency-Key": idempotency_key} if idempotency_key else {}
        return self.send("POST", "/v1/messages", key, json=message, headers=headers)

    def get(self, key: str, message_id: str) -> dict[str, Any]:
        answer = self.send("GET", f"/v1/messages/{message_id}", key)
        assert answer.status == 200, answer.text
        message: dict[str, Any] = answer.body
        return message

    def make_key(self, **changes: Any) -> str:
        """The secret of a key that an operator makes."""
        command = {
            "command": "create_key",
            "tenant": "acme",
            "name": "shop",
            "mode": "live",
            "scopes": list(Scope),
            "purposes": list(Purpose),
        }
        made = self.invoke("manage", command | changes)
        assert made["ok"], made
        return str(made["key"]["secret"])

    def deliver(self) -> int:
        """Work off all that is queued; the number of messages."""
        count = 0
        for lane, url in self.account.queues.items():
            bodies = self.take(url)
            if bodies:
                channel = lane.partition(".")[0]
                answer = self.invoke("deliver", events.queue(bodies), channel=channel)
                assert answer == {"batchItemFailures": []}
            count += len(bodies)
        return count

    def feed_back(self) -> None:
        """Play the receipts of all that was sent, and apply them."""
        self.carrier.play_receipts()
        for receipt in self.played:
            line = json.dumps(receipt.body)
            from_logs = receipt.route in ("success", "failure")
            event = events.logs([line]) if from_logs else events.queue([line])
            assert self.invoke("feedback", event) in (None, {"batchItemFailures": []})
        self.played.clear()

    def take(self, url: str) -> list[str]:
        """Take what a queue holds."""
        sqs, bodies = self.client("sqs"), []
        while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            for message in found:
                bodies.append(message["Body"])
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return bodies

    def stored(self) -> dict[str, Any]:
        """All that lies in tables and queues."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed"]
        urls = [*self.account.queues.values(), self.account.receipts_queue]
        sqs, tables = self.client("sqs"), aws.TABLES
        waiting = [
            sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
            for url in urls
        ]
        return {name: aws.items(self.client("dynamodb"), name) for name in tables} | {
            "waiting": [attributes[name] for attributes in waiting for name in names]
        }

    def _start(self, name: str, channel: str) -> None:
        for variable in [each for each in os.environ if each.startswith("OUTBOUND_")]:
            del os.environ[variable]
        given = {f"OUTBOUND_{each}" for each in (COMMON, *GIVEN[name].split())}
        mine = tuple(f"OUTBOUND_{each}" for each in (f"{channel.upper()}_", "UNSUBSCRIBE_URL"))
        for variable, value in self.account.variables(**self.settings).items():
            if variable in given or (channel and variable.startswith(mine)):
                os.environ[variable] = value
        if channel:
            os.environ["OUTBOUND_CHANNEL"] = channel
        forget()
        self._running = f"{name}.{channel}"


def forget(*, clients: bool = False) -> None:
    """Forget what wiring has built, as a new process would; clients may stay, they cost most."""
    kept = () if clients else (wiring.client, wiring._session)
    for built in vars(wiring).values():
        if hasattr(built, "cache_clear") and built not in kept:
            built.cache_clear()
