"""What an alert says on each channel, put together from its information in one language.

An alert's words are data: nothing in them is read as a template. A text has the headline and what
to do, as far as a few parts carry; the page behind its link has all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain import speech
from outbound.domain.alert import AlertStatus
from outbound.domain.content import Content
from outbound.domain.locale import language
from outbound.domain.voices import VoiceChoice
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outbound.domain.alert import AlertSettings, Info

LONGEST_TEXT = 480
"""Characters of a text without its link: some parts of a few cents each."""
LONGEST_SUBJECT = 250
LONGEST_SPOKEN = 2_800
DRILLS: Mapping[AlertStatus, Mapping[str, str]] = {
    AlertStatus.EXERCISE: {
        "en": "EXERCISE ONLY",
        "es": "SOLO SIMULACRO",
        "fr": "EXERCICE SEULEMENT",
        "de": "NUR ÜBUNG",
    },
    AlertStatus.TEST: {
        "en": "TEST ONLY",
        "es": "SOLO PRUEBA",
        "fr": "TEST SEULEMENT",
        "de": "NUR TEST",
    },
}
MORE = {
    "en": "Details, and confirm that you have read this:",
    "es": "Detalles, y confirme que lo ha leído:",
    "fr": "Détails, et confirmez que vous l'avez lu :",
    "de": "Mehr, und bestätigen, dass Sie es gelesen haben:",
}
LINK = "{{ links.alert }}"
ENDS = ".!?\u3002\uff01\uff1f"
"""What ends a sentence: a call makes a pause there."""


def contents(settings: AlertSettings, info: Info) -> Mapping[Channel, Content]:
    """The alert in the language of `info`, on all its channels and those of its escalation."""
    every = {*settings.channels, *(each for step in settings.escalation for each in step.channels)}
    made = {
        Channel.SMS: {"text": f"{literal(_text(settings, info))}\n{_more(info)} {LINK}"},
        Channel.EMAIL: {
            "subject": literal(_subject(settings, info)),
            "text": f"{literal(_email(settings, info))}\n\n{_more(info)}\n{LINK}\n",
        },
        Channel.VOICE: {"text": literal(spoken(settings, info))},
    }
    voice = VoiceChoice(locale=info.language)
    return {
        channel: Content(channel, bodies, voice=voice)
        if channel is Channel.VOICE
        else Content(channel, bodies)
        for channel, bodies in made.items()
        if channel in every
    }


def title(info: Info) -> str:
    """Its headline, in one line."""
    return " ".join((info.headline or info.event).split())


def drill_label(status: AlertStatus, locale: str) -> str | None:
    """That it isn't meant, in a language."""
    words = DRILLS.get(status)
    return words.get(language(locale), words["en"]) if words else None


def spoken(settings: AlertSettings, info: Info) -> str:
    """What a call says: the description too, where that isn't too long to listen to."""
    label = drill_label(settings.status, info.language)
    must = _parts(label, info.sender_name, title(info))
    for also in ((info.description, info.instruction), (info.instruction,), ()):
        said = " ".join(_sentence(each) for each in (*must, *_parts(*also), *_parts(label)))
        if len(said) <= LONGEST_SPOKEN and _seconds(said) <= speech.LONGEST_CALL:
            return said
    return said


def _seconds(said: str) -> int:
    return speech.seconds(speech.Script((speech.Piece(said),)))


def _text(settings: AlertSettings, info: Info) -> str:
    must = _parts(drill_label(settings.status, info.language), title(info))
    for also in (info.instruction, None if info.instruction else info.description):
        said = " ".join(_sentence(each) for each in (*must, *_parts(also)))
        if also and len(said) <= LONGEST_TEXT:
            return said
    return " ".join(_sentence(each) for each in must)


def _subject(settings: AlertSettings, info: Info) -> str:
    label = drill_label(settings.status, info.language)
    return f"{f'{label}: ' if label else ''}{title(info)}"[:LONGEST_SUBJECT]


def _email(settings: AlertSettings, info: Info) -> str:
    label = drill_label(settings.status, info.language)
    resources = "\n".join(
        f"{each.description}: {each.url}" for each in info.resources if each.url is not None
    )
    places = "; ".join(info.areas)
    blocks = (
        label,
        title(info),
        places,
        info.description,
        info.instruction,
        info.web,
        resources,
        info.contact,
        info.sender_name,
        label,
    )
    return "\n\n".join(_parts(*blocks))


def _more(info: Info) -> str:
    return MORE.get(language(info.language), MORE["en"])


def _parts(*texts: str | None) -> tuple[str, ...]:
    return tuple(stripped for each in texts if each and (stripped := each.strip()))


def _sentence(text: str) -> str:
    whole = " ".join(text.split())
    return whole if whole[-1] in ENDS else f"{whole}."


def literal(text: str) -> str:
    """A text as a template that says exactly this."""
    return text.replace("{", '{{ "{" }}')


def by_locale(infos: Iterable[Info]) -> Mapping[str, Info]:
    """The first information in each locale, and in each language for the locales it lacks."""
    found: dict[str, Info] = {}
    for info in infos:
        found.setdefault(info.language, info)
    for info in list(found.values()):
        found.setdefault(language(info.language), info)
    return found
