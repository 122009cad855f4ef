"""Each port twice: in memory, and as it is in production, on moto."""

from __future__ import annotations

import json
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber

from outbound.adapters.dynamodb.alerts import DynamoAlerts
from outbound.adapters.dynamodb.anchor_days import DynamoAnchorDays
from outbound.adapters.dynamodb.attempts import DynamoAttempts
from outbound.adapters.dynamodb.budgets import DynamoBudgets
from outbound.adapters.dynamodb.campaigns import DynamoCampaigns
from outbound.adapters.dynamodb.catalog import DynamoCursor, DynamoIdempotency
from outbound.adapters.dynamodb.changes import DynamoChanges
from outbound.adapters.dynamodb.contact_imports import DynamoContactImports
from outbound.adapters.dynamodb.contacts import DynamoContacts
from outbound.adapters.dynamodb.corrections import DynamoCorrections
from outbound.adapters.dynamodb.correlation import DynamoCorrelation
from outbound.adapters.dynamodb.coupons import DynamoCouponPools
from outbound.adapters.dynamodb.erasures import DynamoErasures
from outbound.adapters.dynamodb.estimates import DynamoEstimates
from outbound.adapters.dynamodb.imports import DynamoImports
from outbound.adapters.dynamodb.keys import DynamoKeys
from outbound.adapters.dynamodb.ledger import DynamoLedger
from outbound.adapters.dynamodb.media import DynamoMedia
from outbound.adapters.dynamodb.messages import DynamoMessages
from outbound.adapters.dynamodb.organisations import DynamoOrganisations
from outbound.adapters.dynamodb.programmes import DynamoProgrammes
from outbound.adapters.dynamodb.reminders import DynamoReminders
from outbound.adapters.dynamodb.run_exports import DynamoRunExports
from outbound.adapters.dynamodb.run_traces import DynamoRunTraces
from outbound.adapters.dynamodb.runs import DynamoRuns
from outbound.adapters.dynamodb.segments import DynamoSegments
from outbound.adapters.dynamodb.soft_bounces import DynamoSoftBounces
from outbound.adapters.dynamodb.stats import DynamoStats
from outbound.adapters.dynamodb.stops import DynamoStops
from outbound.adapters.dynamodb.suppressions import DynamoSuppressions
from outbound.adapters.dynamodb.table import Table
from outbound.adapters.dynamodb.templates import DynamoTemplates
from outbound.adapters.dynamodb.testers import DynamoTesters
from outbound.adapters.dynamodb.webhooks import DynamoWebhooks
from outbound.adapters.s3 import S3Files
from outbound.adapters.s3_imports import S3ImportFiles
from outbound.adapters.s3_run_exports import LEAST as S3_LEAST
from outbound.adapters.s3_run_exports import S3ExportFiles
from outbound.adapters.sqs import SqsQueue
from tests import aws, memory
from tests.memory.clock import MemoryClock
from tests.memory.world import SECRET
from tests.quick_moto import make_quick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RETENTION = timedelta(days=400)
make_quick()


@pytest.fixture(scope="session")
def client() -> Callable[[str], Any]:
    """Clients of AWS, each made once; only moto answers them."""
    made: dict[str, Any] = {}
    session = boto3.Session("test", "test", region_name=aws.REGION)

    def client(service: Any) -> Any:
        if service not in made:
            made[service] = session.client(service)
        return made[service]

    return client


@pytest.fixture
def clock() -> MemoryClock:
    return MemoryClock()


@pytest.fixture
def moto(monkeypatch) -> Iterator[None]:
    """Moto, one request at a time: DynamoDB's writes are atomic, those of moto's threads aren't."""
    lock, answer = Lock(), BotocoreStubber.__call__

    def answer_alone(*arguments: Any, **named: Any) -> Any:
        with lock:
            return answer(*arguments, **named)

    monkeypatch.setattr(BotocoreStubber, "__call__", answer_alone)
    with mock_aws():
        yield


