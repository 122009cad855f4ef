"""People: how they are reached, what they have said, and their rights."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from outbound_client.models.answer import Answer, Versioned
from outbound_client.models.checks import RecordedCheck


class EmailDetails(Answer):
    """An email address; `marks` are `role` and `disposable`."""

    email: str
    marks: tuple[str, ...]


class PhoneLine(Answer):
    """What the carrier of a number said of it."""

    type: str
    carrier: str | None
    country: str | None
    at: datetime


class PhoneDetails(Answer):
    """A number; `line` is None as long as its carrier wasn't asked."""

    phone: str
    country: str | None
    kind: str
    zones: tuple[str, ...]
    checks: tuple[RecordedCheck, ...]
    line: PhoneLine | None


class StandingConsent(Answer):
    """What a person has said last of a matter; `topic` None is all topics."""

    status: str
    level: str
    topic: str | None
    source: str
    at: datetime
    expires_at: datetime | None


class Contact(Versioned):
    """A person. Messages go to the first address of a kind; consents are by channel and purpose."""

    id: str
    email: tuple[str, ...]
    phone: tuple[str, ...]
    emails: tuple[EmailDetails, ...]
    phones: tuple[PhoneDetails, ...]
    locale: str | None
    timezone: str | None
    region: str | None
    attributes: Mapping[str, Any]
    preferred: tuple[str, ...]
    forbidden: tuple[str, ...]
    consents: Mapping[str, Mapping[str, tuple[StandingConsent, ...]]]
    unconfirmed: tuple[str, ...]
    paused_until: datetime | None
    created_at: datetime
    updated_at: datetime


class ContactPage(Answer):
    """Some contacts."""

    items: tuple[Contact, ...]
    next_cursor: str | None = None


class LedgerEntry(Answer):
    """Something that was said or done; `proof` is empty once it was erased.

    Digests are those of the parts of `proof`, with `salt`, and of the entry; `previous` is that
    of the entry before.
    """

    number: int
    kind: str
    at: datetime
    by: str
    facts: Mapping[str, str]
    proof: Mapping[str, str]
    digests: Mapping[str, str] = {}
    salt: str = ""
    previous: str = ""
    digest: str = ""


class ConsentHistory(Answer):
    """All that the ledger has of a contact, oldest first."""

    items: tuple[LedgerEntry, ...]
    next_cursor: str | None = None


class ContactExport(Answer):
    """A part of all that is held of a contact, as the API has it."""

    contact: Contact
    ledger: tuple[LedgerEntry, ...]
    suppressions: tuple[Mapping[str, Any], ...]
    done_to_addresses: tuple[Mapping[str, Any], ...]
    testers: tuple[Mapping[str, Any], ...]
    media: tuple[Mapping[str, Any], ...]
    counted: tuple[Mapping[str, Any], ...]
    texted: tuple[Mapping[str, Any], ...]
    reminders: tuple[Mapping[str, Any], ...]
    messages: tuple[Mapping[str, Any], ...]
    next_cursor: str | None = None


class Erasure(Answer):
    """How far an erasure is; from its beginning nothing more is sent to the contact."""

    id: str
    state: str
    requested_at: datetime
    finished_at: datetime | None
    cancelled_messages: int
    redacted_messages: int
    unlisted: tuple[str, ...] = ()
