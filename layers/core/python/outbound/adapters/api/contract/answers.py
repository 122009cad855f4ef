"""What answers hold. Nothing here runs in a function: the functions' tests hold real answers to it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from outbound.adapters.api.contract.pattern import Instant, KeyId, MessageId
from outbound.adapters.api.contents import EmailModel, SmsModel, VoiceModel
from outbound.adapters.api.identifiers import ContactId, TemplateId, Tenant
from outbound.domain.message import Status
from outbound.domain.sms_text import Encoding
from outbound.domain.words import Channel, Mode, OnUnconfirmed, Purpose, Scope


class Answered(BaseModel):
    """All that an answer holds, and nothing else."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Recipient(Answered):
    """Who a message is for."""

    contact_id: ContactId
    """The contact; one of our making when an address was not known yet."""
    masked: str
    """The address, most of it hidden."""


class UsedTemplate(Answered):
    """The version of a template that a message is pinned to."""

    id: TemplateId
    """The template."""
    version: Annotated[int, Field(ge=1)]
    """Its version."""


class Decision(Answered):
    """What the gate decided, and why."""

    verdict: Literal["send", "defer", "block"]
    """Whether the message may leave: now, later or never."""
    rule: str | None
    """The rule that decided."""
    source: str | None
    """Where that rule comes from."""
    reason: str | None
    """Why, as a stable word."""
    until: Instant | None
    """When it is looked at again."""


class Price(Answered):
    """What a message costs at the provider."""

    amount: Annotated[str, Field(pattern=r"^\d+\.\d{5}$")]
    """A decimal number."""
    currency: Literal["USD"]
    """ISO 4217."""
    estimated: bool
    """True until a receipt says what it was."""


class SmsParts(Answered):
    """How a text is sent."""

    encoding: Encoding
    """One character outside of GSM-7 makes the whole text UTF-16, with less than half the room."""
    parts: Annotated[int, Field(ge=1)]
    """Each part is billed."""


class AcceptedMessage(Answered):
    """A message as it was accepted."""

    id: MessageId
    """Names the message."""
    status: Status
    """Where it is on its way."""
    channel: Channel
    """How it reaches the person."""
    purpose: Purpose
    """Why it is sent."""
    topic: str | None
    """What it is about."""
    to: Recipient
    """Who it is for."""
    template: UsedTemplate | None
    """Null for a message with its own content."""
    decision: Decision
    """What the gate decided."""
    price: Price | None
    """Null where no price of the country is known."""
    on_unconfirmed: OnUnconfirmed
    """What happens when nobody can say whether the provider took it."""
    created_at: Instant
    """When it was accepted."""
    send_at: Instant | None
    """When it shall leave; null for at once."""
    expires_at: Instant
    """Until when it is tried."""
    sms: SmsParts = Field(default=None)
    """Only there for texts."""


class Provider(Answered):
    """Who took the message."""

    name: str
    """The provider, or `rehearsal` for a test key."""
    id: str | None
    """Its id there."""


class TimelineEntry(Answered):
    """One step of a message."""

    status: Status
    """What it became."""
    at: Instant
    """When."""
    reason: str | None
    """Why, as a stable word."""
    rule: str | None
    """The rule that decided, where one did."""
    code: str | None
    """What the provider called it."""


class Message(AcceptedMessage):
    """A message as it is now, with all that became of it."""

    marks: list[Literal["complained", "opened", "clicked"]]
    """What a status doesn't say."""
    attempts: Annotated[int, Field(ge=0)]
    """How often it was handed over."""
    provider: Provider | None
    """Null until a provider took it."""
    timeline: Annotated[list[TimelineEntry], Field(min_length=1)]
    """Its steps, oldest first."""


class MessageList(Answered):
    """A page of messages, newest first."""

    items: list[Message]
    """The messages."""
    next_cursor: str | None
    """The `cursor` of the next page; null at the end."""


class Contents(Answered):
    """One content for each channel the template has."""

    sms: SmsModel = Field(default=None)
    """A text."""
    email: EmailModel = Field(default=None)
    """An email."""
    voice: VoiceModel = Field(default=None)
    """A call."""


class TemplateVersion(Answered):
    """A version of a template; it never changes."""

    id: TemplateId
    """Names the template."""
    version: Annotated[int, Field(ge=1)]
    """Counts up from 1."""
    purpose: Purpose
    """The only purpose it may be sent for."""
    channels: Contents
    """What it says, by channel."""
    created_at: Instant
    """When this version was made."""


class Key(Answered):
    """An API key."""

    id: KeyId
    """Names the key; no secret."""
    secret: Annotated[str, Field(pattern=r"^ob_(live|test)_[0-9A-Za-z]{43}$")] | None
    """What to send as Bearer. Shown this once, when the key is made: nobody stores it."""
    name: str
    """What you called it."""
    tenant: Tenant
    """Whose data it reaches."""
    mode: Mode
    """A test key does everything but hand over to a provider."""
    scopes: list[Scope]
    """What it may do."""
    purposes: list[Purpose]
    """What it may send for."""
    created_at: Instant
    """When it was made."""
    expires_at: Instant | None
    """When it ends."""
    revoked_at: Instant | None
    """When it was revoked."""


class Fault(Answered):
    """One thing that is wrong."""

    pointer: str
    """An RFC 6901 pointer into the body, or the name of a parameter or header."""
    code: str
    """What is wrong, as a stable word."""
    message: str
    """What would be right."""


class Problem(Answered):
    """Why a request was refused (RFC 9457)."""

    type: Annotated[str, Field(pattern=r"^/problems/[a-z_]+$")]
    """Where the problem is explained."""
    title: str
    """The problem in a few words; the same each time."""
    status: Annotated[int, Field(ge=400, le=599)]
    """The status of the answer."""
    code: str
    """The problem as a stable word: what a program should look at."""
    detail: str
    """What is wrong with this request, and what would be right."""
    request_id: str
    """Name it when you ask us."""
    errors: list[Fault]
    """Each place that is wrong."""
