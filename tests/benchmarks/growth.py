"""`make bench-growth`: the expansion of a segment, from a thousand contacts to a million, and the
reading of files up to a hundred thousand (`rows.py`).

DynamoDB and SQS answer from here, without sockets: contacts are made up page by page, as large as
usual ones, and all that is written is taken. So the CPU is ours, the SDK's, and a little of these
answers; each size has a process of its own, so the memory is that of one worker after another.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import boto3
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from moto import mock_aws

from outbound.adapters.dynamodb.contact_item import contact_item
from outbound.adapters.dynamodb.contact_keys import shard_place
from outbound.adapters.dynamodb.table import wire
from outbound.domain.address import Address
from outbound.domain.campaign import Audience
from outbound.domain.shards import SHARDS
from outbound.domain.words import Channel
from outbound.wiring import catalog, process
from tests.aws import CREDENTIALS, create_account, forget
from tests.benchmarks import rows
from tests.benchmarks.campaigns import launched, records, work
from tests.builders import make_contact, make_segment

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (1_000, 10_000, 100_000, 1_000_000)
EXPRESSION = 'contact.region == "US-NY" and attributes.plan in ["pro", "team"]'
ZONES = ("America/New_York", "America/Los_Angeles", "Europe/Paris")


class _Body(BytesIO):
    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


@dataclass
class Answers:
    """What AWS says to an expansion of `count` contacts; `asked` counts the requests."""

    count: int
    contacts: str
    kept: dict[tuple[str, str, str], dict[str, Any]]
    """What moto had of the other tables when it was left, by table and key."""
    secret: str
    asked: dict[str, int] = field(default_factory=dict)
    chunked: int = 0

    def __post_init__(self) -> None:
        self._people = [_person(zone) for zone in ZONES]
        self._shards = {shard_place("acme", shard): shard for shard in range(SHARDS)}

    def __call__(self, request: Any, event_name: str, **_: Any) -> AWSResponse:
        name = event_name.rpartition(".")[2]
        self.asked[name] = self.asked.get(name, 0) + 1
        asked = json.loads(request.body)
        if name == "Query" and asked["TableName"] == self.contacts:
            return self._page(request, asked)
        told = {
            "PutItem": lambda _: {},
            "GetItem": self._item,
            "GetSecretValue": lambda _: {"SecretString": self.secret},
            "Query": self._between,
            "SendMessageBatch": self._queued,
        }[name](asked)
        return _answer(request, json.dumps(told).encode())

    def _item(self, asked: dict[str, Any]) -> dict[str, Any]:
        found = self.kept.get((asked["TableName"], *(asked["Key"][k]["S"] for k in ("pk", "sk"))))
        return {"Item": found} if found else {}

    def _between(self, asked: dict[str, Any]) -> dict[str, Any]:
        values = {name: each["S"] for name, each in asked["ExpressionAttributeValues"].items()}
        pk = values.pop(":pk")
        first, last = min(values.values()), max(values.values())
        items = [
            item
            for (table, of, sk), item in sorted(self.kept.items(), key=lambda each: each[0])
            if table == asked["TableName"] and of == pk and first <= sk <= last
        ]
        return {"Count": len(items), "Items": items}

    def _queued(self, asked: dict[str, Any]) -> dict[str, Any]:
        taken = [
            {"Id": each["Id"], "MessageId": each["Id"], "MD5OfMessageBody": "0" * 32}
            for each in asked["Entries"]
        ]
        self.chunked += len(taken)
        return {"Successful": taken, "Failed": []}

    def _page(self, request: Any, asked: dict[str, Any]) -> AWSResponse:
        pk = asked["ExpressionAttributeValues"][":pk"]["S"]
        after = asked.get("ExclusiveStartKey")
        begins = int(after["sk"]["S"].rpartition("-")[2]) + 1 if after else 0
        # Each shard has its share, those of the first ones one more.
        size = len(range(self._shards[pk], self.count, SHARDS))
        ends = min(begins + asked["Limit"], size)
        items = [
            self._people[number % len(ZONES)].replace("PK", pk).replace("0000000", f"{number:07}")
            for number in range(begins, ends)
        ]
        last = ""
        if ends < size:
            key = {"pk": {"S": pk}, "sk": {"S": f"person-{ends - 1:07}"}}
            last = f', "LastEvaluatedKey": {json.dumps(key)}'
        told = f'{{"Count": {len(items)}, "Items": [{", ".join(items)}]{last}}}'
        return _answer(request, told.encode())


def _kept() -> dict[tuple[str, str, str], dict[str, Any]]:
    dynamodb = boto3.client("dynamodb")
    return {
        (table, item["pk"]["S"], item["sk"]["S"]): item
        for table in (os.environ["OUTBOUND_CATALOG_TABLE"], os.environ["OUTBOUND_RUNS_TABLE"])
        for item in dynamodb.scan(TableName=table)["Items"]
    }


def _person(zone: str) -> str:
    contact = make_contact(
        "person-0000000",
        Address("email", "person-0000000@example.com"),
        timezone=zone,
        region="US-NY",
        attributes={"name": "Person 0000000", "plan": "pro"},
    )
    return json.dumps(wire({"pk": "PK", "sk": contact.id, **contact_item(contact)}))


def _answer(request: Any, content: bytes) -> AWSResponse:
    headers = HTTPHeaders.from_dict({"Content-Type": "application/x-amz-json-1.0"})
    return AWSResponse(request.url, 200, headers, _Body(content))


def measure(count: int) -> dict[str, float]:
    """Expand a campaign to a segment of so many, one shard after the other, as workers would."""
    os.environ.update(CREDENTIALS, POWERTOOLS_LOG_LEVEL="ERROR", POWERTOOLS_SERVICE_NAME="bench")
    with mock_aws():
        account = create_account(lambda service: boto3.client(service))  # type: ignore[call-overload]
        os.environ.update(account.variables(OUTBOUND_CHANNEL="email"))
        forget()
        catalog.segments().save(make_segment("everybody", EXPRESSION))
        launched(account, Channel.EMAIL, Audience("everybody"), f"growth {count}")
        shards = records(account.expand_queue)
        secret = process.secret().decode()
        answers = Answers(count, os.environ["OUTBOUND_CONTACTS_TABLE"], _kept(), secret)
    forget()
    for service in ("dynamodb", "sqs", "secretsmanager"):
        process.client(service).meta.events.register("before-send", answers)
    begun = time.process_time()
    work(shards)
    spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "seconds": spent,
        "requests": sum(answers.asked.values()) / count,
        "chunks": answers.chunked,
        "memory": peak / 1024,
    }


def main(sizes: list[int]) -> None:
    """Measure each size in a process of its own, and print them."""
    now = datetime.now(UTC).date()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {now}\n"
    )
    print("| contacts | CPU s | µs a contact | requests a contact | chunks | peak MB |")
    print("|---|---|---|---|---|---|")
    for size in sizes:
        found = _apart("tests.benchmarks.growth", "--one", str(size))
        print(
            f"| {size:,} | {found['seconds']:.1f} | {found['seconds'] / size * 1e6:.0f} "
            f"| {found['requests']:.4f} | {found['chunks']:,} | {found['memory']:.0f} |",
            flush=True,
        )
    print("\n| rows imported | CPU s | µs a row | requests a row | peak MB | more than before |")
    print("|---|---|---|---|---|---|")
    for size in (each for each in sizes if each <= rows.MOST):
        found = _apart("tests.benchmarks.rows", str(size))
        print(
            f"| {size:,} | {found['seconds']:.1f} | {found['seconds'] / size * 1e6:.0f} "
            f"| {found['requests']:.4f} | {found['memory']:.0f} | {found['grown']:.0f} |",
            flush=True,
        )


def _apart(*arguments: str) -> Any:
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
    else:
        main([int(each) for each in sys.argv[1:]] or list(SIZES))
