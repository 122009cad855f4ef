"""Part of `make bench-growth`: the reading of a file of contacts, up to a hundred thousand rows.

S3 and DynamoDB answer from here, without sockets: the file from memory, and of contacts that nobody
is known and all is taken. Each size has a process of its own, whose worker gets its time anew as
often as it asks for it.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from dataclasses import dataclass, field
from io import BytesIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import boto3
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from moto import mock_aws

from functions.imports.handler import handler
from functions.manage.handler import handler as manage
from outbound.wiring import files, process
from outbound.wiring import imports as wiring
from tests.aws import BUCKET, CREDENTIALS, create_account, forget
from tests.benchmarks.campaigns import records
from tests.functions.conftest import CONTEXT, event

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 100_000
HEAD = "id,email,phone,locale,timezone,region,attributes.name,attributes.plan"
LONG: Any = SimpleNamespace(aws_request_id="bench", get_remaining_time_in_millis=lambda: 10_000_000)


class _Body(BytesIO):
    def stream(self, amount: int = 65_536, **_: Any) -> Iterator[bytes]:
        while piece := self.read(amount):
            yield piece


@dataclass
class Answers:
    """What AWS says to whoever reads the file; `kept` is what the table of imports holds."""

    file: bytes
    catalog: str
    kept: dict[tuple[str, str], dict[str, Any]]
    secret: str
    asked: dict[str, int] = field(default_factory=dict)

    def __call__(self, request: Any, event_name: str, **_: Any) -> AWSResponse:
        name = event_name.rpartition(".")[2]
        self.asked[name] = self.asked.get(name, 0) + 1
        if "Object" in name:
            return self._object(request)
        asked = json.loads(request.body)
        told = {
            "GetSecretValue": lambda _: {"SecretString": self.secret},
            "BatchGetItem": lambda asked: {
                "Responses": {each: [] for each in asked["RequestItems"]}
            },
            "TransactWriteItems": lambda _: {},
            "BatchWriteItem": lambda _: {},
            "DeleteItem": lambda _: {},
            "UpdateItem": lambda _: {},
            "PutItem": self._put,
            "GetItem": self._get,
            "Query": lambda _: {"Items": [], "Count": 0},
            "SendMessage": lambda _: {"MessageId": "1"},
        }[name](asked)
        return _answer(request, json.dumps(told).encode())

    def _object(self, request: Any) -> AWSResponse:
        if request.method != "GET":
            return _answer(request, b"")
        first = int(request.headers["Range"].decode().removeprefix("bytes=").rstrip("-"))
        return _answer(request, self.file[first:])

    def _put(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["TableName"] == self.catalog:
            item = asked["Item"]
            self.kept[item["pk"]["S"], item["sk"]["S"]] = item
        return {}

    def _get(self, asked: dict[str, Any]) -> dict[str, Any]:
        key = asked["Key"]
        found = self.kept.get((key["pk"]["S"], key["sk"]["S"]))
        return {"Item": found} if asked["TableName"] == self.catalog and found else {}


def _answer(request: Any, content: bytes) -> AWSResponse:
    return AWSResponse(request.url, 200, HTTPHeaders.from_dict({}), _Body(content))


def file_of(count: int) -> bytes:
    """A file with so many contacts, as large as usual ones."""
    rows = (
        f"person-{number:07},person-{number:07}@example.com,+1206{number % 10_000_000:07},"
        f"en-US,America/New_York,US-NY,Person {number},pro"
        for number in range(2_000_000, 2_000_000 + count)
    )
    return "\n".join((HEAD, *rows)).encode()


def measure(count: int) -> dict[str, float]:
    """Announce, start and read a file of so many rows."""
    os.environ.update(CREDENTIALS, POWERTOOLS_LOG_LEVEL="ERROR", POWERTOOLS_SERVICE_NAME="bench")
    file = file_of(count)
    with mock_aws():
        account = create_account(lambda service: boto3.client(service))  # type: ignore[call-overload]
        os.environ.update(account.variables(OUTBOUND_CHANNEL="email"))
        forget()
        made = _asked("POST", "/v1/imports", {"format": "csv"})
        key = made["upload"]["fields"]["key"]
        boto3.client("s3").put_object(Bucket=BUCKET, Key=key, Body=file)
        _asked("POST", f"/v1/imports/{made['id']}/start", None)
        tasks = records(account.imports_queue)
        catalog, secret = os.environ["OUTBOUND_CATALOG_TABLE"], process.secret().decode()
        items = boto3.client("dynamodb").scan(TableName=catalog)["Items"]
    kept = {(each["pk"]["S"], each["sk"]["S"]): each for each in items}
    answers = Answers(file, catalog, kept, secret)
    forget()
    services = [process.client(each) for each in ("dynamodb", "sqs", "secretsmanager")]
    for client in (*services, files.s3()):
        client.meta.events.register("before-send", answers)
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert handler({"Records": tasks}, LONG) == {"batchItemFailures": []}
    spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    done = wiring.contact_imports().imports.get("acme", made["id"])
    assert done is not None
    assert done.counts.created == count, done.counts
    return {
        "seconds": spent,
        "requests": sum(answers.asked.values()) / count,
        "memory": peak / 1024,
        "grown": (peak - before) / 1024,
    }


def _asked(method: str, path: str, body: Any) -> Any:
    scopes = ["contacts:write", "contacts:read"]
    command = {"command": "create_key", "tenant": "acme", "name": "bench", "mode": "live"}
    key = manage({**command, "scopes": scopes, "purposes": ["marketing"]}, CONTEXT)["key"]
    headers = {"authorization": f"Bearer {key['secret']}"}
    text = json.dumps(body) if body is not None else None
    answer = manage(event(method, path, text, headers, {}), CONTEXT)
    assert answer["statusCode"] < 300, answer["body"]
    return json.loads(answer["body"])


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
