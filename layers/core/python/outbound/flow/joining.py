"""Joining a programme by text: who texts JOIN is asked once more, and in only with a YES."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from outbound.domain.consent import ConsentStatus
from outbound.domain.replies import Reply
from outbound.domain.words import Channel
from outbound.flow.answering import OPT_IN
from outbound.flow.owner import find_owner, make_owner
from outbound.flow.pending import asked, standing
from outbound.flow.talking import change, contacts_of, spoken, tell, tenants_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.contact import Contact
    from outbound.domain.ledger import Happening
    from outbound.domain.programme import Programme
    from outbound.flow.talking import Heard, Talking


def join(heard: Heard, ports: Talking) -> None:
    """Ask for a YES; where no programme or several tenants' have this keyword, do nothing."""
    found = [
        programme
        for tenant in tenants_of(heard.number, ports)
        if (programme := ports.programmes.by_keyword(tenant, heard.said.word))
    ]
    if len(found) != 1:
        ports.signals.count("UnknownKeyword")
        return
    (programme,) = found
    contact = _contact(programme.tenant, heard, ports)
    if standing(contact, programme, Channel.SMS, ConsentStatus.GRANTED):
        reply = Reply.JOINED
    else:
        change(contact, partial(_asked, programme=programme, heard=heard, ports=ports), ports)
        contact = _contact(programme.tenant, heard, ports)
        if not standing(contact, programme, Channel.SMS, ConsentStatus.PENDING):
            return
        reply = Reply.ASKED
    tell(heard, reply, OPT_IN, ports, tenant=programme.tenant, programme=programme)


def _contact(tenant: str, heard: Heard, ports: Talking) -> Contact:
    sender = heard.text.sender
    return find_owner(sender, tenant, ports.people) or make_owner(sender, tenant, ports.people)


def _asked(
    contact: Contact, programme: Programme, heard: Heard, ports: Talking
) -> tuple[Contact, Sequence[Happening]]:
    text = heard.text
    language = spoken(heard, contacts_of(contact.tenant, text.sender, ports))
    proof = {**heard.proof, "wording": programme.wording[programme.language(language)]}
    return asked(
        contact, programme, Channel.SMS, text.sender, text.at, proof, secret=ports.people.secret
    )
