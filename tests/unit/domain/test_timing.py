from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.recurrence_rule import WrongRule
from outbound.domain.timing import Schedule, in_zone, turn
from tests.memory.clock import START

NINE = datetime(2026, 12, 1, 9)
ZONES = ("America/Los_Angeles", "Europe/Paris", "Pacific/Kiritimati", "Asia/Kolkata")


def utc(*parts):
    return datetime(*parts).replace(tzinfo=UTC)


def test_without_a_time_it_begins_when_it_is_launched():
    assert Schedule().first(START) == START


@pytest.mark.parametrize(("hours", "begins"), [(3, 3), (-3, 0)])
def test_a_time_that_has_passed_is_now(hours, begins):
    schedule = Schedule(at=START + timedelta(hours=hours))
    assert schedule.first(START) == START + timedelta(hours=begins)


def test_a_local_time_begins_where_it_comes_first():
    assert Schedule(local=NINE).first(START) == utc(2026, 11, 30, 19)


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("Pacific/Kiritimati", utc(2026, 11, 30, 19)),
        ("Europe/Paris", utc(2026, 12, 1, 8)),
        ("America/Los_Angeles", utc(2026, 12, 1, 17)),
    ],
)
def test_each_recipient_has_the_local_time_of_their_zone(zone, at):
    schedule = Schedule(local=NINE, timezone="UTC")
    assert turn(schedule, [zone], utc(2026, 11, 30, 19)) == at


def test_whoever_may_be_in_several_zones_waits_for_the_last():
    schedule = Schedule(local=NINE, timezone="UTC")
    zones = ["America/New_York", "America/Los_Angeles"]
    assert turn(schedule, zones, START) == utc(2026, 12, 1, 17)


def test_whose_zone_is_not_known_gets_the_one_that_was_given():
    schedule = Schedule(local=NINE, timezone="Europe/Paris")
    assert turn(schedule, [], START) == utc(2026, 12, 1, 8)


@given(st.sampled_from(ZONES), st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)))
def test_nobody_is_written_to_before_their_hour(zone, local):
    at = in_zone(local.replace(microsecond=0), zone)
    first = Schedule(local=local).first(utc(2020, 1, 1))
    assert first is not None
    assert first <= at + timedelta(seconds=1)


def test_a_recurrence_keeps_its_hour_through_summer_time():
    schedule = Schedule(
        local=datetime(2027, 3, 26, 9), timezone="Europe/Paris", rule="FREQ=DAILY;COUNT=4"
    )
    hours, following = [], schedule.first(START)
    while following is not None:
        hours.append(following.hour)
        following = schedule.after(following)
    assert hours == [8, 8, 7, 7]


def test_a_recurrence_ends():
    schedule = Schedule(local=NINE, timezone="UTC", rule="FREQ=DAILY", until=utc(2026, 12, 2, 9))
    assert schedule.after(utc(2026, 12, 1, 9)) == utc(2026, 12, 2, 9)
    assert schedule.after(utc(2026, 12, 2, 9)) is None


@pytest.mark.parametrize(
    "rule",
    [
        "every monday",
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYMINUTE=0,30",
        "RRULE:FREQ=DAILY\nEXDATE:20261201T090000",
        "FREQ=DAILY;UNTIL=20200101T000000",
        "FREQ=DAILY;BYMONTHDAY=99",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
    ],
)
def test_a_recurrence_that_cannot_be_used_is_refused(rule):
    with pytest.raises(WrongRule):
        Schedule(local=NINE, timezone="UTC", rule=rule).check(START)


def test_an_hour_that_clocks_leave_out_is_no_second_run():
    schedule = Schedule(
        local=datetime(2027, 3, 14, 0, 30), timezone="America/New_York", rule="FREQ=HOURLY;COUNT=5"
    )
    launched = datetime(2027, 3, 1, tzinfo=UTC)
    schedule.check(launched)
    times = [schedule.first(launched)]
    while times[-1] is not None:
        times.append(schedule.after(times[-1]))
    assert [f"{each:%H:%M}" for each in times if each] == ["05:30", "06:30", "07:30", "08:30"]


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=HOURLY;INTERVAL=2;COUNT=9"])
def test_a_usual_recurrence_is_taken(rule):
    Schedule(local=NINE, timezone="America/New_York", rule=rule).check(START)
