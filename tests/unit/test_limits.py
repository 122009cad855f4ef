"""How many requests a key may make."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbound.adapters.api.limits import KEPT, WINDOW, Limiter
from outbound.domain.errors import Refusal
from tests.builders import make_key
from tests.memory.clock import START

KEY = make_key()
SECOND = timedelta(seconds=1)


@pytest.fixture
def limiter():
    return Limiter(10)


def test_a_key_has_its_limit_in_each_window(limiter):
    left = [limiter.take(KEY, 1, START + number * SECOND).left for number in range(10)]
    assert left == list(range(9, -1, -1))
    with pytest.raises(Refusal) as refusal:
        limiter.take(KEY, 1, START + 20 * SECOND)
    assert (refusal.value.code, refusal.value.retry_after) == ("rate_limited", 40)
    assert limiter.take(KEY, 1, START + WINDOW).left == 9


def test_what_is_refused_is_not_counted(limiter):
    for _ in range(8):
        limiter.take(KEY, 1, START)
    with pytest.raises(Refusal):
        limiter.take(KEY, 5, START)
    assert limiter.take(KEY, 2, START).left == 0


def test_keys_are_counted_apart(limiter):
    limiter.take(KEY, 10, START)
    assert limiter.take(make_key(id="key_2"), 1, START).left == 9


def test_a_keys_own_limit_counts(limiter):
    key = make_key(limit_per_minute=2)
    limiter.take(key, 1, START)
    limiter.take(key, 1, START)
    with pytest.raises(Refusal):
        limiter.take(key, 1, START)


def test_a_batch_larger_than_the_limit_passes_a_fresh_window_alone(limiter):
    limiter.take(KEY, 1, START)
    assert limiter.take(KEY, 499, START).left == 0
    with pytest.raises(Refusal):
        limiter.take(KEY, 1, START + SECOND)


def test_the_headers_say_limit_rest_and_time(limiter):
    limiter.take(KEY, 3, START)
    assert limiter.standing(KEY, START + 15 * SECOND).headers() == {
        "RateLimit-Policy": '"default";q=10;w=60',
        "RateLimit": '"default";r=7;t=45',
    }


def test_no_more_is_kept_than_a_bound(limiter):
    for number in range(KEPT + 5):
        limiter.take(make_key(id=f"key_{number}"), 1, START)
    assert len(limiter._windows) == KEPT
