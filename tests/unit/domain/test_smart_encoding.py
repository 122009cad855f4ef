from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.smart_encoding import smart
from outbound.domain.sms_text import BASIC, split

TYPOGRAPHY = "\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u2013\u2014\u2026\u00a0\u202f\u200b\u00ad"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("It\u2019s \u201copen\u201d \u2013 9\u00a0to\u202f5\u2026", 'It\'s "open" - 9 to 5...'),
        ("\u201eGuten Tag\u201c", '"Guten Tag"'),
        ("\u00ab\u202fBonjour\u202f\u00bb", '" Bonjour "'),
        ("soft\u00adhyphen\u200bed", "softhyphened"),
        ("cafe\u0301", "caf\u00e9"),
        ("20\u00a0\u20ac", "20 \u20ac"),
    ],
)
def test_typography_gives_way_to_plain_signs(text, written):
    assert split(text).encoding == "UTF-16"
    assert smart(text) == written
    assert split(written).encoding == "GSM-7"


@pytest.mark.parametrize(
    "text",
    ["", "plain", "\u20ac{}[]", "gar\u00e7on \u2013 no", "\u201c語\u201d", "\u2019\U0001f389"],
)
def test_a_text_that_gains_nothing_stays_as_it_is(text):
    assert smart(text) == text


def test_a_text_of_another_script_is_changed_where_it_takes_fewer_parts():
    text = "語" * 60 + "\u200b" * 11
    assert (len(split(text).parts), smart(text)) == (2, "語" * 60)


def test_an_ellipsis_that_would_take_one_part_more_stays():
    text = "語" * 69 + "\u2026"
    assert smart(text) == text


def test_joined_emoji_and_directions_stay():
    text = "👩\N{ZERO WIDTH JOINER}🚀 \u200f\u05e9\u05dc\u05d5\u05dd"
    assert smart(text) == text


@given(st.text(st.sampled_from(TYPOGRAPHY + "abé 語🎉"), max_size=200))
def test_it_never_costs_more_and_changes_no_letter(text):
    written = smart(text)
    assert len(split(written).parts) <= len(split(text).parts)
    letters = [each for each in unicodedata.normalize("NFC", text) if each.isalpha()]
    assert [each for each in written if each.isalpha()] == letters or written == text
    assert smart(written) == written


@given(st.text(st.sampled_from(TYPOGRAPHY + BASIC), max_size=200))
def test_typography_alone_never_keeps_a_text_out_of_gsm(text):
    assert split(smart(text)).encoding == "GSM-7"
