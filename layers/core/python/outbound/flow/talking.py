"""Talking with people who text us: what all answers share, and HELP."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.ids import address_key, contact_id_of
from outbound.domain.replies import Reply, language_of, reply_text
from outbound.domain.suppression import ANY_TENANT
from outbound.domain.two_way import Answerer, who_answers
from outbound.flow.answering import HELP, Answer, answer
from outbound.flow.manage.contacts import find_by_address, write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.inbound import InboundText
    from outbound.domain.keywords import Meaning
    from outbound.domain.ledger import Happening
    from outbound.domain.programme import Programme
    from outbound.domain.two_way import TwoWayNumber, TwoWayNumbers
    from outbound.domain.words import Purpose
    from outbound.flow.manage.contacts import ContactPorts
    from outbound.flow.notices import NoticePorts
    from outbound.ports import (
        Clock,
        Corrections,
        LastWords,
        Programmes,
        Signals,
        Speakers,
        Suppressions,
        Tenants,
    )

TRIES = 20


class ContactBusy(Exception):
    """Others keep changing a contact; the text is worked off again later."""


@dataclass(frozen=True, slots=True)
class Talking:
    """`stop_scope` are the purposes that a STOP silences, None being all but alerts."""

    clock: Clock
    people: ContactPorts
    suppressions: Suppressions
    last_words: LastWords
    tenants: Tenants
    speakers: Speakers
    answers: NoticePorts
    signals: Signals
    numbers: TwoWayNumbers
    programmes: Programmes
    corrections: Corrections
    stop_scope: frozenset[Purpose] | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A text, what it means, and the number that it was sent to."""

    text: InboundText
    said: Meaning
    number: TwoWayNumber

    @property
    def source(self) -> str:
        """How consents and suppressions say where they come from."""
        return f"{BY_TEXT}{self.said.word}"

    @property
    def proof(self) -> dict[str, str]:
        """What the ledger keeps of it, until an erasure."""
        text = self.text
        return {"inbound_message": text.id, "number_texted": text.to, "text": text.body}


BY_TEXT = "sms:"


def tenants_of(number: TwoWayNumber, ports: Talking) -> Sequence[str]:
    """Those that a word to a number is said to."""
    return (number.tenant,) if number.tenant else ports.tenants.tenants()


def contacts_of(tenant: str, address: Address, ports: Talking) -> tuple[Contact, ...]:
    """A tenant's contacts with an address."""
    return find_by_address(address, tenant, ports.people)


def change(
    contact: Contact,
    changed: Callable[[Contact], tuple[Contact, Sequence[Happening]]],
    ports: Talking,
) -> bool:
    """Write what `changed` makes of a contact; whether it made anything of it.

    Raises:
        ContactBusy: others were quicker each time.
    """
    current: Contact | None = contact
    for _ in range(TRIES):
        if current is None or current.erased:
            return False
        new, happenings = changed(current)
        if not happenings:
            return False
        new = replace(new, version=current.version + 1, updated_at=ports.clock.now())
        if write(new, current, happenings, ports.people):
            return True
        known = ports.people.contacts.look_up(contact.tenant, contact_ids=[contact.id])
        current = known.contacts.get(contact.id)
    raise ContactBusy


def key_in(tenant: str, ports: Talking) -> Callable[[Address], str]:
    """What stands for an address in a tenant's consents."""
    return lambda address: address_key(ports.people.secret, tenant, address.value)


def tell(
    heard: Heard,
    reply: Reply,
    topic: str,
    ports: Talking,
    *,
    tenant: str | None = None,
    programme: Programme | None = None,
    once_an_hour: bool = False,
) -> None:
    """Answer a text, unless somebody else does."""
    if who_answers(heard.number, heard.said.kind, heard.text.body) is not Answerer.OURSELVES:
        return
    party = tenant or heard.number.party
    contacts = contacts_of(party, heard.text.sender, ports) if party != ANY_TENANT else ()
    contact_id = (
        contacts[0].id
        if contacts
        else contact_id_of(ports.people.secret, party, heard.text.sender.value)
    )
    said = _said(reply, party, spoken(heard, contacts), programme, ports)
    number = heard.number.value
    origination = number if number in ports.numbers.known else None
    what = Answer(party, contact_id, topic, said, origination)
    if answer(heard.text, what, ports.answers, once_an_hour=once_an_hour):
        ports.signals.count("Answered")


def _said(
    reply: Reply, party: str, language: str, programme: Programme | None, ports: Talking
) -> str:
    speaker = ports.speakers.of(party)
    if programme is None:
        return reply_text(reply, speaker, language)
    language = programme.language(language)
    return reply_text(
        reply,
        replace(speaker, name=programme.brand or speaker.name),
        language,
        programme=programme.name,
        wording=programme.wording[language],
    )


def answer_help(heard: Heard, ports: Talking) -> None:
    """Say who we are and how to reach us, to a person at most once in an hour."""
    tell(heard, Reply.HELP, HELP, ports, once_an_hour=True)


def spoken(heard: Heard, contacts: Sequence[Contact]) -> str:
    """The language that a person is answered in."""
    locale = next((each.locale for each in contacts if each.locale), None)
    return language_of(locale or LANGUAGE_OF_WORD.get(heard.said.word))


LANGUAGE_OF_WORD = {
    **dict.fromkeys(("alto", "baja", "cancelar", "parar", "ayuda", "si"), "es"),
    **dict.fromkeys(("arret", "arreter", "arretez", "annuler", "resilier", "aide", "oui"), "fr"),
    **dict.fromkeys(("stopp", "abmelden", "abbestellen", "beenden", "hilfe", "ja"), "de"),
}
"""Of who isn't known otherwise, the word tells the language."""
