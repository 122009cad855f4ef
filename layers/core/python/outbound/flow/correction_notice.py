"""The message that asks at a new address whether it is the contact's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain import sms_text
from outbound.domain.questions import address_question
from outbound.domain.replies import Reply, reply_text
from outbound.flow.links import NEW_ADDRESS
from outbound.flow.notices import Notice
from outbound.flow.pending import ASKED_FOR
from outbound.flow.sign_up_notice import EMAIL, TEXT

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.flow.signing_up import SignUpPorts


def correction_notice(
    contact: Contact, address: Address, at: datetime, language: str, ports: SignUpPorts
) -> Notice:
    """An email with a link to confirm, or a text to answer with YES."""
    speaker = ports.speakers.of(contact.tenant)
    if address.kind == "email":
        content, sms = EMAIL, None
        data = {**address_question(language, name=speaker.name), "language": language}
    else:
        text = reply_text(Reply.ASKED_NUMBER, speaker, language)
        content, sms, data = TEXT, sms_text.split(text), {"text": text}
    number = ports.numbers.of(contact.tenant) if sms else None
    return Notice(
        tenant=contact.tenant,
        contact_id=contact.id,
        address=address,
        topic=NEW_ADDRESS,
        content=content,
        data=data,
        cause=(at, address.value),
        expires_at=at + ASKED_FOR,
        sms=sms,
        origination=number.value if number else None,
        sender=None if sms else ports.senders.choose(contact.tenant, None, ""),
    )
