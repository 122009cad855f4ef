"""The words by which people say that they want no more texts, in four languages.

All in lower case, without accents, apostrophes and hyphens, as `keywords.py` reads a text.
"""

from __future__ import annotations

# 47 CFR 64.1200(a)(10): "stop," "quit," "end," "revoke," "opt out," "cancel," or "unsubscribe".
FCC = frozenset({"stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe"})
# https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html
AWS = frozenset(
    {
        "arret", "cancel", "end", "opt out", "optout", "quit", "remove", "stop", "td",
        "unsubscribe",
    }
)  # fmt: skip
# CTIA Messaging Principles and Best Practices (May 2023), 5.1.3, and what carriers list beside it.
CTIA = frozenset({"stopall", "stop all", "stop", "unsubscribe", "cancel", "end", "quit"})
SPANISH = frozenset({"alto", "baja", "cancelar", "detener", "parar", "pare"})
FRENCH = frozenset({"annuler", "arreter", "arretez", "desabonnement", "desinscription", "resilier"})
GERMAN = frozenset({"austragen", "beenden", "kuendigen", "kundigen", "stopp"})
ALONE = FCC | AWS | CTIA | SPANISH | FRENCH | GERMAN
"""A no where a text says nothing else: `cancel` is one, `cancel my appointment` is none."""

ANYWHERE = frozenset(
    {
        "stop", "stopall", "unsubscribe", "unsubscribed", "unsubscribing", "revoke",
        "optout", "opt out", "opted out", "opting out", "abbestellen", "abmelden",
        "desabonner", "desabonnez", "desinscrire", "desinscrivez", "desuscribir",
        "desuscribirme", "stopp",
    }
)  # fmt: skip
"""A no wherever they stand in a short text, unless they are negated."""

PHRASES = frozenset(
    {
        "remove me", "remove my number", "delete my number", "lose my number",
        "take me off", "take my number off", "leave me alone", "wrong number", "i want out",
        "not interested", "no more texts", "no more messages", "no more sms",
        "no more text messages", "do not text", "dont text", "do not message",
        "dont message", "do not contact", "dont contact", "do not send me", "dont send me",
        "never text", "never contact", "please stop", "stop contacting", "stop messaging",
        "stop sending", "stop texting", "stop these", "unsubscribe me", "opt me out",
        "quit texting", "quit messaging", "quit sending", "cancel my subscription",
        "cancel subscription", "cancel texts", "cancel these texts", "cancel messages",
        "end messages", "end texts", "end subscription", "end my subscription",
        "borren mi numero", "cancelar suscripcion", "cancelar mi suscripcion",
        "dame de baja", "darme de baja", "deje de enviar", "dejen de enviar",
        "deje de mandar", "dejen de mandar", "no me escriba", "no me escriban",
        "no me envie", "no me envien", "no me mande", "no me manden", "no mas mensajes",
        "no quiero recibir", "numero equivocado", "ne plus recevoir", "ne menvoyez plus",
        "plus de messages", "plus de sms", "retirez moi", "supprimez mon numero",
        "arretez de", "mauvais numero", "falsche nummer", "hoeren sie auf", "horen sie auf",
        "hort auf", "hoert auf", "keine nachrichten", "keine sms", "keine weiteren",
        "nicht mehr kontaktieren", "nicht mehr schreiben", "melden sie mich ab",
        "tragen sie mich aus",
    }
)  # fmt: skip
"""A no in a text of any length. A wrong number is one: whoever has it has agreed to nothing."""

NEGATIONS = frozenset(
    {
        "dont", "not", "never", "cant", "cannot", "wont", "didnt", "doesnt", "shouldnt",
        "nicht", "nie", "niemals", "jamais", "pas", "nunca",
    }
)  # fmt: skip
REPROACHES = frozenset({"you", "u", "ya", "they", "it", "this", "why", "tu", "vous", "ihr", "sie"})
"""Before a negation they turn it: `you won't stop` asks for an end."""

POLITENESS = frozenset(
    {
        "please", "pls", "plz", "now", "thanks", "thank", "thx", "ty", "you", "immediately",
        "asap", "ok", "okay", "hi", "hello", "hey", "just", "me", "it", "this", "these",
        "all", "everything", "sms", "text", "texts", "texting", "message", "messages",
        "messaging", "the", "sir", "madam", "por", "favor", "gracias", "svp", "sil", "vous",
        "plait", "merci", "bitte", "danke", "sofort",
    }
)  # fmt: skip
"""What a text may say beside its word and still say nothing else."""

START = frozenset({"start", "unstop", "opt in", "optin"})
YES = frozenset({"yes", "y", "si", "oui", "ja"})
HELP = frozenset({"help", "info", "ayuda", "aide", "hilfe"})
