"""Joining a programme by text: who texts JOIN is asked once more, and in only with a YES."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from outbound.domain.consent import ConsentStatus
from outbound.domain.ids import contact_id_of
from outbound.domain.replies import Reply
from outbound.domain.stating import Statement, outdated, stated
from outbound.domain.words import Channel
from outbound.flow.answering import OPT_IN
from outbound.flow.recipient import To, make_contacts, resolve
from outbound.flow.talking import change, contacts_of, key_in, spoken, tell, tenants_of
from outbound.ports import Known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outbound.domain.contact import Contact
    from outbound.domain.ledger import Happening
    from outbound.domain.programme import Programme
    from outbound.flow.talking import Heard, Talking

ASKED_FOR = timedelta(days=3)
"""How long a YES is waited for."""


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
    if _has(contact, programme, ConsentStatus.GRANTED):
        reply = Reply.JOINED
    else:
        change(contact, partial(_asked, programme=programme, heard=heard, ports=ports), ports)
        contact = _contact(programme.tenant, heard, ports)
        if not _has(contact, programme, ConsentStatus.PENDING):
            return
        reply = Reply.ASKED
    tell(heard, reply, OPT_IN, ports, tenant=programme.tenant, programme=programme)


def _contact(tenant: str, heard: Heard, ports: Talking) -> Contact:
    """Whose number it is; where several have it nobody knows, and it is somebody new."""
    people, sender = ports.people, heard.text.sender
    new_id = contact_id_of(people.secret, tenant, sender.value)
    known = people.contacts.look_up(tenant, addresses=[sender], contact_ids=[new_id])
    having = known.having.get(sender, ())
    if len(having) == 1 or new_id in having:
        return known.contacts[new_id if new_id in having else having[0]]
    nobody = Known(contacts=known.contacts)
    to = To(address=sender)
    new = resolve(to, tenant, Channel.SMS, nobody, people.secret, ports.clock.now())
    make_contacts([new], people.contacts)
    return people.contacts.look_up(tenant, contact_ids=[new_id]).contacts[new_id]


def _has(contact: Contact, programme: Programme, status: ConsentStatus) -> bool:
    return any(
        each.status is status
        and each.about == (Channel.SMS, programme.purpose, programme.topic)
        and each.source == programme.source
        for each in contact.consents
    )


def _asked(
    contact: Contact, programme: Programme, heard: Heard, ports: Talking
) -> tuple[Contact, Sequence[Happening]]:
    at = heard.text.at
    language = spoken(heard, contacts_of(contact.tenant, heard.text.sender, ports))
    wording = programme.wording[programme.language(language)]
    statement = Statement(
        channel=Channel.SMS,
        purpose=programme.purpose,
        topic=programme.topic,
        status=ConsentStatus.PENDING,
        level=programme.level,
        source=programme.source,
        at=at,
        expires_at=at + ASKED_FOR,
        proof={**heard.proof, "wording": wording},
    )
    about = (Channel.SMS, programme.purpose, programme.topic)
    newer = any(each.about == about and each.at >= at for each in contact.consents)
    if newer or outdated(contact, statement):
        return contact, ()
    contact, happening = stated(
        contact,
        statement,
        by="recipient",
        key_of=key_in(contact.tenant, ports),
        addresses=[heard.text.sender],
    )
    return contact, [happening]
