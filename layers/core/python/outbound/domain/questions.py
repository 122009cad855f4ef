"""What people are asked by email, in four languages: is it you who wants this, is this yours?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.replies import LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

EMAILS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "subject": "{name}: please confirm",
        "before": "Somebody, most likely you, has asked to get {programme} at this address. "
        "You get it once you confirm:",
        "button": "Confirm",
        "after": "The link works for three days. If it wasn't you, do nothing: you get nothing "
        "then. {name}",
    },
    "es": {
        "subject": "{name}: confirme, por favor",
        "before": "Alguien, probablemente usted, ha pedido recibir {programme} en esta "
        "dirección. Lo recibirá en cuanto confirme:",
        "button": "Confirmar",
        "after": "El enlace funciona durante tres días. Si no fue usted, no haga nada: no "
        "recibirá nada. {name}",
    },
    "fr": {
        "subject": "{name} : confirmez, s'il vous plaît",
        "before": "Quelqu'un, sans doute vous, a demandé à recevoir {programme} à cette adresse. "
        "Vous le recevrez dès que vous aurez confirmé :",
        "button": "Confirmer",
        "after": "Le lien fonctionne pendant trois jours. Si ce n'était pas vous, ne faites "
        "rien : vous ne recevrez rien. {name}",
    },
    "de": {
        "subject": "{name}: bitte bestätigen",
        "before": "Jemand, vermutlich Sie, möchte {programme} an diese Adresse erhalten. Sie "
        "erhalten es, sobald Sie bestätigen:",
        "button": "Bestätigen",
        "after": "Der Link funktioniert drei Tage lang. Wenn Sie es nicht waren, tun Sie nichts: "
        "Sie erhalten dann nichts. {name}",
    },
}


def email_question(language: str, *, name: str, programme: str) -> Mapping[str, str]:
    """Subject, what stands before the link and after it, and what the link is called."""
    named = {"name": name[:LONGEST_NAME], "programme": programme}
    return {part: text.format(**named) for part, text in EMAILS[language].items()}


ADDRESSES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "subject": "{name}: is this your address?",
        "before": "Somebody, most likely you, wants to be reached at this address from now on. "
        "We use it once you confirm:",
        "button": "Confirm",
        "after": "The link works for three days. If it wasn't you, do nothing: nothing changes "
        "then. {name}",
    },
    "es": {
        "subject": "{name}: ¿es esta su dirección?",
        "before": "Alguien, probablemente usted, quiere recibir nuestros mensajes en esta "
        "dirección. La usaremos en cuanto confirme:",
        "button": "Confirmar",
        "after": "El enlace funciona durante tres días. Si no fue usted, no haga nada: no "
        "cambiará nada. {name}",
    },
    "fr": {
        "subject": "{name} : est-ce votre adresse ?",
        "before": "Quelqu'un, sans doute vous, veut être joint à cette adresse. Nous "
        "l'utiliserons dès que vous aurez confirmé :",
        "button": "Confirmer",
        "after": "Le lien fonctionne pendant trois jours. Si ce n'était pas vous, ne faites "
        "rien : rien ne changera. {name}",
    },
    "de": {
        "subject": "{name}: Ist das Ihre Adresse?",
        "before": "Jemand, vermutlich Sie, möchte ab jetzt unter dieser Adresse erreicht werden. "
        "Wir nutzen sie, sobald Sie bestätigen:",
        "button": "Bestätigen",
        "after": "Der Link funktioniert drei Tage lang. Wenn Sie es nicht waren, tun Sie nichts: "
        "Dann ändert sich nichts. {name}",
    },
}


def address_question(language: str, *, name: str) -> Mapping[str, str]:
    """The same of an email that asks whether an address is the contact's."""
    return {
        part: text.format(name=name[:LONGEST_NAME]) for part, text in ADDRESSES[language].items()
    }
