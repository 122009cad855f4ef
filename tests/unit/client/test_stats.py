from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from outbound.adapters.api.contract.stats import STATS
from outbound_client import Problem
from tests.unit.client.conftest import PROBLEM


def test_statistics_are_asked_for_by_days(api, client):
    api.answer(200, STATS)

    found = client.get_stats(first=datetime.date(2026, 11, 1), last="2026-11-23", by="channel")

    [asked] = api.asked
    assert asked.url.path == "/stage/v1/stats"
    assert dict(asked.url.params) == {"from": "2026-11-01", "to": "2026-11-23", "by": "channel"}
    assert found.items[0].value == "sms"
    assert found.total.cost.amount == Decimal("14.43560")
    assert found.first == datetime.date(2026, 11, 1)


def test_without_days_none_are_asked_for(api, client):
    api.answer(200, STATS)

    client.get_stats()

    assert dict(api.asked[0].url.params) == {}


def test_they_are_exported_as_they_come(api, client):
    api.answer_text(200, "day,accepted\r\n2026-11-01,2\r\n")

    assert client.export_stats(by="day") == "day,accepted\r\n2026-11-01,2\r\n"
    assert api.asked[0].url.path == "/stage/v1/stats/export"


def test_an_export_that_is_refused_is_a_problem(api, client):
    api.answer(422, PROBLEM)

    with pytest.raises(Problem):
        client.export_stats()
