"""A message, and what would become of one."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import Field

from outbound_client.models.answer import Answer


class Recipient(Answer):
    """Whom a message is for; the address is masked."""

    contact_id: str | None = None
    masked: str | None = None


class TemplateUsed(Answer):
    """The template version that a message was accepted with."""

    id: str
    version: int
    locale: str | None = None


class Decision(Answer):
    """What the gate said: `send`, `defer` until a time or `block`, and the rule that decided."""

    verdict: str
    rule: str | None = None
    source: str | None = None
    reason: str | None = None
    until: datetime | None = None


class SmsParts(Answer):
    """How a text is encoded and in how many parts it is billed."""

    encoding: str
    parts: int
    smart_encoding: bool = False


class VoiceUsed(Answer):
    """Who reads a call aloud, and about how long it takes."""

    voice: str
    seconds: int


class Price(Answer):
    """What a message costs, or is expected to.

    `carrier_fees` says whether what the carriers charge is in it: included, unknown or none.
    """

    amount: Decimal
    currency: str
    estimated: bool = True
    carrier_fees: str | None = None


class Provider(Answer):
    """Who took the message, and under which id."""

    name: str
    id: str | None = None


class TimelineEntry(Answer):
    """One thing that happened to a message."""

    status: str
    at: datetime
    reason: str | None = None
    rule: str | None = None
    code: str | None = None


class Message(Answer):
    """A message. `status` is plain text, so that a status of a later version can be read too.

    `sender` is who an email is from; None is the sender of the deployment. `marks` are what its
    receipts and links have told, beside its status.
    """

    id: str
    status: str
    channel: str
    purpose: str
    created_at: datetime
    topic: str | None = None
    to: Recipient = Recipient()
    template: TemplateUsed | None = None
    decision: Decision | None = None
    sms: SmsParts | None = None
    voice: VoiceUsed | None = None
    sender: str | None = Field(default=None, alias="from")
    price: Price | None = None
    price_reason: str | None = None
    provider: Provider | None = None
    route: str | None = None
    send_at: datetime | None = None
    expires_at: datetime | None = None
    on_unconfirmed: str | None = None
    attempts: int = 0
    marks: tuple[str, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()


class DryRun(Answer):
    """What would become of a message, and what it would say."""

    channel: str
    purpose: str
    topic: str | None = None
    to: Recipient = Recipient()
    template: TemplateUsed | None = None
    decision: Decision
    sms: SmsParts | None = None
    voice: VoiceUsed | None = None
    sender: str | None = Field(default=None, alias="from")
    price: Price | None = None
    price_reason: str | None = None
    on_unconfirmed: str | None = None
    route: str | None = None
    send_at: datetime | None = None
    expires_at: datetime
    content: Mapping[str, Any]


class MessagePage(Answer):
    """Some of a contact's messages, newest first; it may be short while there are more."""

    items: tuple[Message, ...]
    next_cursor: str | None = None
