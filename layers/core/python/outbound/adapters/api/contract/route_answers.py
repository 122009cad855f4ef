"""What answers hold of routes, and of batches, which may have some."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, RootModel

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.message_answers import (
    AcceptedItem,
    AcceptedMessage,
    Index,
    Message,
    RefusedItem,
    RehearsedItem,
    RehearsedMessage,
    TimelineEntry,
)
from outbound.adapters.api.contract.pattern import Instant, MessageId, RouteId
from outbound.adapters.api.identifiers import ContactId
from outbound.domain.message import Status
from outbound.domain.words import Channel, Purpose, RouteMode

Several = Annotated[list[Channel], Field(min_length=1, max_length=3)]


class CheckedRoute(Answered):
    """What is said of a route before anything of it leaves."""

    mode: RouteMode
    """Whether its channels are used one after another, or all."""
    channels: Several
    """In the order in which they are tried; of a campaign, those that the contact has."""
    after: str | None
    """How long a message may take to be delivered before the next one goes; null for `all`."""
    without_address: list[Channel]
    """Those that the contact has no address for: there is no message on them."""
    purpose: Purpose
    """Why it is sent."""
    topic: str | None
    """What it is about."""
    contact_id: ContactId | None
    """Who it is for. Null once they are erased."""
    send_at: Instant | None
    """When the first message shall leave; null for at once."""
    expires_at: Instant
    """Until when it is tried."""


class AcceptedRoute(CheckedRoute):
    """A route as it was accepted."""

    id: RouteId
    """Names the route."""
    status: Status
    """What it has come to: the best of what its messages have."""
    created_at: Instant
    """When it was accepted."""
    messages: Annotated[list[AcceptedMessage], Field(min_length=1)]
    """Its messages, in the order in which they are tried."""


class RehearsedRoute(CheckedRoute):
    """What would become of a route; nothing was stored."""

    dry_run: Literal[True]
    """Tells it from an accepted route."""
    messages: Annotated[list[RehearsedMessage], Field(min_length=1)]
    """What would become of its messages, if it came to each."""


class RouteEntry(TimelineEntry):
    """One step of a message of a route."""

    channel: Channel
    """On which channel."""
    message_id: MessageId
    """Of which message."""


class SentRoute(CheckedRoute):
    """A route as it is now, with all that became of its messages."""

    id: RouteId
    """Names the route."""
    status: Status
    """What it has come to: the best of what its messages have."""
    created_at: Instant
    """When it was accepted."""
    messages: Annotated[list[Message], Field(min_length=1)]
    """Its messages, in the order in which they are tried."""
    timeline: Annotated[list[RouteEntry], Field(min_length=1)]
    """The steps of all of them, oldest first."""


class Accepted(RootModel[AcceptedMessage | AcceptedRoute]):
    """What was accepted: a message, or a route with several."""


class Rehearsed(RootModel[RehearsedMessage | RehearsedRoute]):
    """What would become of a message, or of the messages of a route."""


class AcceptedRouteItem(AcceptedRoute):
    """A route of a batch that was accepted."""

    index: Index
    """Its place in the request, from 0."""


class RehearsedRouteItem(RehearsedRoute):
    """What would become of a route of a batch."""

    index: Index
    """Its place in the request, from 0."""


class Batch(Answered):
    """What became of each message, in the order of the request."""

    items: list[AcceptedItem | AcceptedRouteItem | RefusedItem | RehearsedItem | RehearsedRouteItem]
    """As many as were asked for; those of a dry run are rehearsed."""
