"""How long each function takes to be imported, in a process of its own."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

FUNCTIONS = ("intake", "manage", "deliver", "feedback", "inbound", "schedule")
ROUNDS = 5


def cpu_ms(code: str) -> float:
    """CPU milliseconds of a new Python that runs `code`: the median of some runs."""
    runs = []
    for _ in range(ROUNDS):
        before = os.times()
        subprocess.run([sys.executable, "-c", code], check=True, env=_environment())
        after = os.times()
        spent = after.children_user + after.children_system
        runs.append(spent - before.children_user - before.children_system)
    return statistics.median(runs) * 1000


def table() -> list[tuple[str, float]]:
    """Each function, and boto3 alone, above an empty Python."""
    empty = cpu_ms("pass")
    rows = [("boto3 alone", cpu_ms("import boto3") - empty)]
    for name in FUNCTIONS:
        rows.append((name, cpu_ms(f"import functions.{name}.handler") - empty))
    return rows


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
