"""Percentiles from buckets: close to those of the times themselves, however they are added."""

from __future__ import annotations

import math
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.histogram import LEAST, bucket, percentile

TIMES = st.lists(st.floats(LEAST, 4 * 86_400), min_size=1, max_size=50)


@given(TIMES, st.sampled_from([0.5, 0.95]))
def test_a_percentile_is_right_within_ten_percent(times, share):
    exact = sorted(times)[math.ceil(share * len(times)) - 1]

    found = percentile(Counter(map(bucket, times)), share)

    assert found is not None
    assert abs(found - exact) <= 0.1 * exact + 0.005


@given(TIMES, TIMES)
def test_of_counts_that_are_added_it_is_that_of_all(some, others):
    together = Counter(map(bucket, some)) + Counter(map(bucket, others))

    assert percentile(together, 0.5) == percentile(Counter(map(bucket, some + others)), 0.5)


def test_of_nothing_there_is_none():
    assert percentile({}, 0.5) is None


def test_a_clock_that_is_ahead_makes_no_time_negative():
    assert bucket(-3) == bucket(0) == 0
