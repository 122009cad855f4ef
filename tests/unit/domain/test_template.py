"""Which words a reader gets, and in which locale they are written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.locale import fallbacks
from outbound.domain.template import ANY_LOCALE, Part, put_together
from outbound.domain.voices import VoiceChoice
from outbound.domain.words import Channel
from tests.builders import make_content, make_template

LOCALES = ["de", "de-AT", "fr", "fr-CA", "zh-Hant", "zh-Hant-TW", "pt-BR", "es-419"]
locales = st.sampled_from([*LOCALES, "en", "en-GB", "zh-TW", "pt", "ja-JP"])


def saying(*translated: str):
    return make_template(
        {Channel.SMS: make_content(text="default")},
        translations={each: {Channel.SMS: make_content(text=each)} for each in translated},
    )


@given(st.sets(st.sampled_from(LOCALES)), locales)
def test_a_reader_gets_the_nearest_locale_that_is_there_and_else_the_default(has, wanted):
    said = saying(*has).content(Channel.SMS, wanted).bodies["text"]

    tags = wanted.split("-")
    nearer = ["-".join(tags[:length]) for length in range(len(tags), 0, -1)]
    assert said == next((each for each in nearer if each in has), "default")


@given(st.sets(st.sampled_from(LOCALES)), locales)
def test_the_pinned_locale_finds_the_same_words_and_is_of_their_language(has, wanted):
    template = saying(*has)
    pinned = template.locale_for(Channel.SMS, wanted)

    content = template.content(Channel.SMS, pinned)
    assert content is template.content(Channel.SMS, wanted)
    spoken = content.bodies["text"].replace("default", template.locale)
    assert pinned.partition("-")[0] == spoken.partition("-")[0]


@pytest.mark.parametrize(
    ("wanted", "pinned"),
    [
        (None, "en"),
        ("en-GB", "en-GB"),
        ("ja", "en"),
        ("fr", "fr"),
        ("fr-CA", "fr-CA"),
        ("fr-Latn-CA", "fr-Latn-CA"),
    ],
)
def test_values_are_written_for_the_region_where_the_language_is_spoken(wanted, pinned):
    assert saying("fr").locale_for(Channel.SMS, wanted) == pinned


def test_a_channel_without_a_translation_stays_in_the_default():
    template = make_template(
        {Channel.SMS: make_content(), Channel.EMAIL: make_content(Channel.EMAIL)},
        translations={"fr": {Channel.SMS: make_content(text="Bonjour")}},
    )
    assert template.locale_for(Channel.EMAIL, "fr") == "en"
    assert template.content(Channel.EMAIL, "fr") == template.contents[Channel.EMAIL]


def test_a_locale_is_cut_from_its_end():
    assert list(fallbacks("zh-Hant-TW")) == ["zh-Hant-TW", "zh-Hant", "zh"]


def test_a_part_speaks_the_language_of_the_body_that_asks_for_it():
    footer = {
        ANY_LOCALE: {Channel.SMS: {"text": "Bye", "other": "!"}},
        "fr": {Channel.SMS: {"text": "Au revoir"}},
    }
    template = put_together(replace(saying("fr", "de"), parts={"footer": Part(2, footer)}))

    def said(content):
        return content.parts["footer"]

    assert said(template.contents[Channel.SMS])["text"] == "Bye"
    assert said(template.translations["de"][Channel.SMS])["text"] == "Bye"
    assert said(template.translations["fr"][Channel.SMS]) == {"text": "Au revoir", "other": "!"}


def test_a_translated_call_has_a_voice_of_its_language_unless_it_names_one():
    call = make_content(Channel.VOICE, text="Hello")
    own = replace(call, voice=VoiceChoice("HANS"))
    template = put_together(
        make_template(
            {Channel.VOICE: call},
            translations={"fr": {Channel.VOICE: call}, "de": {Channel.VOICE: own}},
        )
    )

    assert template.contents[Channel.VOICE] == call
    assert template.translations["fr"][Channel.VOICE].voice == VoiceChoice(locale="fr")
    assert template.translations["de"][Channel.VOICE].voice == VoiceChoice("HANS")
