"""What answers hold of contacts, permission and erasures."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, RootModel

from outbound.adapters.api.contract.answers import ABSENT, Answered, Problem
from outbound.adapters.api.contract.catalog_answers import Media
from outbound.adapters.api.contract.message_answers import Decision, Message
from outbound.adapters.api.contract.pattern import AddressKey, Digest, ErasureId, Instant, MessageId
from outbound.adapters.api.contract.reminder_answers import Reminder
from outbound.adapters.api.identifiers import ContactId, TesterId, Topic
from outbound.domain.address_marks import AddressMark
from outbound.domain.check import CheckAnswer, CheckKind
from outbound.domain.consent import ConsentStatus
from outbound.domain.erasure import ErasureState
from outbound.domain.line import LineType
from outbound.domain.suppression import Reason
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


class SuppressedContacts(Answered):
    """Contacts with a suppressed address, by reason."""

    bounced: Count
    """It doesn't work."""
    invalid: Count
    """It isn't one."""
    complained: Count
    """They said that it is spam."""
    opted_out: Count
    """They said no."""
    manual: Count
    """By hand."""


class ListHealth(Answered):
    """How well a part of your contacts is. One may count several times, for different things."""

    contacts: Count
    """How many were looked at."""
    no_address: Count
    """Without any address."""
    no_consent: Count
    """Without any yes that stands."""
    role: Count
    """With the email address of a post."""
    disposable: Count
    """With an email address to be thrown away."""
    stale: Count | None
    """Not reached for as long as was asked; null if it wasn't."""
    suppressed: SuppressedContacts
    """With an address that is suppressed."""
    next_cursor: str | None
    """For the next part; null where all were looked at."""


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


class StandingSuppression(Answered):
    """One reason why an address isn't used."""

    reason: Reason
    """Why."""
    at: Instant
    """Since when."""
    source: str
    """Who told us."""
    purposes: list[Purpose] | None
    """For what it isn't used; null for all but alerts, or for all where it doesn't work."""
    expires_at: Instant | None
    """When it may be tried again."""


class SuppressionList(Answered):
    """All that stands against an address."""

    items: list[StandingSuppression]
    """The reasons."""
    next_cursor: None
    """There is one page only."""


class SuppressedAddress(Answered):
    """An address that isn't used. It is kept as a keyed digest alone."""

    address_key: AddressKey
    """Stands for the address."""
    reasons: list[StandingSuppression]
    """All that stands against it."""


class SuppressionPage(Answered):
    """Some of the addresses that aren't used."""

    items: list[SuppressedAddress]
    """In the order of their keys."""
    next_cursor: str | None
    """The `cursor` of the next page; null at the end."""


class Suppressed(RootModel[SuppressionList | SuppressionPage]):
    """What stands against one address, or a page of all suppressed ones."""


class DecidedItem(Answered):
    """The answer for one contact: a decision, or why there is none."""

    contact_id: ContactId
    """The contact."""
    decision: Decision = ABSENT
    """What the gate would say."""
    problem: Problem = ABSENT
    """Why it can't be asked."""


class CheckedItem(Answered):
    """What became of one look-up."""

    index: Annotated[int, Field(ge=0)]
    """Its place in the request, from 0."""
    contacts: Annotated[int, Field(ge=1)] = ABSENT
    """How many contacts have the number, and keep the look-up."""
    problem: Problem = ABSENT
    """Why nobody does; `errors[].pointer` leads into the request."""


class Checks(Answered):
    """What became of each look-up."""

    items: list[CheckedItem]
    """As many as there were, in their order."""


class Decisions(Answered):
    """The gate's answers, in the order of the question."""

    items: list[DecidedItem]
    """One for each contact."""


class ExportedSuppressions(Answered):
    """What stands against one of the contact's addresses."""

    email: str = ABSENT
    """The address, if it is an email address."""
    phone: str = ABSENT
    """The address, if it is a number."""
    reasons: list[StandingSuppression]
    """All that stands against it."""


class ExportedEntries(Answered):
    """What the ledger has of one of the contact's addresses, whoever it was done by."""

    email: str = ABSENT
    """The address, if it is an email address."""
    phone: str = ABSENT
    """The address, if it is a number."""
    entries: list[LedgerEntry]
    """What was done to it, oldest first."""


class ExportedTester(Answered):
    """A tester of templates who is written to at one of the contact's addresses."""

    id: TesterId
    """Names the tester."""
    email: str = ABSENT
    """The address, if it is an email address."""
    phone: str = ABSENT
    """The address, if it is a number."""
    verified_at: Instant | None
    """When they showed that it is theirs."""


class ExportedAcknowledgement(Answered):
    """That they have read an alert."""

    channel: Channel
    """By the link of which message."""
    at: Instant
    """When."""


class CountedMessage(Answered):
    """A message that frequency caps count; it is forgotten after 31 days."""

    message_id: MessageId
    """The message."""
    at: Instant
    """When it was let pass."""
    channel: Channel
    """How it went."""
    purpose: Purpose
    """Why."""
    topic: Topic | None
    """What it was about."""


class TextedWord(Answered):
    """What was texted last from a number, stop or start; it is forgotten after 30 days."""

    phone: str
    """The number."""
    word: Literal["stop", "start"]
    """What it meant."""
    at: Instant
    """When it was first said."""
    repeated_at: Instant
    """When it was last said."""


class ExportedMessage(Message):
    """A message with all it says."""

    address: str
    """Where it went."""
    content: dict[str, Any] | None
    """What it says, before it is rendered; null where it has a template."""
    data: dict[str, Any]
    """What it is rendered with."""
    coupon: str | None
    """The code that it was given, as long as that is remembered."""
    links: list[str]
    """Where its short links lead, in their order, as long as they do."""
    acknowledged: ExportedAcknowledgement | None
    """That they have read the alert it is of."""


class Export(Answered):
    """A part of all that is held of a contact."""

    contact: Contact
    """The profile."""
    ledger: list[LedgerEntry]
    """What was said about consent."""
    suppressions: list[ExportedSuppressions]
    """What stands against their addresses."""
    done_to_addresses: list[ExportedEntries]
    """What was done to their addresses by hand, or by text before they were a contact."""
    testers: list[ExportedTester]
    """As which testers they get tests."""
    media: list[Media]
    """Files that are about them."""
    counted: list[CountedMessage]
    """What frequency caps count."""
    texted: list[TextedWord]
    """What was texted last from their numbers."""
    reminders: list[Reminder]
    """What they are reminded of."""
    messages: list[ExportedMessage]
    """Some of their messages, newest first."""
    next_cursor: str | None
    """The `cursor` of the next part; null at the end."""


class Erasure(Answered):
    """How far an erasure is."""

    id: ErasureId
    """Names the erasure."""
    state: ErasureState
    """From the beginning nothing more is sent to the contact."""
    requested_at: Instant
    """When it was asked for."""
    finished_at: Instant | None
    """When nothing was left."""
    cancelled_messages: Annotated[int, Field(ge=0)]
    """Messages that had been waiting."""
    redacted_messages: Annotated[int, Field(ge=0)]
    """Messages of which nothing is left but their timeline."""
    unlisted: list[Literal["email", "phone"]]
    """Kinds of addresses that AWS would not take onto its own lists within three days, or ever.
    They stay suppressed here, by their digests.
    """
