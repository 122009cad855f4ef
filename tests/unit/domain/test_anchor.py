"""A file of heads is read as it was written, or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.anchor import DamagedAnchor, Head, file_of, read

DAY = date(2026, 11, 23)
HEADS = [Head("clinic", f"c{number}", number, f"{number:064x}") for number in range(1, 4)]
FILE = file_of(DAY, HEADS)


def test_a_file_names_its_tenant_and_its_day_and_is_read_back():
    assert FILE.name.startswith("clinic/2026-11-23-")
    assert read(FILE.name, FILE.content) == (DAY, HEADS)


def test_the_same_heads_make_the_same_file_and_others_another():
    assert file_of(DAY, HEADS) == FILE
    assert file_of(DAY, HEADS[:2]).name != FILE.name


@given(st.integers(0, len(FILE.content) - 1), st.integers(1, 255))
def test_no_byte_can_be_another(at, change):
    content = bytearray(FILE.content)
    content[at] ^= change
    with pytest.raises(DamagedAnchor):
        read(FILE.name, bytes(content))


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"{}", b"null\n", b"[]\n{}", FILE.content[:-1], FILE.content + b"\n"]
)
def test_what_is_no_file_of_ours_is_damaged(content):
    with pytest.raises(DamagedAnchor):
        read(FILE.name, content)


def test_a_file_under_the_name_of_another_is_damaged():
    with pytest.raises(DamagedAnchor):
        read(FILE.name, file_of(DAY, HEADS[:2]).content)
