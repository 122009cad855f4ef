"""An AWS account and its carriers over HTTP, and the stages that work with them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3

from outbound.adapters.receipts.envelope import from_queue
from outbound.adapters.receipts.sns_log import read_sns_log
from outbound.adapters.sqs import ref_of
from outbound.domain.due import MINUTE, minute_of
from outbound.domain.ids import MessageRef
from outbound.domain.instant import to_milliseconds
from outbound.domain.words import Channel
from outbound.flow.deliver import deliver
from outbound.flow.feedback import receive
from outbound.flow.intake import accept
from outbound.flow.schedule import sweep
from outbound.wiring import stores
from tests.faults.requests import request_of
from tests.faults.stage import build
from tests.memory.reminders import MemoryReminders

if TYPE_CHECKING:
    from infra.local.carrier import Receipt
    from infra.local.carrier.server import Running
    from outbound.domain.message import Message
    from tests.aws import Account
    from tests.watch import Watch


@dataclass
class World:
    """One test's view: its own number or address, and time that it moves itself."""

    account: Account
    carrier: Running
    played: list[Receipt]
    watch: Watch
    channel: str = "sms"
    on_unconfirmed: str = "resend"
    now: datetime = field(default_factory=lambda: to_milliseconds(datetime.now(UTC)))
    text: str = ""
    to: str = ""

    def given(self, **changes: Any) -> dict[str, Any]:
        names = ("channel", "on_unconfirmed", "text", "to")
        return {name: getattr(self, name) for name in names} | changes

    def accept(self, **changes: Any) -> Message:
        request, key = request_of(self.given(**changes))
        return accept(request, key, build("intake", self.now)).message

    def deliver(self, body: str) -> None:
        os.environ["OUTBOUND_CHANNEL"] = self.channel
        deliver(ref_of(body), build("deliver", self.now))

    def sweep(self) -> None:
        """Of messages alone: there are no reminders here, and they would cost as many requests."""
        ports = build("schedule", self.now)
        nobodys = MemoryReminders(ports.clock)
        sweep(replace(ports, rates={Channel(self.channel): 10.0}, reminders=nobodys))

    def killed(self, stage: str, step: str, given: object) -> int:
        """Run a stage in a process that dies at a step; its exit code."""
        text = given if isinstance(given, str) else json.dumps(given)
        worker = ["-m", "tests.faults.worker", stage, self.now.isoformat(), step, text]
        environment = os.environ | {"OUTBOUND_CHANNEL": self.channel}
        done = subprocess.run(
            [sys.executable, *worker],
            env=environment,
            timeout=300,
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.watch.write(done.stdout)
        return done.returncode

    def queued(self) -> list[str]:
        """Take what waits in the express lane of the channel."""
        sqs, url = boto3.client("sqs"), self.account.queues[f"{self.channel}.express"]
        bodies = []
        while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            for message in found:
                bodies.append(message["Body"])
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        sqs.close()
        return bodies

    def let_pass(self, minutes: int = 8) -> None:
        """Let time pass: each minute the sweep, and all that is queued is worked off."""
        for _ in range(minutes):
            self.now = minute_of(self.now) + MINUTE + timedelta(seconds=5)
            self.sweep()
            for body in self.queued():
                self.deliver(body)

    def feed_back(self, *, times: int = 1) -> None:
        """Play all receipts of this test's messages."""
        ports = build("feedback", self.now)
        for receipt in self.receipts() * times:
            if receipt.route in ("success", "failure"):
                receive(read_sns_log(receipt.body), ports)
                continue
            read, tries = from_queue(json.dumps(receipt.body))
            if read is not None:
                receive(read, ports, tries=tries)

    def receipts(self) -> list[Receipt]:
        """The receipts of what was sent, waited for until there is one for each."""
        ids = [item["provider_id"] for item in self.sent()]
        end = time.monotonic() + 60
        while not set(ids) <= {receipt.provider_id for receipt in self.played}:
            assert time.monotonic() < end, "the carrier played no receipt"
            time.sleep(0.02)
        return [receipt for receipt in list(self.played) if receipt.provider_id in ids]

    def sent(self) -> list[dict[str, Any]]:
        """What the carrier has of this test."""
        from infra.local.carrier.listing import listing

        items = listing(self.carrier.carrier.outbox)["items"]
        return [item for item in items if item["text"].strip() == self.text]

    def message(self, message_id: str) -> Message:
        found = stores.messages().get(MessageRef("acme", message_id))
        assert found is not None
        return found

    def is_due(self, message_id: str) -> bool:
        """Whether the index still holds the message."""
        answer = boto3.client("dynamodb").scan(TableName="messages", IndexName="due")
        return any(message_id.endswith(item["sk"]["S"]) for item in answer["Items"])
