from __future__ import annotations

import itertools
import os

import boto3
import pytest
from moto.server import ThreadedMotoServer

from infra.local.carrier import Receipt, Settings
from infra.local.carrier.server import serving
from outbound.domain.due import MINUTE, minute_of
from tests.aws import CONFIGURATION_SET, CREDENTIALS, create_account
from tests.faults.stage import build
from tests.faults.world import World
from tests.quick_moto import make_quick
from tests.watch import watching

NUMBERS = itertools.count(1000)
make_quick()


@pytest.fixture(scope="session")
def server():
    server = ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture(scope="session")
def carrier():
    settings = Settings(
        identities=("example.com",),
        configuration_sets=(CONFIGURATION_SET,),
        receipt_delay=0,
    )
    with serving(settings=settings) as running:
        yield running


@pytest.fixture(scope="session")
def played(carrier):
    received: list[Receipt] = []
    carrier.carrier.sink = received.append
    return received


@pytest.fixture(scope="session", autouse=True)
def account(server, carrier):
    variables = {
        **CREDENTIALS,
        "AWS_ENDPOINT_URL": server,
        "AWS_ENDPOINT_URL_SNS": carrier.url,
        "AWS_ENDPOINT_URL_SESV2": carrier.url,
        "AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2": carrier.url,
    }
    before = dict(os.environ)
    os.environ.update(variables)
    account = create_account(lambda service: boto3.client(service))  # type: ignore[call-overload]
    os.environ.update(account.variables())
    yield account
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(autouse=True)
def watch():
    """Nothing that is logged or counted, here or in a process that dies, is personal."""
    with watching() as watch:
        yield watch
    assert watch.personal() == []


@pytest.fixture
def world(account, carrier, played, watch):
    number = next(NUMBERS)
    carrier.carrier.rules.replace([])
    world = World(account, carrier, played, watch, text=f"Test {number}.", to=f"+1425555{number}")
    # A sweep that knows nothing looks an hour back: most of what these tests would ask.
    build("schedule", world.now).cursor.write(minute_of(world.now) - 2 * MINUTE)
    tables = boto3.client("dynamodb")
    for channel in ("sms", "email", "voice"):
        tables.delete_item(TableName="catalog", Key={"pk": {"S": "stop"}, "sk": {"S": channel}})
        world.channel = channel
        world.queued()
    world.channel = "sms"
    return world
