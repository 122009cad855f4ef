from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.coupon import Pool, codes_in
from tests.memory.clock import START

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("A-1", "A-1"),
        ("  A-1  ", "A-1"),
        ('"A-1",10 %', "A-1"),
        ("A-1;2026-12-31", "A-1"),
        ("A" * 64, "A" * 64),
    ],
)
def test_a_line_begins_with_its_code(line, code):
    assert codes_in([line]) == ([code], 0)


@pytest.mark.parametrize(
    "line", ["two words", "SALE50%", "\u00e9t\u00e9", "A" * 65, ",x", "=cmd|' /C calc'!A0"]
)
def test_a_line_without_a_code_is_counted(line):
    assert codes_in(["A", line, "", "   ", "B"]) == (["A", "B"], 1)


@given(st.lists(st.text(max_size=80), max_size=50))
def test_every_line_is_a_code_invalid_or_empty(lines):
    found, invalid = codes_in(lines)
    assert len(found) + invalid == sum(bool(line.strip()) for line in lines)


def test_a_pool_is_over_at_its_end():
    pool = Pool("acme", "spring", START, START + SECOND)
    assert not pool.over(START)
    assert pool.over(START + SECOND)
    assert not Pool("acme", "spring", START).over(START + timedelta(days=9999))