@pytest.fixture
def table(moto, client) -> Callable[[str], Table]:
    """Tables of DynamoDB, each made at its first use."""
    made: dict[str, Table] = {}

    def table(name: str) -> Table:
        if name not in made:
            aws.create_table(client("dynamodb"), name)
            made[name] = Table(client("dynamodb"), name)
        return made[name]

    return table


@pytest.fixture(params=["memory", "aws"])
def port(request):
    """Either what is given, or what is made of a table in DynamoDB."""

    def port(in_memory, name, over):
        if request.param == "memory":
            return in_memory
        return over(request.getfixturevalue("table")(name))

    return port


@pytest.fixture
def reminders(port, clock):
    return port(
        memory.MemoryReminders(clock, RETENTION),
        "messages",
        lambda table: DynamoReminders(table, RETENTION, clock),
    )


@pytest.fixture
def messages(port, clock):
    return port(
        memory.MemoryMessages(clock, SECRET, RETENTION),
        "messages",
        lambda table: DynamoMessages(table, SECRET, RETENTION, clock),
    )


@pytest.fixture
def correlation(port, clock):
    in_memory = memory.MemoryCorrelation(clock)
    return port(in_memory, "messages", lambda table: DynamoCorrelation(table, SECRET))


@pytest.fixture
def contacts(port, suppressions, ledger):
    def over(table):
        return DynamoContacts(table, SECRET, ledger.table.name)

    return port(memory.MemoryContacts(suppressions, ledger), "contacts", over)


@pytest.fixture
def idempotency(port):
    return port(memory.MemoryIdempotency(), "catalog", DynamoIdempotency)


@pytest.fixture
def templates(port):
    return port(memory.MemoryTemplates(), "catalog", DynamoTemplates)


@pytest.fixture
def organisations(port, clock):
    def over(table):
        return DynamoOrganisations(table, clock)

    return port(memory.MemoryOrganisations(), "catalog", over)


@pytest.fixture
def corrections(port):
    return port(memory.MemoryCorrections(), "catalog", DynamoCorrections)


@pytest.fixture
def attempts(port):
    return port(memory.MemoryAttempts(), "catalog", DynamoAttempts)


@pytest.fixture
def testers(port):
    return port(memory.MemoryTesters(), "catalog", DynamoTesters)


@pytest.fixture
def contact_imports(port):
    return port(memory.MemoryContactImports(), "catalog", DynamoContactImports)


@pytest.fixture(params=["memory", "aws"])
def import_files(request):
    """Files of imports, a function that uploads by a form, and one that reads a report."""
    if request.param == "memory":
        in_memory = memory.MemoryImportFiles()
        return (
            in_memory,
            in_memory.upload,
            lambda each: in_memory.reports[f"{each.tenant}/{each.id}"],
        )
    request.getfixturevalue("moto")
    s3 = request.getfixturevalue("client")("s3")
    bucket = aws.create_bucket(s3)

    def upload(form, content):
        s3.put_object(Bucket=bucket, Key=form.fields["key"], Body=content)

    def report(imported):
        key = f"kept-93/{imported.tenant}/{imported.id}.csv"
        return s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()

    return S3ImportFiles(lambda: s3, bucket), upload, report


@pytest.fixture
def run_exports(port, request):
    def over(table):
        return DynamoRunExports(table, request.getfixturevalue("table")("catalog"))

    return port(memory.MemoryRunExports(), "runs", over)


@pytest.fixture(params=["memory", "aws"])
def export_files(request):
    """Files of exports, and a function that reads one."""
    if request.param == "memory":
        in_memory = memory.MemoryExportFiles(S3_LEAST)
        return in_memory, in_memory.file
    request.getfixturevalue("moto")
    s3 = request.getfixturevalue("client")("s3")
    bucket = aws.create_bucket(s3)

    files = S3ExportFiles(lambda: s3, bucket)

    def read(export):
        (key,) = [
            each["Key"]
            for each in s3.list_objects_v2(Bucket=bucket)["Contents"]
            if each["Key"].endswith(".csv")
        ]
        assert key in files.link(export)
        return s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()

    return files, read


@pytest.fixture
def estimates(port):
    return port(memory.MemoryEstimates(), "runs", DynamoEstimates)


