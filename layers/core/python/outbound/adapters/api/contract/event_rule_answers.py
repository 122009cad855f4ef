"""What answers hold of rules."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from outbound.adapters.api.contract.answers import ABSENT, Answered
from outbound.adapters.api.contract.pattern import Instant
from outbound.adapters.api.identifiers import RuleId, TemplateId
from outbound.domain.words import Channel, Mode, Purpose, RouteMode


class PathToContact(Answered):
    """Where an event says who is written to."""

    contact_id: str = ABSENT
    """A path to the id of a contact."""
    email: str = ABSENT
    """A path to an email address."""
    phone: str = ABSENT
    """A path to a number."""


class RuleRoute(Answered):
    """Several channels instead of one."""

    mode: RouteMode
    """Whether its channels are used one after another, or all."""
    channels: list[Channel]
    """In the order in which they are tried."""
    after: str | None
    """How long a message may take to be delivered before the next one goes; null for `all`."""


class TemplateOfRule(Answered):
    """A stored template."""

    id: TemplateId
    """The template."""
    version: Annotated[int, Field(ge=1)] | None
    """Its version; null for the one that is published when an event comes."""


class EventRule(Answered):
    """Which events become messages, to whom, and with what."""

    id: RuleId
    """As you have chosen it."""
    pattern: dict[str, Any]
    """Which events."""
    contact: PathToContact
    """Where an event says who is written to."""
    channel: Channel | None
    """How it reaches the person; null for a route."""
    route: RuleRoute | None
    """Several channels; null for one."""
    purpose: Purpose
    """Why it is sent."""
    topic: str | None
    """What it is about."""
    template: TemplateOfRule
    """What says it."""
    data: dict[str, str]
    """Paths in the event, by the names of the template's variables."""
    enabled: bool
    """Whether it is in force."""
    mode: Mode
    """That of the key that made it: what a test key makes is handed over to nobody."""
    created_at: Instant
    """When it was made."""
    updated_at: Instant
    """When it was changed last."""


class EventRuleList(Answered):
    """The rules of a tenant, by id."""

    items: list[EventRule]
    """The rules."""


class TriedPattern(Answered):
    """Whether a pattern matches an event."""

    matches: bool
    """Whether it does."""
    differs_at: str | None
    """The first place in the pattern, as a JSON pointer, that it doesn't match."""


class RefusedEvent(Answered):
    """An event that became no message."""

    event_id: str
    """The event's id."""
    detail_type: str
    """What it was about."""
    at: Instant
    """The event's own time."""
    refused_at: Instant
    """When it was refused."""
    code: str
    """Why, as a stable word: a problem's code, or `path_missing`, `invalid_address`,
    `event_too_old`."""
    detail: str
    """The same in a sentence."""


class RefusedEventList(Answered):
    """A page of events that became no message, newest first."""

    items: list[RefusedEvent]
    """The events."""
    next_cursor: str | None
    """The `cursor` of the next page; null at the end."""
