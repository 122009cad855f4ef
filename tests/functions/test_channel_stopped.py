"""A provider that refuses everything for a quarter of an hour: what waits leaves then, once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from outbound.adapters.dynamodb.stops import DynamoStops
from outbound.adapters.dynamodb.table import Table
from outbound.adapters.sqs import ref_of
from outbound.domain.due import GRACE, MINUTE
from outbound.domain.instant import to_milliseconds
from outbound.domain.message import Status
from outbound.domain.outcome import Kind, Outcome
from outbound.domain.words import Channel, Lane
from outbound.flow.deliver import deliver
from outbound.flow.schedule import sweep
from outbound.wiring import process, stores
from outbound.wiring.queues import deliveries
from tests.aws import CREDENTIALS, create_account, forget, items
from tests.builders import make_body, make_message
from tests.builders import ref_of as ref_of_message
from tests.faults.stage import Given, build
from tests.memory.reminders import MemoryReminders

if TYPE_CHECKING:
    from outbound.domain.ids import MessageRef
    from outbound.ports import Outgoing

COUNT = 12
"""Moto searches item by item; a thousand, for an hour, are in tests/unit/flow/test_stopping.py."""
REFUSAL = Outcome(Kind.STOPPED, code="MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT")


@dataclass
class Provider:
    """Takes nothing as long as it has a `refusal`."""

    name: str = "sns"
    tags_come_back: bool = True
    refusal: Outcome | None = None
    refused: int = 0
    taken: Counter[str] = field(default_factory=Counter)

    def hand_over(self, outgoing: Outgoing) -> Outcome:
        if self.refusal is not None:
            self.refused += 1
            return self.refusal
        self.taken[outgoing.ref.id] += 1
        return Outcome(Kind.SENT, provider_id=f"taken-{outgoing.ref.id}")


@dataclass
class Channels:
    """One worker and the sweep over DynamoDB and SQS; each minute stands until it is over."""

    now: datetime
    queues: Any
    provider: Provider = field(default_factory=Provider)
    notes: list[str] = field(default_factory=list)

    def count(self, name: str, *, channel: Channel | None = None) -> None:
        """Metrics are looked at elsewhere."""

    def note(self, event: str, *, channel: Channel, code: str) -> None:
        self.notes.append(f"{event} by {code}")

    def accept(self, count: int) -> list[MessageRef]:
        """Write and queue messages as intake and expansion do, in two lanes."""
        refs = []
        for number in range(count):
            lane = Lane.BULK if number % 2 else Lane.EXPRESS
            message = make_message(f"cause {number}", created_at=self.now, lane=lane)
            refs.append(ref_of_message(message))
            assert stores.messages().insert(message, make_body(), due=self.now + GRACE)
            deliveries().send(Channel.SMS, lane, refs[-1:])
        return refs

    def minute(self) -> None:
        self.now += MINUTE
        stops = DynamoStops(Table(process.client("dynamodb"), "catalog"), Given(self.now))
        nobody = MemoryReminders(Given(self.now))
        ports = build("schedule", self.now)
        sweep(replace(ports, stops=stops, signals=self, reminders=nobody))
        ports = build("deliver", self.now)
        ports = replace(ports, stops=stops, signals=self, carrier=self.provider)
        for lane in Lane:
            for body in self.take(f"sms.{lane}"):
                deliver(ref_of(body), ports)

    def take(self, lane: str) -> list[str]:
        sqs, url = process.client("sqs"), self.queues[lane]
        bodies = []
        while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            bodies += [message["Body"] for message in found]
            receipts = [
                {"Id": str(index), "ReceiptHandle": message["ReceiptHandle"]}
                for index, message in enumerate(found)
            ]
            sqs.delete_message_batch(QueueUrl=url, Entries=receipts)
        return bodies


@pytest.fixture
def channels(monkeypatch):
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        own = create_account(lambda service: boto3.client(service))  # type: ignore[call-overload]
        for name, value in own.variables(OUTBOUND_CHANNEL="sms").items():
            monkeypatch.setenv(name, value)
        forget()
        yield Channels(to_milliseconds(datetime.now(UTC)).replace(second=5), own.queues)
    forget()


def test_what_waits_for_a_quarter_of_an_hour_is_sent_once(channels):
    channels.provider.refusal = REFUSAL
    refs = channels.accept(COUNT)
    for _ in range(16):
        channels.minute()
    waiting = Counter(message.status for message in map(stores.messages().get, refs) if message)
    channels.provider.refusal = None
    for _ in range(16):
        channels.minute()

    ended = Counter(message.status for message in map(stores.messages().get, refs) if message)
    print(
        f"{COUNT} messages; after a quarter {dict(waiting)}, the provider asked "
        f"{channels.provider.refused} times; another later {dict(ended)}; {channels.notes}"
    )
    assert ended == {Status.SENT: COUNT}
    assert set(channels.provider.taken.values()) == {1}
    assert channels.provider.taken.keys() == {ref.id for ref in refs}
    assert channels.provider.refused < 8
    assert [note.partition(" by ")[0] for note in channels.notes] == [
        "channel stopped",
        "channel resumed",
    ]
    left = [item for item in items(boto3.client("dynamodb"), "messages") if "due" in item]
    assert not {item["id"]["S"] for item in left} & channels.provider.taken.keys()
    assert not [lane for lane in channels.queues if channels.take(lane)]
