"""Times in buckets on a logarithmic scale: counts that can be added, and percentiles of them.

A bucket ends 1.2 times as late as it begins, so a percentile is right within 10 %.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST = 0.1
"""Seconds; what is shorter counts as this long."""
RATIO = 1.2


def bucket(seconds: float) -> int:
    """In which bucket a time lies."""
    return int(math.log(max(seconds, LEAST) / LEAST, RATIO))


def percentile(counts: Mapping[int, int], share: float) -> float | None:
    """The seconds that this share of all took at most; None where there are none."""
    place = math.ceil(share * sum(counts.values()))
    for number, count in sorted(counts.items()):
        if place <= count:
            return round(LEAST * math.pow(RATIO, number + 0.5), 2)
        place -= count
    return None
