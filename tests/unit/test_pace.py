"""The pace of a worker."""

from __future__ import annotations

import pytest

from outbound.adapters.pace import at_pace


class Time:
    def __init__(self):
        self.now = 100.0

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def time():
    return Time()


def run(time, seconds, takes, *, called=True):
    def work():
        time.now += takes
        return called

    at_pace(work, seconds, monotonic=lambda: time.now, sleep=time.sleep)
    return time.now - 100


@pytest.mark.parametrize(("takes", "in_all"), [(0.25, 2), (2, 2), (5, 5)])
def test_a_message_takes_its_time_and_no_more(time, takes, in_all):
    assert run(time, 2, takes) == pytest.approx(in_all)


def test_what_calls_no_provider_is_not_waited_for(time):
    assert run(time, 2, 0.25, called=False) == pytest.approx(0.25)


def test_a_failure_keeps_the_pace_too(time):
    def work():
        raise ConnectionError

    with pytest.raises(ConnectionError):
        at_pace(work, 2, monotonic=lambda: time.now, sleep=time.sleep)
    assert time.now == 102