@pytest.fixture
def budgets(port, clock):
    return port(memory.MemoryBudgets(), "runs", lambda table: DynamoBudgets(table, clock))


@pytest.fixture
def stats(port, clock):
    return port(memory.MemoryStats(), "runs", lambda table: DynamoStats(table, clock))


@pytest.fixture
def segments(port):
    return port(memory.MemorySegments(), "catalog", DynamoSegments)


@pytest.fixture
def programmes(port):
    return port(memory.MemoryProgrammes(), "catalog", DynamoProgrammes)


@pytest.fixture
def keys(port):
    return port(memory.MemoryKeys(), "catalog", DynamoKeys)


@pytest.fixture
def suppressions(port):
    in_memory = memory.MemorySuppressions(SECRET)
    return port(in_memory, "contacts", lambda table: DynamoSuppressions(table, SECRET))


@pytest.fixture
def ledger(port):
    return port(memory.MemoryLedger(), "ledger", DynamoLedger)


@pytest.fixture
def days(port):
    return port(memory.MemoryAnchorDays(), "ledger", DynamoAnchorDays)


@pytest.fixture
def imports(port):
    return port(memory.MemoryImports(), "contacts", DynamoImports)


@pytest.fixture
def erasures(port):
    return port(memory.MemoryErasures(), "catalog", DynamoErasures)


@pytest.fixture
def changes(port):
    return port(memory.MemoryChanges(), "contacts", DynamoChanges)


@pytest.fixture(params=["memory", "aws"])
def anchors(request):
    if request.param == "memory":
        return memory.MemoryAnchors()
    request.getfixturevalue("moto")
    return aws.create_anchors(request.getfixturevalue("client")("s3"))


@pytest.fixture
def media(port):
    return port(memory.MemoryMedia(), "catalog", DynamoMedia)


@pytest.fixture
def coupons(port, clock):
    in_memory = memory.MemoryCouponPools()
    return port(in_memory, "catalog", lambda table: DynamoCouponPools(table, clock))


@pytest.fixture(params=["memory", "aws"])
def files(request):
    """Files, and a function that uploads by a form as a browser does."""
    if request.param == "memory":
        in_memory = memory.MemoryFiles()
        return in_memory, in_memory.upload
    request.getfixturevalue("moto")
    s3 = request.getfixturevalue("client")("s3")
    bucket = aws.create_bucket(s3)

    def upload(form, content):
        s3.put_object(Bucket=bucket, Key=form.fields["key"], Body=content)

    return S3Files(lambda: s3, bucket), upload


@pytest.fixture
def alerts(port, clock):
    return port(
        memory.MemoryAlerts(clock),
        "catalog",
        lambda table: DynamoAlerts(table, clock, timedelta(days=400)),
    )


@pytest.fixture
def campaigns(port, clock):
    return port(
        memory.MemoryCampaigns(clock), "catalog", lambda table: DynamoCampaigns(table, clock)
    )


@pytest.fixture
def runs(port, clock):
    return port(memory.MemoryRuns(), "runs", lambda table: DynamoRuns(table, RETENTION, clock))


@pytest.fixture
def run_traces(runs):
    """Where runs name contacts, over the same store."""
    if isinstance(runs, memory.MemoryRuns):
        return memory.MemoryRunTraces(runs)
    return DynamoRunTraces(runs.table)


@pytest.fixture
def stops(port, clock):
    return port(memory.MemoryStops(), "catalog", lambda table: DynamoStops(table, clock))


@pytest.fixture
def cursor(port):
    return port(memory.MemoryCursor(), "catalog", DynamoCursor)


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


def received(sqs: Any, url: str) -> list[str]:
    """The bodies of all that a queue holds and shows."""
    bodies = []
    while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        bodies += [message["Body"] for message in found]
    return bodies


@pytest.fixture
def webhooks(port, clock):
    return port(memory.MemoryWebhooks(), "catalog", lambda table: DynamoWebhooks(table, clock))


@pytest.fixture
def soft_bounces(port):
    return port(
        memory.MemorySoftBounces(), "contacts", lambda table: DynamoSoftBounces(table, SECRET)
    )
