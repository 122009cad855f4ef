"""Routing: accept one request over several channels. All its messages are written, or none is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal
from outbound.domain.ids import MessageRef, message_of_route
from outbound.domain.message import Status
from outbound.domain.words import Channel
from outbound.flow.intake import Rehearsed
from outbound.flow.once import check_left_by_crash, repeats, reserve
from outbound.flow.preparing import due_of
from outbound.flow.recipient import look_up, make_contacts
from outbound.flow.routed import claim_of, messages_of, prepare_route

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from outbound.domain.content import Body
    from outbound.domain.key import ApiKey
    from outbound.domain.message import Message
    from outbound.flow.intake import Intake
    from outbound.flow.routed import ReadyRoute, RouteRequest
    from outbound.ports import Claim, Messages


@dataclass(frozen=True, slots=True)
class AcceptedRoute:
    """The route's messages, in the order in which they are tried; `replayed` as of a message."""

    messages: tuple[Message, ...]
    replayed: bool


@dataclass(frozen=True, slots=True)
class RehearsedRoute:
    """What would become of each message of a route, and what it would say."""

    each: tuple[Rehearsed, ...]


def accept_route(request: RouteRequest, key: ApiKey, ports: Intake) -> AcceptedRoute:
    """Write a route's messages and queue what leaves at once, once for each idempotency key.

    Raises:
        Refusal: nothing was written, or the same request is being worked on right now.
    """
    now = ports.clock.now()
    try:
        ready = _prepare(request, key, now, ports)
    except Refusal:
        messages = _made_before(request, key, now, ports)
        if not messages:
            raise
        return AcceptedRoute(messages, replayed=True)
    claim, earlier = claim_for_route(ready, key, now, ports)
    if earlier:
        messages = messages_in(key.tenant, claim.resource, ports.messages)
        if messages:
            return AcceptedRoute(messages, replayed=True)
        check_left_by_crash(claim, now)
    made = messages_of(ready, key, claim, now, ports)
    if not store_route(ready, made, now, ports):
        made = messages_in(key.tenant, claim.resource, ports.messages)
        return AcceptedRoute(made, replayed=True)
    return AcceptedRoute(made, replayed=False)


def store_route(ready: ReadyRoute, made: Sequence[Message], now: datetime, ports: Intake) -> bool:
    """Write a route's messages once, all or none, and queue what leaves at once."""
    make_contacts([ready.recipient], ports.gate.contacts)
    if not ports.messages.insert_together(rows_of(ready, made, now)):
        return False
    for message in made:
        if message.status is Status.ACCEPTED:
            ref = MessageRef(message.tenant, message.id)
            ports.queue.send(message.channel, message.lane, [ref])
    return True


def rehearse_route(request: RouteRequest, key: ApiKey, ports: Intake) -> RehearsedRoute:
    """Check a route as `accept_route` does, and write nothing.

    Raises:
        Refusal: as `accept_route` does.
    """
    now = ports.clock.now()
    return rehearsed_route(_prepare(request, key, now, ports), key, now, ports)


def rehearsed_route(ready: ReadyRoute, key: ApiKey, now: datetime, ports: Intake) -> RehearsedRoute:
    """What would become of a route that nothing speaks against."""
    made = messages_of(ready, key, claim_of(ready, "", now, key, ports), now, ports)
    pairs = zip(made, ready.each, strict=True)
    return RehearsedRoute(tuple(Rehearsed(message, each.bodies) for message, each in pairs))


def claim_for_route(
    ready: ReadyRoute, key: ApiKey, now: datetime, ports: Intake
) -> tuple[Claim, bool]:
    """The claim of a route's idempotency key, and whether an earlier request made it.

    Raises:
        Refusal: the key was used with another request.
    """
    own = ready.request.idempotency_key
    mine = claim_of(ready, own or ports.tokens.token(), now, key, ports)
    return reserve(ports.idempotency, key.tenant, key.mode, own, mine)


def messages_in(tenant: str, route_id: str, messages: Messages) -> tuple[Message, ...]:
    """The messages of a route, in the order in which they are tried."""
    refs = [MessageRef(tenant, message_of_route(route_id, channel)) for channel in Channel]
    return ordered(messages.get_many(refs).values())


def ordered(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Messages of a route, in the order in which they are tried."""

    def place(message: Message) -> int:
        assert message.route is not None
        return message.route.channels.index(message.channel)

    return tuple(sorted(messages, key=place))


def rows_of(
    ready: ReadyRoute, made: Sequence[Message], now: datetime
) -> list[tuple[Message, Body, datetime | None]]:
    """A route's messages with what they say, and when the sweep shall look at each."""
    return [
        (message, each.body, due_of(message, now))
        for message, each in zip(made, ready.each, strict=True)
    ]


def _prepare(request: RouteRequest, key: ApiKey, now: datetime, ports: Intake) -> ReadyRoute:
    named = [(request.to, channel) for channel in request.channels]
    known = look_up(named, key.tenant, ports.gate.contacts, ports.secret)
    return prepare_route(request, key, known, now, ports)


def _made_before(
    request: RouteRequest, key: ApiKey, now: datetime, ports: Intake
) -> tuple[Message, ...]:
    claim = repeats(
        ports.idempotency,
        key.tenant,
        key.mode,
        request.idempotency_key,
        request.fingerprint,
        now,
    )
    return messages_in(key.tenant, claim.resource, ports.messages) if claim else ()
