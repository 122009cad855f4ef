"""The message that asks whoever has an address whether they want what was signed up for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain import sms_text
from outbound.domain.content import Content
from outbound.domain.questions import email_question
from outbound.domain.replies import Reply, reply_text
from outbound.domain.words import Channel
from outbound.flow.links import SIGN_UP
from outbound.flow.notices import Notice
from outbound.flow.pending import ASKED_FOR

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.programme import Programme
    from outbound.flow.signing_up import SignUpPorts

TEXT = Content(Channel.SMS, {"text": "{{ text }}"})
EMAIL = Content(
    Channel.EMAIL,
    {
        "subject": "{{ subject }}",
        "text": "{{ before }}\n\n{{ links.confirm }}\n\n{{ after }}",
        "html": '<!doctype html><html lang="{{ language }}"><head><title>{{ subject }}</title>'
        '</head><body><p>{{ before }}</p><p><a href="{{ links.confirm }}">{{ button }}</a></p>'
        "<p>{{ after }}</p></body></html>",
    },
)


@dataclass(frozen=True, slots=True)
class Question:
    """Whom to ask for a yes to what, since when: the consent that waits for it says the same."""

    programme: Programme
    contact_id: str
    address: Address
    language: str
    at: datetime


def question_notice(question: Question, ports: SignUpPorts) -> Notice:
    """An email with a link to confirm, or a text to answer with YES."""
    programme, address, language = question.programme, question.address, question.language
    speaker = ports.speakers.of(programme.tenant)
    speaker = replace(speaker, name=programme.brand or speaker.name)
    notice = Notice(
        tenant=programme.tenant,
        contact_id=question.contact_id,
        address=address,
        topic=f"{SIGN_UP}{programme.id}",
        content=EMAIL,
        data={},
        cause=(question.at, address.value),
        expires_at=question.at + ASKED_FOR,
    )
    if address.kind == "email":
        said = email_question(language, name=speaker.name, programme=programme.name)
        sender = ports.senders.choose(programme.tenant, None, "")
        return replace(notice, data={**said, "language": language}, sender=sender)
    text = reply_text(
        Reply.ASKED,
        speaker,
        language,
        programme=programme.name,
        wording=programme.wording[language],
    )
    number = ports.numbers.of(programme.tenant)
    return replace(
        notice,
        content=TEXT,
        data={"text": text},
        sms=sms_text.split(text),
        origination=number.value if number else None,
    )
