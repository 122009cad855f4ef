"""The message that tells a tester their code, in four languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.content import Content
from outbound.domain.replies import DEFAULT_LANGUAGE, language_of
from outbound.domain.tester import code_of
from outbound.domain.words import Channel, OnUnconfirmed, Purpose
from outbound.flow.intake import Request
from outbound.flow.recipient import To

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.organisation import Organisation
    from outbound.domain.tester import Tester

TOPIC = "tester:code"
"""No topic of the API has a colon."""
SUBJECTS: Mapping[str, str] = {
    "en": "Your code: {{ code }}",
    "es": "Su código: {{ code }}",
    "fr": "Votre code : {{ code }}",
    "de": "Ihr Code: {{ code }}",
}
TEXTS: Mapping[str, str] = {
    "en": "{{ sender }}: {{ code }} is your code. With it you agree to be sent tests of our "
    "messages. If you did not expect it, do nothing.",
    "es": "{{ sender }}: su código es {{ code }}. Con él acepta recibir pruebas de nuestros "
    "mensajes. Si no lo esperaba, no haga nada.",
    "fr": "{{ sender }} : votre code est {{ code }}. Avec lui, vous acceptez de recevoir des "
    "essais de nos messages. Si vous ne l'attendiez pas, ne faites rien.",
    "de": "{{ sender }}: Ihr Code ist {{ code }}. Mit ihm erlauben Sie, dass wir Ihnen Tests "
    "unserer Nachrichten schicken. Falls Sie ihn nicht erwartet haben, tun Sie nichts.",
}


def telling(tester: Tester, tenant: str, secret: bytes, organisation: Organisation) -> Request:
    """What tells a tester the code that was asked for, once however often it is asked of intake."""
    language = language_of(organisation.locale)
    text = TEXTS.get(language, TEXTS[DEFAULT_LANGUAGE])
    bodies = {"text": text}
    if tester.channel is Channel.EMAIL:
        bodies["subject"] = SUBJECTS.get(language, SUBJECTS[DEFAULT_LANGUAGE])
    return Request(
        to=To(address=tester.address),
        channel=tester.channel,
        purpose=Purpose.TRANSACTIONAL,
        topic=TOPIC,
        content=Content(tester.channel, bodies),
        template=None,
        data={
            "code": code_of(secret, tenant, tester),
            "sender": organisation.name or tenant,
        },
        send_at=None,
        expires_at=tester.expires_at,
        on_unconfirmed=OnUnconfirmed.NEVER,
        # Its spaces keep it apart from the keys that callers choose.
        idempotency_key=f"tester {tester.id} {tester.asked_at.isoformat()}",
        fingerprint="tester",
    )
