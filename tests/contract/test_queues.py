"""The delivery queues, and the receipts that wait in theirs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from outbound.adapters.receipts.envelope import from_queue
from outbound.adapters.sqs import SqsChunkQueue, SqsHeldReceipts, SqsQueue, SqsTasks, ref_of
from outbound.adapters.webhooks.queue import SqsWebhookQueue
from outbound.domain.ids import MessageRef
from outbound.domain.message import Status
from outbound.domain.price import CarrierFees, Price
from outbound.domain.run import ChunkRef, RunRef
from outbound.domain.suppression import Reason
from outbound.domain.task import Task, Work
from outbound.domain.words import Channel, Lane
from tests import aws, memory
from tests.builders import make_delivery, make_message, make_receipt
from tests.builders import ref_of as ref_of_message
from tests.contract.conftest import received
from tests.memory.clock import START


@pytest.fixture(params=["memory", "aws"])
def queues(request):
    """A queue to send to, and a function that takes the ids from the queue of a lane."""
    if request.param == "memory":
        in_memory = memory.MemoryQueue()
        return in_memory, lambda lane: [
            ref.id for channel, each, ref in in_memory.queued if f"{channel}.{each}" == lane
        ]
    request.getfixturevalue("moto")
    sqs = request.getfixturevalue("client")("sqs")
    lanes = ("sms.express", "sms.bulk", "email.express")
    urls = {lane: aws.create_queue(sqs, lane.replace(".", "-")) for lane in lanes}
    return SqsQueue(sqs, urls), lambda lane: [
        json.loads(body)["id"] for body in received(sqs, urls[lane])
    ]


@pytest.mark.parametrize("count", [1, 2, 10, 11, 25])
def test_all_are_queued_on_their_lane(queues, count):
    queue, taken = queues
    refs = [ref_of_message(make_message(f"{number}")) for number in range(count)]
    queue.send(Channel.SMS, Lane.BULK, refs)
    assert sorted(taken("sms.bulk")) == sorted(ref.id for ref in refs)
    assert taken("sms.express") == taken("email.express") == []


def test_what_is_queued_is_grouped_by_tenant_and_by_nothing_else(moto, client):
    sqs = client("sqs")
    url = aws.create_queue(sqs, "sms-bulk")
    mine = [ref_of_message(make_message(f"{number}")) for number in range(12)]
    theirs = [replace(ref, tenant="clinic") for ref in mine]
    queue = SqsQueue(sqs, {"sms.bulk": url})
    queue.send(Channel.SMS, Lane.BULK, mine[:1])
    queue.send(Channel.SMS, Lane.BULK, [*mine[1:], *theirs])
    chunk = ChunkRef(RunRef("dentist", "cmp_1", "run_1"), "0001")
    SqsChunkQueue(sqs, {"sms.bulk": url}).send(Channel.SMS, [chunk])
    SqsWebhookQueue(sqs, url).send([make_delivery()])
    SqsTasks(sqs, url).send([Task(Work.ANCHOR, "2026-11-23"), Task(Work.ERASE, "era_1", "acme")])

    assert grouped(sqs, url) == {
        ("acme", "acme"): 14,
        ("clinic", "clinic"): 12,
        ("dentist", "dentist"): 1,
        (None, ""): 1,
    }


def grouped(sqs, url):
    """How many messages a queue shows, by group and by the tenant that their bodies name."""
    found: Counter[tuple[str | None, str]] = Counter()
    while some := sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"]
    ).get("Messages"):
        found.update(
            (each["Attributes"].get("MessageGroupId"), json.loads(each["Body"])["tenant"])
            for each in some
        )
    return found


def test_no_messages_are_no_request(queues):
    queue, taken = queues
    queue.send(Channel.SMS, Lane.EXPRESS, [])
    assert taken("sms.express") == []


def test_a_message_of_the_queue_names_its_message(moto, client):
    ref = ref_of_message(make_message())
    assert ref_of(json.dumps({"tenant": ref.tenant, "id": ref.id})) == ref


@pytest.mark.parametrize("body", ["", "[]", "{}", "null", "1", '{"tenant": "acme"}', '"x"'])
def test_what_names_no_message_is_an_error(body):
    with pytest.raises((ValueError, LookupError, TypeError)):
        ref_of(body)


RECEIPTS = [
    make_receipt(),
    make_receipt(
        status=None, mark="complained", suppress=Reason.COMPLAINED, code="Complaint/abuse"
    ),
    make_receipt(
        provider="ses",
        status=Status.BOUNCED,
        suppress=Reason.BOUNCED,
        message=MessageRef("acme", make_message().id),
        requested_at=START,
        destination="+14155550123",
        price=Price(Decimal("0.00881"), CarrierFees.INCLUDED, estimated=False),
    ),
]


@pytest.mark.parametrize("receipt", RECEIPTS, ids=["plain", "mark", "full"])
def test_a_held_receipt_comes_back_as_it_was(moto, client, receipt):
    sqs = client("sqs")
    url = aws.create_queue(sqs, "receipts")
    SqsHeldReceipts(sqs, url).hold(receipt, tries=3, delay=timedelta(0))
    [message] = sqs.receive_message(QueueUrl=url)["Messages"]
    assert from_queue(message["Body"]) == (receipt, 3)


def test_a_held_receipt_waits(moto, client):
    sqs = client("sqs")
    url = aws.create_queue(sqs, "receipts")
    SqsHeldReceipts(sqs, url).hold(make_receipt(), tries=6, delay=timedelta(minutes=15))
    assert "Messages" not in sqs.receive_message(QueueUrl=url)
    delayed = sqs.get_queue_attributes(
        QueueUrl=url, AttributeNames=["ApproximateNumberOfMessagesDelayed"]
    )
    assert delayed["Attributes"]["ApproximateNumberOfMessagesDelayed"] == "1"
