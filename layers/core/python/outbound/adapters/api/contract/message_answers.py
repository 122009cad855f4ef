"""What answers hold of messages."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from outbound.adapters.api.contract.answers import ABSENT, Answered, Problem
from outbound.adapters.api.contract.pattern import Instant, MessageId, RouteId
from outbound.adapters.api.identifiers import ContactId, Locale, TemplateId
from outbound.domain.message import Status
from outbound.domain.price import CarrierFees
from outbound.domain.sms_text import Encoding
from outbound.domain.words import Channel, OnUnconfirmed, Purpose

Index = Annotated[int, Field(ge=0)]


class Recipient(Answered):
    """Who a message is for."""

    contact_id: ContactId | None
    """The contact; one of our making when an address was not known yet. Null once it is erased."""
    masked: str
    """The address, most of it hidden."""


class UsedTemplate(Answered):
    """The version of a template that a message is pinned to."""

    id: TemplateId
    """The template."""
    version: Annotated[int, Field(ge=1)]
    """Its version."""
    locale: Locale | None
    """In which locale it is read; null where that is the template's own."""


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
    carrier_fees: CarrierFees
    """Whether it holds what carriers charge beside AWS."""


class SmsParts(Answered):
    """How a text is sent."""

    encoding: Encoding
    """One character outside of GSM-7 makes the whole text UTF-16, with less than half the room."""
    parts: Annotated[int, Field(ge=1)]
    """Each part is billed."""
    smart_encoding: Literal[True] = ABSENT
    """Only there where it was asked for: signs of GSM-7 took the place of typographic ones."""


class Speech(Answered):
    """How a call is spoken."""

    voice: str
    """Who reads it: a voice of Amazon Polly."""
    seconds: Annotated[int, Field(ge=1)]
    """About how long it takes; each started minute is billed."""


class Checked(Answered):
    """What is said of a message before it leaves."""

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
    """Null where none is known: then `price_reason` says why."""
    price_reason: Literal["no_known_price"] | None
    """Null where there is a price."""
    on_unconfirmed: OnUnconfirmed
    """What happens when nobody can say whether the provider took it."""
    send_at: Instant | None
    """When it shall leave; null for at once."""
    expires_at: Instant
    """Until when it is tried."""
    sms: SmsParts = ABSENT
    """Only there for texts."""
    voice: Speech = ABSENT
    """Only there for calls."""
    sender: str = Field(ABSENT, alias="from")
    """Who an email is from; not there where that is the sender of the deployment."""
    route: RouteId = ABSENT
    """Only there for a message of a route."""


class AcceptedMessage(Checked):
    """A message as it was accepted."""

    id: MessageId
    """Names the message."""
    status: Status
    """Where it is on its way."""
    created_at: Instant
    """When it was accepted."""


class RehearsedMessage(Checked):
    """What would become of a message; nothing was stored."""

    dry_run: Literal[True]
    """Tells it from an accepted message."""
    content: dict[str, Any]
    """The bodies as they would be sent, where the request has them."""


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


class AcceptedItem(AcceptedMessage):
    """A message of a batch that was accepted."""

    index: Index
    """Its place in the request, from 0."""


class RefusedItem(Answered):
    """A message of a batch that was refused; the others are none the worse for it."""

    index: Index
    """Its place in the request, from 0."""
    problem: Problem
    """Why; `errors[].pointer` leads into the request."""


class RehearsedItem(RehearsedMessage):
    """What would become of a message of a batch."""

    index: Index
    """Its place in the request, from 0."""
