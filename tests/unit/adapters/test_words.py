"""The words of the pages for recipients: the same in each language."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from outbound.adapters.pages.words import day, language_for, moment, words
from outbound.domain.replies import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_and_names_the_same(language):
    english, texts = words("en"), words(language)
    assert list(texts) == list(english)
    for name, text in texts.items():
        assert text.strip()
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", english[name]))


@pytest.mark.parametrize(
    ("locale", "accepted", "language"),
    [
        ("fr-CA", "de", "fr"),
        (None, "de-AT, en;q=0.8", "de"),
        (None, "en;q=0.1, es;q=0.9", "es"),
        ("pt-BR", "pt, fr;q=0.5", "fr"),
        (None, "ja", "en"),
        (None, "fr;q=x, de", "de"),
        (None, None, "en"),
        (None, "," * 9000, "en"),
    ],
)
def test_a_page_speaks_the_contacts_language_else_the_browsers(locale, accepted, language):
    assert language_for(locale, accepted) == language


@pytest.mark.parametrize(
    ("language", "written", "with_time"),
    [
        ("en", "December 28, 2026", "December 28, 2026, 9:30\u202fPM UTC"),
        ("es", "28 de diciembre de 2026", "28 de diciembre de 2026, 21:30 UTC"),
        ("fr", "28 décembre 2026", "28 décembre 2026, 21:30 UTC"),
        ("de", "28. Dezember 2026", "28. Dezember 2026, 21:30 UTC"),
    ],
)
def test_days_and_times_are_written_as_one_writes_them(language, written, with_time):
    at = datetime(2026, 12, 28, 21, 30, tzinfo=UTC)
    assert (day(at, language), moment(at, language)) == (written, with_time)
