"""One account on moto and its carriers, both in this process, and time that stands still."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest
from moto import mock_aws

from infra.local.carrier import Carrier, Settings, installed
from outbound import wiring
from outbound.adapters.log import logger
from tests import aws
from tests.functions.product import Product, forget
from tests.memory.clock import MemoryClock

if TYPE_CHECKING:
    from collections.abc import Iterator

CARRIER = Settings(
    identities=("example.com",),
    configuration_sets=(aws.CONFIGURATION_SET,),
    opted_out=("+14155550199",),
    receipt_delay=0,
)


@pytest.fixture(scope="session")
def carrier() -> Iterator[Carrier]:
    """Clients are made once, so they meet the same carrier in all tests."""
    forget(clients=True)
    with installed(Carrier(CARRIER)) as carrier:
        yield carrier
    forget(clients=True)


@pytest.fixture(autouse=True)
def environment(monkeypatch) -> None:
    for name in [name for name in os.environ if name.startswith(("OUTBOUND_", "AWS_ENDPOINT_"))]:
        monkeypatch.delenv(name)
    for name, value in aws.CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OUTBOUND_ENVIRONMENT", "local")


@pytest.fixture
def clock(monkeypatch) -> MemoryClock:
    clock = MemoryClock()
    monkeypatch.setattr(wiring, "clock", clock)
    return clock


@pytest.fixture(autouse=True)
def log() -> io.StringIO:
    """What this test's functions log."""
    stream = io.StringIO()
    logger().registered_handler.setStream(stream)  # type: ignore[attr-defined]
    return stream


@pytest.fixture
def product(clock, carrier) -> Iterator[Product]:
    with mock_aws():
        product = Product(aws.create_account(wiring.client), carrier, wiring.client, clock)
        carrier.sink = product.played.append
        carrier.rules.replace([])
        carrier.play_receipts()
        carrier.outbox.clear()
        product.played.clear()
        yield product
        forget()


@pytest.fixture
def key(product) -> str:
    """A live key that may do everything."""
    return product.make_key()
