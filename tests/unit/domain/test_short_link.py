from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.ids import MessageRef
from outbound.domain.short_link import DIGITS, LENGTH, is_media, objection, split, token_of

REF = MessageRef("acme", "msg_1")


def test_a_message_has_the_same_token_each_time_and_another_than_others():
    token = token_of(b"secret", REF)
    assert token == token_of(b"secret", REF)
    assert len(token) == LENGTH
    others = [
        token_of(b"another", REF),
        token_of(b"secret", MessageRef("acme", "msg_2")),
        token_of(b"secret", MessageRef("other", "msg_1")),
    ]
    assert len({token, *others}) == 4


def test_a_path_fits_sixteen_characters():
    assert len(f"/l/{token_of(b'secret', REF)}0") == 16


@given(st.sampled_from(DIGITS))
def test_a_token_is_split_into_message_and_place(digit):
    token = token_of(b"secret", REF)
    assert split(token + digit) == (token, DIGITS.index(digit))


@pytest.mark.parametrize(
    "token", ["", "x" * 12, "x" * 14, "x" * 12 + "-", "é" * 13, "../etc/passwd"]
)
def test_what_is_no_token_is_none(token):
    assert split(token) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "https://example.com/a?b=c&d=%C3%A9#e",
        "https://sub.example.com:8443/~a",
        "https://xn--bcher-kva.example/",
    ],
)
def test_an_https_address_may_be_linked(url):
    assert objection(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://example.com",
        "//example.com",
        "/path",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https:///path",
        "https://user:password@example.com",
        "https://trusted.example@evil.example/",
        "https://example.com\\@evil.example/",
        "https://example.com:port/",
        "https://[::1",
        "https://example.com/\r\nSet-Cookie: a=b",
        "https://example.com/a b",
        "https://bücher.example/",
        "https://example.com/" + "x" * 2000,
    ],
)
def test_nothing_else_may_be(url):
    assert objection(url) is not None


@given(st.text(max_size=60))
def test_any_text_is_answered(text):
    assert "short takes" in (objection(text) or "short takes")
    assert is_media(text) is False or text.startswith("med_")
