"""Encodings and parts, beside an independent implementation."""

from __future__ import annotations

import pytest
import smsutil
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outbound.domain.sms_text import BASIC, EXTENSION, split

ZWJ, MARKS = "\N{ZERO WIDTH JOINER}", "\u0301\u0308\u20e3\ufe0f\U0001f3fd"
GSM = st.text(st.sampled_from(BASIC + EXTENSION * 6), min_size=1, max_size=500)
ANY = st.text(
    st.one_of(
        st.sampled_from(f"aé€語🎉👩🚀{ZWJ}{MARKS}"), st.characters(exclude_characters="\x1b")
    ),
    min_size=1,
    max_size=150,
)
NAMES = {"gsm0338": "GSM-7", "utf_16_be": "UTF-16"}


def septets(text: str) -> int:
    return sum(2 if character in EXTENSION else 1 for character in text)


def units(text: str) -> int:
    return len(text.encode("utf-16-be")) // 2


@settings(max_examples=500)
@given(st.lists(st.one_of(GSM, ANY), min_size=20, max_size=20))
@example(["€" * 80, "🎉" * 35, EXTENSION * 20, "👩‍🚀" * 30, "e\u0301" * 40])
def test_an_independent_implementation_splits_ten_thousand_texts_alike(texts):
    for text in texts:
        ours, theirs = split(text), smsutil.split(text)
        assert ours.encoding == NAMES[theirs.encoding]
        assert list(ours.parts) == [part.content for part in theirs.parts]


@settings(max_examples=500)
@given(st.one_of(GSM, ANY))
def test_the_parts_are_the_text_and_each_is_within_its_limit(text):
    parsed = split(text)
    assert "".join(parsed.parts) == text
    size, alone, each = (septets, 160, 153) if parsed.encoding == "GSM-7" else (units, 70, 67)
    limit = alone if len(parsed.parts) == 1 else each
    assert all(0 < size(part) <= limit for part in parsed.parts)


@pytest.mark.parametrize(
    ("length", "parts"), [(1, 1), (160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4)]
)
def test_gsm_boundaries(length, parts):
    assert len(split("a" * length).parts) == parts


@pytest.mark.parametrize(("length", "parts"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)])
def test_utf_16_boundaries(length, parts):
    parsed = split("語" * length)
    assert (parsed.encoding, len(parsed.parts)) == ("UTF-16", parts)


def test_an_escape_pair_that_fits_exactly_stays_in_its_part():
    assert split("a" * 151 + "€" + "b" * 10).parts == ("a" * 151 + "€", "b" * 10)


def test_an_escape_pair_is_not_cut():
    assert split("a" * 152 + "€" + "b" * 10).parts == ("a" * 152, "€" + "b" * 10)


def test_an_emoji_is_not_cut():
    assert split("語" * 66 + "🎉" + "語" * 10).parts == ("語" * 66, "🎉" + "語" * 10)


def test_eighty_euro_signs_fit_one_text_and_eighty_one_do_not():
    assert len(split("€" * 80).parts) == 1
    assert len(split("€" * 81).parts) == 2


@pytest.mark.parametrize("character", ["ç", "\N{RIGHT SINGLE QUOTATION MARK}", "\t", "語", "\x1b"])
def test_one_foreign_character_makes_the_whole_text_utf_16(character):
    assert split("a" * 70).encoding == "GSM-7"
    assert split("a" * 69 + character).encoding == "UTF-16"
    assert len(split("a" * 70 + character).parts) == 2


def test_no_text_is_one_part():
    assert split("").parts == ("",)
