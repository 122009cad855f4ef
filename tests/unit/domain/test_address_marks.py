"""Addresses of roles, and of domains that are thrown away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.address_marks import AddressMark, marks_of


@pytest.mark.parametrize(
    ("email", "marks"),
    [
        ("ada@example.com", ()),
        ("info@example.com", ("role",)),
        ("Admin+shop@example.com", ("role",)),
        ("no-reply@example.com", ("role",)),
        ("informatik@example.com", ()),
        ("ada@mailinator.com", ("disposable",)),
        ("ada@any.mailinator.com", ("disposable",)),
        ("sales@mailinator.com", ("role", "disposable")),
        ("ada@notmailinator.com.example", ()),
        ("mailinator.com@example.com", ()),
        ("", ()),
    ],
)
def test_an_address_is_marked_by_its_parts(email, marks):
    assert marks_of(email) == marks


@given(st.text(max_size=30))
def test_whatever_stands_there_is_marked_or_not(text):
    assert set(marks_of(text)) <= set(AddressMark)
