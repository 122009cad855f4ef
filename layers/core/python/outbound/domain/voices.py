"""The voices that read a call aloud, and which of them speaks a language.

`VoiceId` of the pinpoint-sms-voice-v2 API; all are standard voices of Amazon Polly, whose guide
gives language and gender: https://docs.aws.amazon.com/polly/latest/dg/available-voices.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALE = r"^[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8}){0,3}$"
"""A language tag (BCP 47), as far as a voice depends on it: de, fr-CA, en-GB-WLS, zh_Hant_TW."""

# Of a language, the first locale is taken for those that no voice has; of a locale, the first
# voice. Language tags, as callers write them, that Polly writes otherwise are in _ALIASES.
_TABLE = """
en-US JOANNA female, MATTHEW male, IVY female, KENDRA female, KIMBERLY female, SALLI female,
en-US JOEY male, JUSTIN male
en-GB AMY female, EMMA female, BRIAN male
en-AU NICOLE female, RUSSELL male
en-IN RAVEENA female
en-GB-WLS GERAINT male
es-ES LUCIA female, CONCHITA female, ENRIQUE male
es-US LUPE female, PENELOPE female, MIGUEL male
es-MX MIA female
fr-FR LEA female, CELINE female, MATHIEU male
fr-CA CHANTAL female
de-DE VICKI female, MARLENE female, HANS male
it-IT BIANCA female, CARLA female, GIORGIO male
pt-BR CAMILA female, VITORIA female, RICARDO male
pt-PT INES female, CRISTIANO male
nl-NL LOTTE female, RUBEN male
pl-PL EWA female, MAJA female, JACEK male, JAN male
da-DK NAJA female, MADS male
sv-SE ASTRID female
nb-NO LIV female
is-IS DORA female, KARL male
ru-RU TATYANA female, MAXIM male
ro-RO CARMEN female
tr-TR FILIZ female
cy-GB GWYNETH female
arb ZEINA female
cmn-CN ZHIYU female
ja-JP MIZUKI female, TAKUMI male
ko-KR SEOYEON female
"""
_ALIASES = {"ar": "arb", "zh": "cmn", "no": "nb", "nn": "nb"}


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice: its `VoiceId`, the locale it speaks, and how it sounds."""

    id: str
    locale: str
    gender: Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """Which voice a content asks for: a voice, else one for a locale, else the environment's."""

    voice: str | None = None
    locale: str | None = None


ANY_VOICE = VoiceChoice()


def _read(table: str) -> Mapping[str, Voice]:
    voices = {}
    for line in table.split("\n"):
        locale, _, rest = line.partition(" ")
        for name, gender in re.findall(r"([A-Z]+) (female|male)", rest):
            voices[name] = Voice(name, locale, gender)
    return voices


VOICES = _read(_TABLE)


def voice_for(choice: VoiceChoice, default: str) -> Voice:
    """The voice of a choice, with `default` where nothing was chosen or nobody speaks the locale.

    A locale gets a voice of exactly this locale, else one of the same language; `default` comes
    first where several would do.

    Raises:
        KeyError: the chosen or the default voice isn't one of VOICES.
    """
    ours = VOICES[default]
    if choice.voice is not None:
        return VOICES[choice.voice]
    if choice.locale is None:
        return ours
    candidates = (ours, *VOICES.values())
    wanted = _canonical(choice.locale)
    for fits in (_canonical, _language):
        for voice in candidates:
            if fits(voice.locale) == fits(wanted):
                return voice
    return ours


def _canonical(locale: str) -> str:
    language, *more = locale.lower().replace("_", "-").split("-")
    return "-".join((_ALIASES.get(language, language), *more))


def _language(locale: str) -> str:
    return _canonical(locale).partition("-")[0]
