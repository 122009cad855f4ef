"""Voices: those of the service, and which one speaks a language."""

from __future__ import annotations

import re

import pytest
from botocore.session import get_session
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.voices import ANY_VOICE, LOCALE, VOICES, VoiceChoice, voice_for


def test_the_voices_are_those_of_the_service():
    model = get_session().get_service_model("pinpoint-sms-voice-v2")
    assert set(VOICES) == set(model.shape_for("VoiceId").metadata["enum"])


def test_each_locale_is_one_that_polly_speaks():
    model = get_session().get_service_model("polly")
    assert {voice.locale for voice in VOICES.values()} <= set(
        model.shape_for("LanguageCode").metadata["enum"]
    )


@pytest.mark.parametrize(
    ("locale", "voice"),
    [
        ("fr-CA", "CHANTAL"),
        ("fr_ca", "CHANTAL"),
        ("fr-FR", "LEA"),
        ("fr-BE", "LEA"),
        ("fr", "LEA"),
        ("es", "LUCIA"),
        ("es-AR", "LUCIA"),
        ("pt", "CAMILA"),
        ("en-GB", "AMY"),
        ("en-GB-WLS", "GERAINT"),
        ("de", "VICKI"),
        ("ar-EG", "ZEINA"),
        ("zh-Hans-CN", "ZHIYU"),
        ("no", "LIV"),
        ("fi", "JOEY"),
    ],
)
def test_a_locale_gets_its_voice_else_one_of_its_language_else_the_usual_one(locale, voice):
    assert voice_for(VoiceChoice(locale=locale), "JOEY").id == voice


@pytest.mark.parametrize("locale", ["en-US", "en", "en-NZ"])
def test_the_usual_voice_comes_first_where_it_speaks_the_language(locale):
    assert voice_for(VoiceChoice(locale=locale), "JOEY").id == "JOEY"


def test_a_voice_goes_before_a_locale():
    assert voice_for(VoiceChoice("HANS", "fr-FR"), "JOEY").id == "HANS"
    assert voice_for(ANY_VOICE, "JOEY").id == "JOEY"


@given(st.from_regex(re.compile(LOCALE, re.ASCII), fullmatch=True), st.sampled_from(sorted(VOICES)))
def test_whatever_the_locale_somebody_speaks(locale, default):
    assert voice_for(VoiceChoice(locale=locale), default).id in VOICES
