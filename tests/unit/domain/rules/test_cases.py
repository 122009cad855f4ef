"""The law, case by case: `cases.csv` is for people who know it. `-s` prints a summary."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from outbound.domain.words import Channel, Purpose
from outbound.flow.gate import decide
from tests.unit.domain.rules.facts import make_facts

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONDAY = datetime(2026, 11, 23)
with (Path(__file__).parent / "cases.csv").open() as _file:
    CASES = list(csv.DictReader(_file))


def name_of(case):
    words = (case[each] for each in ("region", "channel", "purpose", "consent", "day", "time"))
    return " ".join(word or "no region" for word in words)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_gate_decides_as_the_law_says(case):
    local = datetime.fromisoformat(
        f"{MONDAY + timedelta(DAYS.index(case['day'])):%F} {case['time']}"
    )
    now = local.replace(tzinfo=ZoneInfo(case["zone"])).astimezone(UTC)
    facts = make_facts(
        now,
        number=case["number"],
        said=case["consent"],
        channel=Channel(case["channel"]),
        purpose=Purpose(case["purpose"]),
        region=case["region"] or None,
        zone=case["zone"],
    )
    decision = decide(facts)
    assert decision.verdict == case["verdict"]
    assert (decision.rule or "") in case["rule"].split("|")
    assert (decision.until is not None) is (case["verdict"] == "defer")


def test_there_are_enough_and_each_has_its_source():
    assert len(CASES) >= 150
    assert all(case["source"] for case in CASES)
    assert len(set(map(name_of, CASES))) == len(CASES)
    print()

    for what in ("purpose", "channel", "verdict"):
        print(what, dict(Counter(case[what] for case in CASES)))
