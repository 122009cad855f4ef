"""When the sweep looks, and how long a retry waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain import due

INSTANTS = st.datetimes(
    min_value=datetime(2020, 1, 1), max_value=datetime(2099, 1, 1), timezones=st.just(UTC)
)
IDS = st.text(min_size=1)


@given(INSTANTS, IDS)
def test_a_bucket_is_never_before_its_instant_and_less_than_a_minute_after(moment, message_id):
    minute, _, shard = due.bucket_for(moment, message_id).partition("#")
    at = datetime.fromisoformat(f"{minute}:00+00:00")
    assert timedelta() <= at - moment < due.MINUTE
    assert 0 <= int(shard) < due.SHARDS


@given(INSTANTS, IDS)
def test_a_messages_bucket_is_among_those_that_the_sweep_reads(moment, message_id):
    read = {due.bucket(due.next_minute(moment), shard) for shard in range(due.SHARDS)}
    assert due.bucket_for(moment, message_id) in read


@given(INSTANTS)
def test_the_next_minute_is_a_full_one(moment):
    minute = due.next_minute(moment)
    assert minute == due.minute_of(minute) == due.next_minute(minute)
    assert due.minute_of(moment) <= moment <= minute


def test_messages_spread_over_the_shards():
    moment = datetime(2026, 11, 23, 16, 40, tzinfo=UTC)
    buckets = {due.bucket_for(moment, f"msg_{number}") for number in range(200)}
    assert len(buckets) == due.SHARDS


@pytest.mark.parametrize(
    ("attempt", "seconds"),
    [(1, 30), (2, 60), (3, 120), (6, 960), (7, 1800), (8, 1800), (1000, 1800)],
)
def test_a_retry_waits_longer_each_time_up_to_half_an_hour_and_a_half_more(attempt, seconds):
    base = timedelta(seconds=seconds)
    for number in range(100):
        assert base <= due.retry_delay(f"msg_{number}", attempt) <= base * 1.5


def test_retries_spread_but_the_same_one_always_waits_the_same():
    delays = [due.retry_delay(f"msg_{number}", 1) for number in range(100)]
    assert len(set(delays)) > 50
    assert delays == [due.retry_delay(f"msg_{number}", 1) for number in range(100)]
