"""Instants inside and outside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain import instant

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(
    min_value=datetime(1900, 1, 1), max_value=datetime(2999, 1, 1), timezones=ZONES
)


@given(INSTANTS)
def test_whole_milliseconds_survive_being_written_and_read(moment):
    kept = instant.to_milliseconds(moment)
    assert instant.parse_rfc3339(instant.rfc3339(kept)) == kept
    assert instant.from_milliseconds(instant.milliseconds(moment)) == kept
    assert timedelta() <= moment - kept < timedelta(milliseconds=1)
    assert kept.tzinfo is UTC


@given(INSTANTS, INSTANTS)
def test_the_text_order_is_the_order_in_time(one, other):
    one, other = instant.to_milliseconds(one), instant.to_milliseconds(other)
    assert (instant.rfc3339(one) < instant.rfc3339(other)) == (one < other)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59.999Z"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00.000Z"),
    ],
)
def test_what_lies_beyond_all_years_is_the_nearest_that_there_is(text, nearest):
    assert instant.rfc3339(instant.to_milliseconds(datetime.fromisoformat(text))) == nearest


def test_times_are_written_in_utc_with_milliseconds():
    moment = datetime(2026, 11, 23, 11, 40, 0, 123999, timezone(timedelta(hours=-5)))
    assert instant.rfc3339(moment) == "2026-11-23T16:40:00.123Z"
    assert instant.rfc3339(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00.000Z"


def test_seconds_are_whole():
    assert instant.seconds(datetime(1970, 1, 1, 0, 1, 0, 999999, UTC)) == 60
