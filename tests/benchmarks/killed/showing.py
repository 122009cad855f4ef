"""What it came to, as tables."""

from __future__ import annotations

import os
import platform
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.benchmarks.killed.people import CONSENTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.benchmarks.killed.accounting import Told
    from tests.benchmarks.killed.asked import Asked
    from tests.benchmarks.killed.people import Person


@dataclass(frozen=True, slots=True)
class Pause:
    """How many emails had left, and how long after it was asked for the last of them did."""

    left: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """`killed` are those that were meant, `hits` how many of them never came to their end."""

    seconds: float
    pause: Pause
    killed: Sequence[Asked]
    hits: int
    doubled: Mapping[str, int]


def show(people: Sequence[Person], told: Told, figures: Figures) -> None:
    emails = Counter(email.to for email in told.emails)
    print(f"\n{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores")
    print(f"{len(people)} contacts, {figures.seconds:.0f} s from launch to finished\n")
    print("| consent | contacts | one email | none | more |")
    print("|---|---|---|---|---|")
    for consent in CONSENTS:
        got = Counter(min(emails[each.email], 2) for each in people if each.consent == consent)
        print(f"| {consent} | {got.total()} | {got[1]} | {got[0]} | {got[2]} |")
    exported = Counter(row.status for row in told.rows)
    print("\n| status | report | export |")
    print("|---|---|---|")
    for status in sorted(told.statuses.keys() | exported.keys()):
        print(f"| {status} | {told.statuses.get(status, 0)} | {exported[status]} |")
    expand = sum(each.expands for each in figures.killed)
    kinds = f"{expand} of expand, {len(figures.killed) - expand} of deliver"
    print(f"\nworkers killed: {kinds}; {figures.hits} in the middle of their work")
    named = ", ".join(f"{count} {name}" for name, count in sorted(figures.doubled.items()))
    print(f"delivered twice: {sum(figures.doubled.values())} ({named})")
    pause = figures.pause
    print(
        f"the last of {pause.left} emails left {pause.seconds:.1f} s after the pause was asked for"
    )
