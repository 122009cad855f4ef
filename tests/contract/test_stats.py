"""Statistics: each batch once, each tenant's own, the days that were asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from outbound.adapters.dynamodb.stats import DynamoStats
from outbound.domain.stats import Book, By, Cell, grouped
from outbound.domain.tally import Tally
from outbound.domain.words import Channel, Mode, Purpose
from tests import memory
from tests.builders import TENANT
from tests.memory.clock import START

LIVE, TEST = Book(TENANT, Mode.LIVE), Book(TENANT, Mode.TEST)
TODAY = START.date()
TEXTS = Cell(TODAY, Channel.SMS, Purpose.MARKETING, "sns", "US", "offer-1", "cam_1")
EMAILS = Cell(TODAY, Channel.EMAIL, Purpose.TRANSACTIONAL)
SOME = Tally({"accepted": 2, "status:sent": 1, "time:14": 1}, Decimal("0.0145"))


@pytest.fixture
def stats(port, clock):
    return port(memory.MemoryStats(), "runs", lambda table: DynamoStats(table, clock))


def read(stats, book=LIVE, first=TODAY, last=TODAY):
    cells = list(stats.between(book, first, last))
    return {cell: sum((t for c, t in cells if c == cell), Tally()) for cell, _ in cells}


def test_what_batches_bring_is_added(stats):
    stats.add(LIVE, "one", {TEXTS: SOME, EMAILS: Tally({"accepted": 1})})
    stats.add(LIVE, "two", {TEXTS: Tally({"status:sent": -1, "status:delivered": 1})})

    found = read(stats)

    assert found[EMAILS].counts == {"accepted": 1}
    assert found[TEXTS].counts == {"accepted": 2, "status:delivered": 1, "time:14": 1}
    assert found[TEXTS].cost == Decimal("0.0145")


def test_a_batch_that_comes_again_adds_nothing(stats):
    assert [stats.add(LIVE, "one", {TEXTS: SOME}) for _ in range(2)] == [True, False]
    assert read(stats) == {TEXTS: SOME}


def test_a_large_batch_is_added_whole_and_once(stats):
    many = {
        Cell(TODAY, Channel.SMS, Purpose.MARKETING, template=f"offer-{number}"): SOME
        for number in range(200)
    }
    for _ in range(2):
        stats.add(LIVE, "one", many)

    assert read(stats) == many


def test_a_book_has_its_own_counts_alone(stats):
    stats.add(LIVE, "one", {TEXTS: SOME})

    assert read(stats, TEST) == {}
    assert read(stats, Book("other", Mode.LIVE)) == {}


def test_the_days_that_are_asked_for_are_read_and_no_others(stats):
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1)]
    cells = [Cell(day, Channel.SMS, Purpose.MARKETING) for day in days]
    stats.add(LIVE, "one", dict.fromkeys(cells, SOME))

    found = read(stats, first=days[1], last=days[2])

    assert list(grouped(found.items(), By.DAY)) == ["2026-12-01", "2026-12-31"]


def test_what_is_in_doubt_is_counted_over_all_tenants(stats):
    doubt, over = Tally({"status:unconfirmed": 2}), Tally({"status:unconfirmed": -1})
    later = Cell(date(2026, 12, 24), Channel.SMS, Purpose.MARKETING)
    for book in (LIVE, Book("other", Mode.LIVE), TEST):
        for _ in range(2):
            stats.add(book, "one", {TEXTS: doubt, EMAILS: over, later: doubt})

    assert stats.in_doubt(TODAY, TODAY) == 2
    assert stats.in_doubt(TODAY, later.day) == 6
    assert stats.in_doubt(later.day, later.day) == 4
