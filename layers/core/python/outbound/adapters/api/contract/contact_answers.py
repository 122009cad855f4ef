"""What answers hold of contacts, permission and erasures."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.pattern import Digest, Instant
from outbound.adapters.api.identifiers import ContactId, Topic
from outbound.domain.address_marks import AddressMark
from outbound.domain.check import CheckAnswer, CheckKind
from outbound.domain.consent import ConsentStatus
from outbound.domain.line import LineType
from outbound.domain.words import Channel, Purpose

Count = Annotated[int, Field(ge=0)]


class RecordedCheck(Answered):
    """The last look-up of a number in a register."""

    kind: CheckKind
    """Which register was asked."""
    answer: CheckAnswer
    """What it said; `no_data` where it knows nothing of the number."""
    since: Annotated[str, Field(json_schema_extra={"format": "date"})] | None
    """The day from which a register of reassigned numbers was asked."""
    at: Instant
    """When it was asked."""
    source: str
    """Who asked, and where."""


class EmailDetails(Answered):
    """What an email address tells by itself."""

    email: str
    """The address."""
    marks: list[AddressMark]
    """`role` where it is a post's (info@, admin@), not a person's; `disposable` where its domain is
    of those that give out addresses to be thrown away. It is written to all the same."""


class PhoneLine(Answered):
    """What the carrier of a number said of it."""

    type: LineType
    """What kind of line it is; `invalid` where there is no such number."""
    carrier: str | None
    """Whose it is."""
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None
    """ISO 3166-1."""
    at: Instant
    """When it was asked."""


class PhoneDetails(Answered):
    """What the numbering plan and registers say of a number."""

    phone: str
    """The number, in E.164 form."""
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None
    """ISO 3166-1; null where it belongs to no country."""
    kind: Literal["mobile", "fixed_line", "fixed_line_or_mobile", "toll_free", "voip", "unknown"]
    """What it is for."""
    zones: list[str]
    """The time zones its area may lie in."""
    checks: list[RecordedCheck]
    """The last look-up of each kind."""
    line: PhoneLine | None
    """What its carrier said last; null where it wasn't asked."""


class StandingConsent(Answered):
    """What a person has said last of a matter."""

    status: ConsentStatus
    """`pending` until they have confirmed it."""
    level: Literal["none", "implied", "express", "express_written"]
    """How firm it is."""
    topic: Topic | None
    """Null for all topics."""
    source: str
    """Where it was said."""
    at: Instant
    """When it was said."""
    expires_at: Instant | None
    """When it ends."""


class Contact(Answered):
    """A contact as it is now."""

    id: ContactId
    """Of your choosing; it names a person, so let it say nothing about them."""
    email: list[str]
    """Email addresses; messages go to the first."""
    phone: list[str]
    """Phone numbers in E.164 form; messages go to the first."""
    emails: list[EmailDetails]
    """The same addresses, with what they tell."""
    phones: list[PhoneDetails]
    """The same numbers, with what is known of them."""
    locale: str | None
    """BCP 47."""
    timezone: str | None
    """IANA."""
    region: str | None
    """ISO 3166."""
    attributes: dict[str, Any]
    """Yours."""
    preferred: list[Channel]
    """Channels they like, best first."""
    forbidden: list[Channel]
    """Channels they want nothing on."""
    consents: dict[Channel, dict[Purpose, list[StandingConsent]]]
    """What they have said, by channel and purpose."""
    unconfirmed: list[str]
    """Addresses that they asked to be reached at, and haven't confirmed yet."""
    paused_until: Instant | None
    """Until when they want nothing that isn't needed."""
    created_at: Instant
    """When it was made."""
    updated_at: Instant
    """When it was changed last."""


class ContactList(Answered):
    """All contacts that have an address, or some that were not reached for long."""

    items: list[Contact]
    """The contacts."""
    next_cursor: str | None
    """Of contacts with an address, there is one page only."""


class LedgerEntry(Answered):
    """An entry of the ledger; nothing changes or removes one."""

    number: Annotated[int, Field(ge=1)]
    """Counts up from 1 within the contact's chain."""
    kind: str
    """What happened, as a stable word: `consent.granted`."""
    at: Instant
    """When it happened."""
    by: str
    """Who said it: the id of a key, or `recipient`."""
    facts: dict[str, str]
    """What it is about."""
    proof: dict[str, str]
    """What is personal in it; empty once it was erased."""
    digests: dict[str, Digest]
    """A keyed digest of each value of the proof, which stays."""
    salt: str
    """What the digests were made with, beside the key."""
    previous: Digest | Literal[""]
    """The digest of the entry before."""
    digest: Digest
    """The digest of this entry."""


class History(Answered):
    """All that the ledger has of a contact, oldest first."""

    items: list[LedgerEntry]
    """The entries."""
    next_cursor: None
    """There is one page only."""
