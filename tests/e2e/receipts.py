"""Many messages whose receipts come late, twice, in any order, before the message, or never.

`make bench-receipts` does it with five thousand, in a run of its own.
"""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infra.local.carrier.outbox import Item
from infra.local.carrier.parse import END_USER_MESSAGING, SES, SNS
from infra.local.carrier.receipts import Receipt, Step, write_receipt
from infra.local.carrier.settings import Settings
from outbound.adapters.clock import SystemClock
from outbound.adapters.dynamodb.correlation import DynamoCorrelation
from outbound.adapters.dynamodb.messages import DynamoMessages
from outbound.adapters.dynamodb.table import Table
from outbound.domain import ids
from outbound.domain.address import Address
from outbound.domain.instant import to_milliseconds
from outbound.domain.message import Entry, Message, Provider, Status
from outbound.domain.words import Channel
from tests.builders import make_body, make_message, ref_of
from tests.e2e.deployed import deployed, eventually
from tests.e2e.inside import aws, identity_secret, variables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from infra.local.running import LocalRun

TENANT = "demo"
LOST, TWICE, EARLY = 0.1, 0.15, 0.1
TOGETHER = 10
LINES = 100
CLIMB = ("sent", "failed", "undelivered", "delivered", "bounced")
"""Of what a message's receipts say, in whatever order, the last of these counts."""
ENDS = {
    "Delivery": "delivered",
    "Bounce": "bounced",
    "Bounce/Transient/MailboxFull": "undelivered",
    "Reject": "failed",
    "TEXT_SUCCESSFUL": "delivered",
    "TEXT_DELIVERED": "delivered",
    "TEXT_UNREACHABLE": "undelivered",
    "VOICE_COMPLETED": "delivered",
    "VOICE_NO_ANSWER": "undelivered",
    "SUCCESS": "delivered",
    "Phone has blocked SMS": "undelivered",
}
STORIES: Mapping[str, Sequence[tuple[str, ...]]] = {
    SES: [
        ("Send", "Delivery"),
        ("DeliveryDelay", "Delivery"),
        ("Delivery", "Complaint"),
        ("Delivery", "Bounce"),
        ("Bounce",),
        ("Bounce/Transient/MailboxFull",),
        ("Reject",),
    ],
    END_USER_MESSAGING: [
        ("TEXT_PENDING", "TEXT_SUCCESSFUL", "TEXT_DELIVERED"),
        ("TEXT_PENDING", "TEXT_UNREACHABLE"),
        ("TEXT_UNREACHABLE", "TEXT_DELIVERED"),
        ("VOICE_INITIATED", "VOICE_RINGING", "VOICE_COMPLETED"),
        ("VOICE_INITIATED", "VOICE_NO_ANSWER"),
    ],
    SNS: [("SUCCESS",), ("Phone has blocked SMS",)],
}
NAMES = {SES: "ses", END_USER_MESSAGING: "end_user_messaging", SNS: "sns"}


@dataclass
class Told:
    """A message, and what the simulator's book has of it; `early` is told before it is written."""

    message: Message
    provider: str
    provider_id: str
    early: bool
    receipts: list[Receipt] = field(default_factory=list)

    @property
    def end(self) -> tuple[str, bool]:
        """Its status, and whether its recipient has complained."""
        outcomes = [each.outcome for each in self.receipts]
        said = ["sent", *(ENDS[each] for each in outcomes if each in ENDS)]
        return max(said, key=CLIMB.index), "Complaint" in outcomes


@dataclass(frozen=True)
class Figures:
    """What it came to."""

    messages: int
    receipts: int
    seconds: float
    wrong: tuple[str, ...]
    dead: int


@dataclass(frozen=True)
class Telling:
    """What was written and played, and when that began."""

    told: Sequence[Told]
    messages: DynamoMessages
    begun: float


