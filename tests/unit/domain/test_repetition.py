"""Times that come again, beside a computation that shares nothing with ours but the zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outbound.domain.offset import parse_offset
from outbound.domain.recurrence_rule import WrongRule, bounded
from outbound.domain.repetition import Repetition
from tests.unit.domain.test_local_time import ZONES

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
YEARS = (date(2026, 1, 1), date(2030, 12, 31))


def all_of(repetition, since=LONG_AGO):
    return [at for at, _ in repetition.after(since)]


def first_shown(local, zone):
    """The first instant at which clocks there show a time or a later one, found by looking."""
    there = ZoneInfo(zone)
    low = (local - timedelta(hours=16)).replace(tzinfo=UTC)
    instant = low
    while instant.astimezone(there).replace(tzinfo=None) < local:
        missing = local - instant.astimezone(there).replace(tzinfo=None)
        # In steps that can't pass a change of clocks by, which are quarters of an hour apart.
        instant += min(missing, timedelta(minutes=15)) if missing > 16 * MINUTE else MINUTE
    return instant


def expected(days, times, zone):
    locals_ = [datetime.combine(day, at) for day in days for at in times]
    return sorted({first_shown(local, zone) for local in locals_})


quarters = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
starts = st.dates(YEARS[0], YEARS[1] - timedelta(days=30))


@settings(max_examples=60, deadline=None)
@given(
    starts,
    st.lists(quarters, min_size=1, max_size=4, unique=True),
    st.sampled_from(ZONES),
    st.integers(1, 20),
)
def test_each_day_at_times_is_each_of_them_once_as_clocks_first_show_it(day, times, zone, length):
    repetition = Repetition(
        datetime.combine(day, time()), zone, times=tuple(times), days_supply=length
    )
    days = [day + timedelta(days=number) for number in range(length)]
    assert all_of(repetition) == expected(days, times, zone)


@pytest.mark.parametrize("zone", ZONES)
def test_over_five_years_no_dose_is_missing_or_doubled(zone):
    """08:00 and 02:30 each day, around every change of clocks from 2026 to 2030."""
    first = datetime.combine(YEARS[0], time())
    repetition = Repetition(
        first, zone, times=(time(2, 30), time(8)), until=datetime.combine(YEARS[1], time(23, 59))
    )
    found = all_of(repetition)
    days = [YEARS[0] + timedelta(days=number) for number in range((YEARS[1] - YEARS[0]).days + 1)]
    assert len(found) == 2 * len(days)
    assert found == sorted(set(found))
    offsets = [datetime.combine(day, time(), ZoneInfo(zone)).utcoffset() for day in days]
    changed = [
        day
        for day, before, after in zip(days, offsets, offsets[1:], strict=False)
        if before != after
    ]
    for day in changed:
        here = [at for at in found if at.astimezone(ZoneInfo(zone)).date() == day]
        assert here == expected([day], (time(2, 30), time(8)), zone)


@settings(max_examples=40, deadline=None)
@given(
    starts,
    quarters,
    st.sampled_from(ZONES),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(1, 3),
    st.integers(1, 12),
)
def test_a_rule_by_week_is_what_the_calendar_says(day, at, zone, weekdays, interval, counted):
    rule = f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={','.join(DAYS[each] for each in weekdays)}"
    repetition = Repetition(datetime.combine(day, at), zone, rule=rule, count=counted)
    monday = day - timedelta(days=day.weekday())
    every = (day + timedelta(days=number) for number in range(400))
    meant = (
        each
        for each in every
        if each.weekday() in weekdays and (each - monday).days // 7 % interval == 0
    )
    assert all_of(repetition) == expected(list(islice(meant, counted)), [at], zone)


def test_what_is_skipped_comes_as_clocks_change_and_what_is_repeated_comes_once():
    spring = Repetition(
        datetime(2027, 3, 13, 2, 30), "America/New_York", times=(time(2, 30),), count=3
    )
    assert [f"{at:%d %H:%M}" for at in all_of(spring)] == ["13 07:30", "14 07:00", "15 06:30"]
    autumn = Repetition(
        datetime(2027, 11, 6, 1, 30), "America/New_York", times=(time(1, 30),), count=3
    )
    assert [f"{at:%d %H:%M}" for at in all_of(autumn)] == ["06 05:30", "07 05:30", "08 06:30"]


def test_two_times_that_come_to_one_instant_are_one():
    repetition = Repetition(
        datetime(2027, 3, 14), "America/New_York", times=(time(2, 30), time(3)), days_supply=1
    )
    assert [f"{at:%H:%M}" for at in all_of(repetition)] == ["07:00"]


def test_a_leap_day_comes_each_four_years():
    repetition = Repetition(
        datetime(2028, 2, 29, 9), "Europe/Berlin", rule="FREQ=YEARLY", until=datetime(2033, 1, 1)
    )
    assert [f"{at:%Y-%m-%d}" for at in all_of(repetition)] == ["2028-02-29", "2032-02-29"]


def test_days_and_times_are_left_out():
    repetition = Repetition(
        datetime(2026, 12, 24, 8),
        "UTC",
        times=(time(8), time(20)),
        days_supply=3,
        excluded=frozenset({"2026-12-25", "2026-12-26T08:00"}),
    )
    assert [f"{at:%d %H}" for at in all_of(repetition)] == ["24 08", "24 20", "26 20"]


def test_a_supply_for_days_is_used_up_at_the_same_time_on_the_clock():
    repetition = Repetition(
        datetime(2026, 12, 1, 20), "UTC", times=(time(8), time(20)), days_supply=14
    )
    found = all_of(repetition)
    assert (len(found), f"{found[-1]:%d %H}") == (28, "15 08")


def test_going_on_from_anywhere_gives_the_rest():
    repetition = Repetition(
        datetime(2027, 3, 1, 8), "America/New_York", times=(time(2, 30), time(8)), count=40
    )
    every = all_of(repetition)
    for number, at in enumerate(every):
        assert all_of(repetition, at) == every[number + 1 :]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"rule": "FREQ=DAILY"}, "must have an end"),
        ({"times": (time(8),)}, "must have an end"),
        ({"times": (time(8), time(8, 10)), "count": 9}, "15 minutes"),
        ({"rule": "FREQ=WEEKLY;BYDAY=XX", "count": 9}, "one RRULE"),
        ({"rule": "FREQ=DAILY;BYHOUR=99", "count": 9}, "one RRULE"),
        ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "count": 9}, "no time"),
        ({"rule": "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=32", "count": 9}, "no time"),
        ({"times": (time(8),), "until": datetime(2026, 1, 1)}, "no time"),
    ],
)
def test_what_can_not_be_kept_is_said(changes, says):
    repetition = Repetition(datetime(2026, 12, 1), "UTC", **changes)
    with pytest.raises(WrongRule, match=says):
        repetition.check(datetime(2026, 12, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "daily",
        "FREQ=SECONDLY;COUNT=5",
        "FREQ=MINUTELY",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=1000000000",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=2",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=x",
        "FREQ=DAILY;UNTIL=20270114T000000Z",
        "DTSTART:20270101\nRRULE:FREQ=DAILY",
    ],
)
def test_a_rule_that_is_none_is_refused(rule):
    with pytest.raises(WrongRule):
        bounded(rule)


def test_the_end_of_a_rule_is_told_from_the_rest():
    assert bounded("freq=daily;count=5") == ("FREQ=DAILY", 5, None)
    end = datetime(2027, 1, 14, 23, 59)
    assert bounded("FREQ=DAILY;UNTIL=20270114") == ("FREQ=DAILY", None, end)


@pytest.mark.parametrize("text", ["", "P", "-P", "1D", "-P1X", "-P1DT", "-P400D", "-P1.5D"])
def test_what_is_no_offset_is_refused(text):
    with pytest.raises(ValueError, match="must be"):
        parse_offset(text)
