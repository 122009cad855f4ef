"""What people are answered to their texts, in four languages.

The confirmation of a no says nothing but that (47 CFR 64.1200(a)(12)); help, and what one joins,
say what the CTIA's principles want: who it is, where to find help, what it may cost, how to stop.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_NAME = 60
LANGUAGES = ("en", "es", "fr", "de")
DEFAULT_LANGUAGE = LANGUAGES[0]


class Reply(StrEnum):
    """What a person is told."""

    STOPPED = "stopped"
    STARTED = "started"
    HELP = "help"
    ASKED = "asked"
    JOINED = "joined"
    ASKED_NUMBER = "asked_number"
    NUMBER_SET = "number_set"


@dataclass(frozen=True, slots=True)
class Speaker:
    """In whose name people are answered, and how it can be reached otherwise."""

    name: str
    contact: str


TEXTS: Mapping[str, Mapping[Reply, str]] = {
    "en": {
        Reply.STOPPED: "{name}: You are opted out and get no more messages from us. "
        "Reply START to get them again.",
        Reply.STARTED: "{name}: You are opted in again. Msg&data rates may apply. "
        "Reply HELP for help, STOP to opt out.",
        Reply.HELP: "{name}: For help contact {contact}. Msg&data rates may apply. "
        "Reply STOP to opt out.",
        Reply.ASKED: "{name}: Reply YES to get {programme} by text. {wording} Msg frequency "
        "varies. Msg&data rates may apply. Reply HELP for help, STOP to cancel.",
        Reply.JOINED: "{name}: You now get {programme} by text. Msg frequency varies. "
        "Msg&data rates may apply. Reply HELP for help, STOP to cancel.",
        Reply.ASKED_NUMBER: "{name}: Reply YES to be reached at this number from now on. If you "
        "didn't ask for it, do nothing. Msg&data rates may apply. Reply HELP for help, STOP to "
        "opt out.",
        Reply.NUMBER_SET: "{name}: You are reached at this number from now on. Reply HELP for "
        "help, STOP to opt out.",
    },
    "es": {
        Reply.STOPPED: "{name}: Se ha dado de baja y no recibirá más mensajes nuestros. "
        "Responda START para volver a recibirlos.",
        Reply.STARTED: "{name}: Vuelve a recibir nuestros mensajes. Pueden aplicarse tarifas. "
        "Responda HELP para ayuda, STOP para darse de baja.",
        Reply.HELP: "{name}: Para ayuda, contacte con {contact}. Pueden aplicarse tarifas. "
        "Responda STOP para darse de baja.",
        Reply.ASKED: "{name}: Responda YES para recibir {programme} por SMS. {wording} La "
        "frecuencia varía. Pueden aplicarse tarifas. HELP para ayuda, STOP para cancelar.",
        Reply.JOINED: "{name}: Ahora recibe {programme} por SMS. La frecuencia varía. Pueden "
        "aplicarse tarifas. Responda HELP para ayuda, STOP para cancelar.",
        Reply.ASKED_NUMBER: "{name}: Responda YES para recibir nuestros mensajes en este número. "
        "Si no lo pidió, no haga nada. Pueden aplicarse tarifas. HELP para ayuda, STOP para darse "
        "de baja.",
        Reply.NUMBER_SET: "{name}: Desde ahora recibe nuestros mensajes en este número. HELP para "
        "ayuda, STOP para darse de baja.",
    },
    "fr": {
        Reply.STOPPED: "{name} : vous êtes désabonné et ne recevrez plus de messages de notre "
        "part. Répondez START pour les recevoir à nouveau.",
        Reply.STARTED: "{name} : vous êtes abonné à nouveau. Des frais peuvent s'appliquer. "
        "Répondez HELP pour de l'aide, STOP pour vous désabonner.",
        Reply.HELP: "{name} : pour de l'aide, contactez {contact}. Des frais peuvent "
        "s'appliquer. Répondez STOP pour vous désabonner.",
        Reply.ASKED: "{name} : répondez YES pour recevoir {programme} par SMS. {wording} "
        "Fréquence variable. Des frais peuvent s'appliquer. HELP pour de l'aide, STOP pour "
        "annuler.",
        Reply.JOINED: "{name} : vous recevez désormais {programme} par SMS. Fréquence variable. "
        "Des frais peuvent s'appliquer. HELP pour de l'aide, STOP pour annuler.",
        Reply.ASKED_NUMBER: "{name} : répondez YES pour être joint à ce numéro. Si vous ne l'avez "
        "pas demandé, ne faites rien. Des frais peuvent s'appliquer. HELP pour de l'aide, STOP "
        "pour vous désabonner.",
        Reply.NUMBER_SET: "{name} : vous êtes désormais joint à ce numéro. HELP pour de l'aide, "
        "STOP pour vous désabonner.",
    },
    "de": {
        Reply.STOPPED: "{name}: Sie sind abgemeldet und erhalten keine Nachrichten mehr von uns. "
        "Mit START erhalten Sie sie wieder.",
        Reply.STARTED: "{name}: Sie sind wieder angemeldet. Es können Kosten anfallen. HELP "
        "für Hilfe, STOP zum Abmelden.",
        Reply.HELP: "{name}: Hilfe erhalten Sie bei {contact}. Es können Kosten anfallen. STOP "
        "zum Abmelden.",
        Reply.ASKED: "{name}: Antworten Sie YES, um {programme} per SMS zu erhalten. {wording} "
        "Unterschiedlich häufig. Es können Kosten anfallen. HELP für Hilfe, STOP zum Beenden.",
        Reply.JOINED: "{name}: Sie erhalten jetzt {programme} per SMS. Unterschiedlich häufig. "
        "Es können Kosten anfallen. HELP für Hilfe, STOP zum Beenden.",
        Reply.ASKED_NUMBER: "{name}: Antworten Sie YES, um unter dieser Nummer erreicht zu "
        "werden. Wenn Sie das nicht wollten, tun Sie nichts. Es können Kosten anfallen. HELP für "
        "Hilfe, STOP zum Abmelden.",
        Reply.NUMBER_SET: "{name}: Wir erreichen Sie ab jetzt unter dieser Nummer. HELP für "
        "Hilfe, STOP zum Abmelden.",
    },
}


def reply_text(
    reply: Reply, speaker: Speaker, language: str, *, programme: str = "", wording: str = ""
) -> str:
    """What a person is told, in a language that there is, else in English."""
    texts = TEXTS.get(language, TEXTS[DEFAULT_LANGUAGE])
    said = texts[reply].format(
        name=speaker.name[:LONGEST_NAME],
        contact=speaker.contact,
        programme=programme,
        wording=wording,
    )
    return " ".join(said.split())


def language_of(locale: str | None) -> str:
    """`fr` of `fr-CA`."""
    return (locale or DEFAULT_LANGUAGE).replace("_", "-").partition("-")[0].lower()
