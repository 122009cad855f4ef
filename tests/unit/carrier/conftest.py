"""Clients of AWS whose requests end at a carrier in the same process."""

from collections.abc import Iterator

import pytest

from infra.local.carrier import Carrier, Receipt, attach
from tests.unit.carrier.account import SETTINGS, Clients, client


@pytest.fixture
def receipts() -> list[Receipt]:
    return []


@pytest.fixture
def aws(receipts: list[Receipt]) -> Iterator[Clients]:
    carrier = Carrier(SETTINGS, sink=receipts.append)
    connected = [client("sesv2"), client("pinpoint-sms-voice-v2"), client("sns")]
    undo = [attach(carrier, one.meta.events) for one in connected]
    yield Clients(carrier, *connected)
    for detach in undo:
        detach()
