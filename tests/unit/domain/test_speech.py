"""How long it takes to say a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain import speech
from outbound.domain.speech import Piece, Script

ENGLISH = (
    "This is the clinic of Doctor Lee with a reminder. You have an appointment on Friday in the "
    "morning. Please bring your card and come a little earlier. If you can't come, please call us "
    "so that somebody else can have the time. Thank you, and have a good day. "
)


def seconds(text: str, rate: float = 1.0) -> int:
    return speech.seconds(Script((Piece(text, rate),)))


def test_english_is_said_at_some_150_words_a_minute():
    words = len(ENGLISH.split()) * 5
    assert 130 <= words / seconds(ENGLISH * 5) * 60 <= 170


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("...", 1),
        ("2065550142", 4),
        ("20%", 2),
        ("你好" * 10, 7),
        ("さくら" * 10, 6),
        ("안녕" * 10, 5),
        ("สวัสดีครับ" * 10, 10),
        ("مرحبا" * 10, 7),
    ],
)
def test_digits_symbols_and_scripts_take_their_time(text, expected):
    assert seconds(text) == expected


def test_half_the_speed_takes_twice_the_time():
    assert seconds(ENGLISH, rate=0.5) == pytest.approx(2 * seconds(ENGLISH), abs=2)


def test_letter_by_letter_takes_longer():
    assert speech.seconds(Script((Piece("ABCDEFGHIJ", spelled=True),))) == 4
    assert seconds("ABCDEFGHIJ") == 1


def test_silence_is_added():
    assert speech.seconds(Script((Piece("Hello"),), pause=10)) == 11


@given(st.text(max_size=300), st.text(max_size=300))
def test_more_text_never_takes_less_time(one, other):
    assert seconds(one + other) >= max(seconds(one), seconds(other))


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 1), (1, 1), (60, 1), (61, 2), (120, 2), (300, 5)]
)
def test_a_started_minute_is_a_minute(seconds, minutes):
    assert speech.minutes(seconds) == minutes