def begin(run: LocalRun, count: int, seed: int) -> Telling:
    """Write so many messages, and play their receipts."""
    chance = random.Random(seed)
    secret, settings = identity_secret(run), Settings()
    told = [_told(number, chance, secret, settings) for number in range(count)]
    table = Table(aws(run, "dynamodb"), variables(run, "feedback")["OUTBOUND_MESSAGES_TABLE"])
    messages = DynamoMessages(table, secret, timedelta(days=1), SystemClock())
    links = DynamoCorrelation(table, secret)
    telling = Telling(told, messages, time.monotonic())
    _write(messages, links, [each for each in told if not each.early])
    first = [receipt for each in told if each.early for receipt in each.receipts]
    rest = [receipt for each in told if not each.early for receipt in each.receipts]
    chance.shuffle(rest)
    _play(run, first)
    _play(run, rest[: len(rest) // 2])
    _write(messages, links, [each for each in told if each.early])
    _play(run, rest[len(rest) // 2 :])
    return telling


def settle(run: LocalRun, telling: Telling, patience: float) -> Figures:
    """Wait until all are as the book has it, and nothing is on its way."""
    wrong: list[str] = []

    def settled() -> bool:
        wrong[:] = _wrong(telling.messages, telling.told)
        return not wrong and _waiting(run, "ReceiptsQueue") == 0

    eventually(settled, patience)
    seconds = time.monotonic() - telling.begun
    receipts = sum(len(each.receipts) for each in telling.told)
    dead = _waiting(run, "ReceiptsDead")
    return Figures(len(telling.told), receipts, seconds, tuple(wrong), dead)


def _told(number: int, chance: random.Random, secret: bytes, settings: Settings) -> Told:
    service = chance.choice(sorted(STORIES))
    story = chance.choice(STORIES[service])
    channel = _channel(service, story)
    made = to_milliseconds(datetime.now(UTC))
    contact = f"con_told_{number}"
    key = ids.contact_key(secret, TENANT, contact)
    email = channel is Channel.EMAIL
    address = f"told{number}@example.com" if email else f"+1425557{number:04}"
    provider_id = str(UUID(int=chance.getrandbits(128)))
    message = make_message(
        id=ids.message_id(key, made, TENANT, "live", f"told {provider_id}"),
        tenant=TENANT,
        contact_id=contact,
        address=Address("email" if email else "phone", address),
        channel=channel,
        status=Status.SENT,
        created_at=made,
        not_before=made,
        timeline=(Entry(Status.ACCEPTED, made), Entry(Status.SENT, made)),
        provider=Provider(NAMES[service], provider_id),
        attempt=1,
    )
    item = Item(
        provider_id=provider_id,
        service=service,
        operation="",
        channel=channel,
        to=(address,),
        sender="Acme <news@example.com>" if email else None,
        at=made,
        text="Told.",
        tags={"outbound_tenant": TENANT, "outbound_message": message.id},
        message_type="Transactional",
    )
    told = Told(message, NAMES[service], provider_id, chance.random() < EARLY)
    for after, outcome in enumerate(story, 1):
        if chance.random() < LOST:
            continue
        at = made + timedelta(seconds=after)
        receipt = write_receipt(item, Step(outcome, item.to), at=at, settings=settings)
        told.receipts += [receipt] * (2 if chance.random() < TWICE else 1)
    chance.shuffle(told.receipts)
    return told


def _channel(service: str, story: Sequence[str]) -> Channel:
    if service == SES:
        return Channel.EMAIL
    return Channel.VOICE if story[0].startswith("VOICE") else Channel.SMS


def _write(messages: DynamoMessages, links: DynamoCorrelation, told: Sequence[Told]) -> None:
    messages.insert_alone([(each.message, make_body(), None) for each in told])
    for each in told:
        if each.provider == "sns":
            until = each.message.created_at + timedelta(days=1)
            links.link("sns", each.provider_id, ref_of(each.message), until=until)


def _play(run: LocalRun, receipts: Iterable[Receipt]) -> None:
    by_route: dict[str, list[str]] = {}
    for each in receipts:
        by_route.setdefault(each.route, []).append(json.dumps(each.body))
    for route, bodies in by_route.items():
        if route in ("email", "phone"):
            _publish(aws(run, "sns"), f"Receipts{route.title()}", bodies)
        else:
            _log(aws(run, "logs"), route, bodies)


def _publish(sns: Any, name: str, bodies: Sequence[str]) -> None:
    [topic] = [each["TopicArn"] for each in sns.list_topics()["Topics"] if name in each["TopicArn"]]
    for some in _some(bodies, TOGETHER):
        entries = [{"Id": str(at), "Message": body} for at, body in enumerate(some)]
        assert not sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries)["Failed"]


def _log(logs: Any, route: str, bodies: Sequence[str]) -> None:
    ends = "/Failure" if route == "failure" else "DirectPublishToPhoneNumber"
    groups = [each["logGroupName"] for each in logs.describe_log_groups()["logGroups"]]
    [group] = [each for each in groups if each.startswith("sns/") and each.endswith(ends)]
    stream = f"told-{time.time_ns()}"
    logs.create_log_stream(logGroupName=group, logStreamName=stream)
    for some in _some(bodies, LINES):
        now = int(time.time() * 1000)
        lines = [{"timestamp": now, "message": body} for body in some]
        logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=lines)


def _some(bodies: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    return (bodies[start : start + most] for start in range(0, len(bodies), most))


def _wrong(messages: DynamoMessages, told: Sequence[Told]) -> list[str]:
    kept: dict[str, Message] = {}
    for start in range(0, len(told), 100):
        refs = [ref_of(each.message) for each in told[start : start + 100]]
        kept |= {ref.id: message for ref, message in messages.get_many(refs).items()}
    return [
        f"{each.message.id}: {each.end}, but {_seen(kept[each.message.id])}"
        for each in told
        if _seen(kept[each.message.id]) != each.end
    ]


def _seen(message: Message) -> tuple[str, bool]:
    return message.status.value, "complained" in message.marks


def _waiting(run: LocalRun, name: str) -> int:
    sqs = aws(run, "sqs")
    [url] = [each for each in sqs.list_queues()["QueueUrls"] if name in each]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return sum(int(count) for said, count in found.items() if said.startswith("ApproximateNumber"))


def main(counted: Callable[[str], None] = print) -> None:
    """Tell of as many messages as are asked for."""
    count = int(sys.argv[1])
    with TemporaryDirectory() as folder, deployed(Path(folder) / ".local") as run:
        figures = settle(run, begin(run, count, seed=count), patience=1200)
    counted(
        f"{figures.messages} messages, {figures.receipts} receipts, {figures.seconds:.0f} s: "
        f"{len(figures.wrong)} not as the book has it, {figures.dead} in the dead-letter queue"
    )
    for each in figures.wrong[:10]:
        counted(each)
    sys.exit(bool(figures.wrong or figures.dead))


if __name__ == "__main__":
    main()
