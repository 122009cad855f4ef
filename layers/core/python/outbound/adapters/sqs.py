"""Queues over SQS. A message on a queue is nothing but a tenant and an id."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from outbound.domain.ids import MessageRef
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.message import Status
from outbound.domain.price import CarrierFees, Price
from outbound.domain.receipt import Receipt
from outbound.domain.run import ChunkRef, RunRef
from outbound.domain.suppression import Reason
from outbound.domain.task import Task, Work

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import timedelta

    from mypy_boto3_sqs import SQSClient

    from outbound.domain.words import Channel, Lane

BATCH = 10
SHORT = (",", ":")


class QueueFull(Exception):
    """SQS didn't take a message; `due` brings it back."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A message of a queue, and the tenant that it is done for, if it is one's.

    SQS brings those of a tenant with few before those of one with many, once workers are busy.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
    """

    body: str
    tenant: str

    @property
    def sent(self) -> dict[str, Any]:
        """As SQS takes it."""
        group = {"MessageGroupId": self.tenant} if self.tenant else {}
        return {"MessageBody": self.body, **group}


@dataclass(frozen=True, slots=True)
class SqsQueue:
    """The delivery queues; `urls` by channel and lane, like `sms.express`."""

    client: SQSClient
    urls: Mapping[str, str]

    def send(self, channel: Channel, lane: Lane, refs: Sequence[MessageRef]) -> None:
        """Queue messages, ten in a request."""
        url = self.urls[f"{channel}.{lane}"]
        queued = [Queued(json.dumps(asdict(ref)), ref.tenant) for ref in refs]
        if len(queued) == 1:
            self.client.send_message(QueueUrl=url, **queued[0].sent)
            return
        send_all(self.client, url, queued)


@dataclass(frozen=True, slots=True)
class SqsChunkQueue:
    """The bulk lanes, as chunks take them."""

    client: SQSClient
    urls: Mapping[str, str]

    def send(
        self, channel: Channel, refs: Sequence[ChunkRef], *, delay: timedelta | None = None
    ) -> None:
        """Queue chunks, ten in a request."""
        queued = [
            Queued(
                json.dumps({**asdict(ref.run), "chunk": ref.id}, separators=SHORT), ref.run.tenant
            )
            for ref in refs
        ]
        send_all(self.client, self.urls[f"{channel}.bulk"], queued, delay)


@dataclass(frozen=True, slots=True)
class SqsTasks:
    """The queue of work in the background."""

    client: SQSClient
    url: str

    def send(self, tasks: Sequence[Task], *, delay: timedelta | None = None) -> None:
        """Queue tasks, ten in a request."""
        queued = [
            Queued(
                json.dumps({"task": task.work, "tenant": task.tenant, "id": task.id}), task.tenant
            )
            for task in tasks
        ]
        send_all(self.client, self.url, queued, delay)


def send_all(
    client: SQSClient, url: str, queued: Sequence[Queued], delay: timedelta | None = None
) -> None:
    """Queue messages, ten in a request.

    Raises:
        QueueFull: SQS didn't take all.
    """
    seconds = int(delay.total_seconds()) if delay else 0
    for start in range(0, len(queued), BATCH):
        entries: list[Any] = [
            {"Id": str(index), "DelaySeconds": seconds, **each.sent}
            for index, each in enumerate(queued[start : start + BATCH])
        ]
        answer = client.send_message_batch(QueueUrl=url, Entries=entries)
        if answer.get("Failed"):
            raise QueueFull(f"{len(answer['Failed'])} messages were not queued")


def task_of(body: str) -> Task:
    """The task that a queue's message names.

    Raises:
        ValueError, LookupError, TypeError: it names none.
    """
    value = json.loads(body)
    return Task(Work(value["task"]), str(value["id"]), str(value["tenant"]))


def ref_of(body: str) -> MessageRef:
    """The message that a queue's message names.

    Raises:
        ValueError, LookupError, TypeError: it names none.
    """
    value = json.loads(body)
    return MessageRef(str(value["tenant"]), str(value["id"]))


def chunk_of(body: str) -> ChunkRef | None:
    """The chunk that a queue's message names; None where it names a message.

    Raises:
        ValueError, LookupError, TypeError: it names neither.
    """
    if '"chunk"' not in body:
        return None
    value = json.loads(body)
    run = RunRef(str(value["tenant"]), str(value["campaign"]), str(value["id"]))
    return ChunkRef(run, str(value["chunk"]))


@dataclass(frozen=True, slots=True)
class SqsHeldReceipts:
    """Receipts that wait in the queue of receipts for what they belong to."""

    client: SQSClient
    url: str

    def hold(self, receipt: Receipt, *, tries: int, delay: timedelta) -> None:
        """Bring a receipt back after a delay of at most 15 minutes."""
        self.client.send_message(
            QueueUrl=self.url,
            MessageBody=json.dumps({"held": _held(receipt), "tries": tries}),
            DelaySeconds=int(delay.total_seconds()),
        )


def held_of(value: Mapping[str, Any]) -> tuple[Receipt, int]:
    """The receipt that was held, and how often it was tried."""
    held = dict(value["held"])
    for name in ("at", "requested_at"):
        held[name] = parse_rfc3339(held[name]) if held[name] else None
    held["status"] = Status(held["status"]) if held["status"] else None
    held["suppress"] = Reason(held["suppress"]) if held["suppress"] else None
    held["message"] = MessageRef(**held["message"]) if held["message"] else None
    held["price"] = _price_of(held.get("price"))
    return Receipt(**held), int(value["tries"])


def _held(receipt: Receipt) -> dict[str, Any]:
    values = asdict(receipt)
    values["at"] = rfc3339(receipt.at)
    values["requested_at"] = rfc3339(receipt.requested_at) if receipt.requested_at else None
    if receipt.price is not None:
        values["price"]["amount"] = str(receipt.price.amount)
    return values


def _price_of(held: Mapping[str, Any] | None) -> Price | None:
    if held is None:
        return None
    fees = CarrierFees(held["carrier_fees"])
    return Price(Decimal(held["amount"]), fees, estimated=held["estimated"])
