"""All that a rule may look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.domain.consent import Level, level_of
from outbound.domain.light import light
from outbound.domain.rules.zones import regions_of

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.contact import Contact
    from outbound.domain.rules.jurisdiction import Jurisdiction, Rulebook
    from outbound.domain.suppression import Suppression
    from outbound.domain.words import Channel, Purpose


@dataclass(frozen=True, slots=True)
class Slot:
    """A message that a contact was sent, or is about to be: what a cap counts."""

    message_id: str
    at: datetime
    channel: Channel
    purpose: Purpose
    topic: str | None


@light
@dataclass(frozen=True, slots=True)
class Facts:
    """`others` are further contacts who have the same address.

    `accepted_at` is when the message was accepted: what was accepted before its contact was
    erased is not for whoever is made again under that id. `address_key` is the key of `address`,
    as consents name it (`ids.address_key`). `slots` are those of the contact; one with this
    `message_id` is the message's own. `answers` is set where the message answers what a person
    has just texted or asked: it tells them of their no, so the no doesn't stop it. `parts` of a
    text and `seconds` of a call are known once it is rendered. `jurisdictions` are those that the
    recipient may be in, each with the rules that concern such messages.
    """

    now: datetime
    message_id: str
    accepted_at: datetime
    channel: Channel
    purpose: Purpose
    topic: str | None
    expires_at: datetime
    address: Address
    address_key: str
    contact: Contact | None
    others: tuple[Contact, ...]
    suppressions: tuple[Suppression, ...]
    slots: tuple[Slot, ...]
    rulebook: Rulebook
    answers: bool = False
    parts: int | None = None
    seconds: int | None = None

    jurisdictions: tuple[Jurisdiction, ...] = field(init=False)

    def __post_init__(self) -> None:
        concerning = self.rulebook.concerning(regions_of(self), self.channel, self.purpose)
        object.__setattr__(self, "jurisdictions", concerning)

    @property
    def level(self) -> Level:
        """The firmest yes that stands for the message."""
        if self.contact is None:
            return Level.NONE
        return level_of(
            self.contact.consents,
            self.channel,
            self.purpose,
            self.topic,
            address_key=self.address_key,
            now=self.now,
        )
