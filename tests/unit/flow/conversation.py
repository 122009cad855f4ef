"""A conversation by text: numbers of ours, contacts that have said things, what they are told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from outbound.domain.consent import Consent, ConsentStatus, Level
from outbound.domain.contact import Contact, Phone
from outbound.domain.ids import address_key, contact_key
from outbound.domain.stating import Statement, stated
from outbound.domain.two_way import NumberType, TwoWayNumber, TwoWayNumbers
from outbound.domain.words import Channel, Purpose
from outbound.flow.inbound import hear
from outbound.flow.manage.contacts import write
from tests.builders import PHONE, TENANT, make_key, make_programme, make_text
from tests.memory.world import SECRET, World

if TYPE_CHECKING:
    from outbound.domain.inbound import InboundText

OWN, SHARED, ALERTS, TOLL_FREE, BY_AWS = (f"+120655501{each}" for each in range(43, 48))
SECOND = timedelta(seconds=1)
OFFERS = make_programme(
    name="Spring offers",
    topic="offers",
    wording={
        "en": "You agree to automated offers; no purchase is needed.",
        "de": "Sie stimmen automatischen Angeboten zu, ohne Kaufzwang.",
    },
    keyword="offers",
)


def numbers() -> TwoWayNumbers:
    """A tenant's own number, a shared one, and such as differ in who answers."""
    ten_dlc = NumberType.TEN_DLC
    known = [
        TwoWayNumber(OWN, TENANT, ten_dlc, self_managed=True),
        TwoWayNumber(SHARED, None, ten_dlc, self_managed=True),
        TwoWayNumber(ALERTS, TENANT, ten_dlc, self_managed=True, emergency=True),
        TwoWayNumber(TOLL_FREE, TENANT, NumberType.TOLL_FREE, self_managed=False),
        TwoWayNumber(BY_AWS, TENANT, ten_dlc, self_managed=False),
    ]
    return TwoWayNumbers({number.value: number for number in known})


@dataclass
class Conversation:
    world: World
    ids: Any = field(default_factory=count)

    def __post_init__(self) -> None:
        self.world.numbers = numbers()
        for number, tenant in enumerate((TENANT, "other")):
            self.world.keys.insert(
                make_key(id=f"key_{number}", digest=f"digest {number}", tenant=tenant)
            )

    def text(self, body: str, to: str = OWN, **changes: Any) -> InboundText:
        """What a person would send now."""
        values = {"id": f"in-{next(self.ids)}", "at": self.world.clock.now(), "to": to}
        return make_text(body, **values | changes)

    def say(self, body: str, to: str = OWN, **changes: Any) -> InboundText:
        """Send a text a second after the last one."""
        self.world.clock.advance(SECOND)
        text = self.text(body, to, **changes)
        hear(text, self.world.inbound)
        return text

    def contact(self, contact_id: str = "con_ada", tenant: str = TENANT, **changes: Any) -> Contact:
        """Somebody with the number that texts are from."""
        values: dict[str, Any] = {"phones": (Phone(PHONE.value, "US"),), "version": 1}
        contact = Contact(contact_id, tenant, **values | changes)
        return self.world.contacts.add(contact)

    def grant(self, contact: Contact, purpose: Purpose, **changes: Any) -> Contact:
        """A yes that the contact gives now, with its entry in the ledger."""
        self.world.clock.advance(SECOND)
        values: dict[str, Any] = {
            "channel": Channel.SMS,
            "purpose": purpose,
            "topic": None,
            "status": ConsentStatus.GRANTED,
            "level": Level.EXPRESS,
            "source": "form",
            "at": self.world.clock.now(),
        }
        before = self.now(contact)
        after, happening = stated(
            before,
            Statement(**values | changes),
            by="key_1",
            key_of=lambda each: address_key(SECRET, before.tenant, each.value),
        )
        after = replace(after, version=before.version + 1)
        assert write(after, before, [happening], self.world.people)
        return self.now(contact)

    def now(self, contact: Contact) -> Contact:
        return self.world.contacts.contacts[contact.tenant, contact.id]

    def consents(self, contact: Contact) -> set[tuple[str, str, str | None, str]]:
        return {
            (each.channel, each.purpose, each.topic, each.status)
            for each in self.now(contact).consents
        }

    def consent(self, contact: Contact, *about: Any) -> Consent:
        return next(each for each in self.now(contact).consents if each.about == about)

    def entries(self, contact: Contact) -> list[Any]:
        chain = contact_key(SECRET, contact.tenant, contact.id)
        return list(self.world.ledger.entries(contact.tenant, chain))

    def suppressed(self, tenant: str = TENANT) -> Any:
        found = self.world.suppressions.of(tenant, PHONE)
        return found[0] if found else None

    @property
    def told(self) -> list[str]:
        """What we answered, oldest first."""
        return [
            self.world.messages.bodies[ref].data["text"] for _, _, ref in self.world.queue.queued
        ]

    @property
    def answers(self) -> list[Any]:
        return [self.world.messages.kept[ref] for _, _, ref in self.world.queue.queued]
