"""Times on clocks, beside an independent computation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.local_time import instant_at, on_clock, skipped

ZONES = (
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Santiago",
    "Europe/Berlin",
    "Europe/London",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Africa/Cairo",
)
MINUTE = timedelta(minutes=1)


def shown_first(local, zone):
    """The first instant at which clocks there show the time or a later one, minute by minute."""
    instant = (local - timedelta(hours=15)).replace(tzinfo=UTC)
    while instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < local:
        instant += MINUTE
    return instant


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        ("2027-03-14T02:30", "America/New_York", "2027-03-14T07:00Z"),
        ("2027-03-14T02:00", "America/New_York", "2027-03-14T07:00Z"),
        ("2027-11-07T01:30", "America/New_York", "2027-11-07T05:30Z"),
        ("2027-10-03T02:15", "Australia/Lord_Howe", "2027-10-02T15:30Z"),
        ("2028-02-29T09:00", "Europe/Berlin", "2028-02-29T08:00Z"),
    ],
)
def test_skipped_times_come_as_clocks_change_and_repeated_ones_first(local, zone, instant):
    at = instant_at(datetime.fromisoformat(local), zone)
    assert at == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    ("local", "known"), [("02:00", True), ("02:59", True), ("01:59", False), ("03:00", False)]
)
def test_it_is_known_which_times_are_skipped(local, known):
    at = datetime.fromisoformat(f"2027-03-14T{local}")
    assert skipped(at, "America/New_York") is known


@given(
    st.integers(0, 5 * 365 * 24 * 4 - 1).map(
        lambda quarters: datetime(2026, 1, 1) + timedelta(minutes=15 * quarters)
    ),
    st.sampled_from(ZONES),
)
def test_any_time_comes_at_the_first_instant_that_shows_it_or_a_later_one(local, zone):
    assert instant_at(local, zone) == shown_first(local, zone)
    assert skipped(local, zone) is not tz.datetime_exists(local, tz.gettz(zone))
    if not skipped(local, zone):
        assert on_clock(instant_at(local, zone), zone) == local
