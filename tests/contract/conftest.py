"""Each port twice: in memory, and as it is in production, on moto."""

from __future__ import annotations

from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber

from outbound.adapters.dynamodb.campaigns import DynamoCampaigns
from outbound.adapters.dynamodb.contacts import DynamoContacts
from outbound.adapters.dynamodb.ledger import DynamoLedger
from outbound.adapters.dynamodb.messages import DynamoMessages
from outbound.adapters.dynamodb.runs import DynamoRuns
from outbound.adapters.dynamodb.suppressions import DynamoSuppressions
from outbound.adapters.dynamodb.table import Table
from outbound.adapters.dynamodb.templates import DynamoTemplates
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
def messages(port, clock):
    return port(
        memory.MemoryMessages(clock, SECRET, RETENTION),
        "messages",
        lambda table: DynamoMessages(table, SECRET, RETENTION, clock),
    )


@pytest.fixture
def contacts(port, suppressions, ledger):
    def over(table):
        return DynamoContacts(table, SECRET, ledger.table.name)

    return port(memory.MemoryContacts(suppressions, ledger), "contacts", over)


@pytest.fixture
def templates(port):
    return port(memory.MemoryTemplates(), "catalog", DynamoTemplates)


@pytest.fixture
def suppressions(port):
    in_memory = memory.MemorySuppressions(SECRET)
    return port(in_memory, "contacts", lambda table: DynamoSuppressions(table, SECRET))


@pytest.fixture
def ledger(port):
    return port(memory.MemoryLedger(), "ledger", DynamoLedger)


@pytest.fixture
def campaigns(port, clock):
    return port(
        memory.MemoryCampaigns(clock), "catalog", lambda table: DynamoCampaigns(table, clock)
    )


@pytest.fixture
def runs(port, clock):
    return port(memory.MemoryRuns(), "runs", lambda table: DynamoRuns(table, RETENTION, clock))


def received(sqs: Any, url: str) -> list[str]:
    """The bodies of all that a queue holds and shows."""
    bodies = []
    while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        bodies += [message["Body"] for message in found]
    return bodies
