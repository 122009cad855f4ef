"""What is answered about exports and erasures."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from outbound.adapters.api.contract.answers import ABSENT, Answered
from outbound.adapters.api.contract.catalog_answers import Media
from outbound.adapters.api.contract.contact_answers import Contact, LedgerEntry
from outbound.adapters.api.contract.message_answers import Message
from outbound.adapters.api.contract.pattern import ErasureId, Instant, MessageId
from outbound.adapters.api.contract.permission_answers import StandingSuppression
from outbound.adapters.api.contract.reminder_answers import Reminder
from outbound.adapters.api.identifiers import TesterId, Topic
from outbound.domain.erasure import ErasureState
from outbound.domain.words import Channel, Purpose


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
