"""Routed: what is checked of a request over several channels, and the messages that it makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.errors import Fault, Refusal, refused_at
from outbound.domain.message import RouteRef, Status
from outbound.domain.route import in_order, turns_at
from outbound.domain.words import OnUnconfirmed, RouteMode
from outbound.flow.preparing import message_of, prepare
from outbound.ports import Claim

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from outbound.domain.key import ApiKey
    from outbound.domain.message import Message
    from outbound.domain.words import Channel
    from outbound.flow.intake import Intake, Request
    from outbound.flow.preparing import Ready
    from outbound.flow.recipient import Recipient, To
    from outbound.ports import Known

NO_ADDRESS = "no_address_for_channel"


@dataclass(frozen=True, slots=True)
class RouteRequest:
    """One request over several channels: `each` is what is asked of one of them, in their order.

    With `first`, `after` is how long a message may take to be delivered before the next one goes.
    """

    mode: RouteMode
    after: timedelta
    each: Sequence[Request]
    idempotency_key: str | None
    fingerprint: str

    @property
    def to(self) -> To:
        """Who it is for, on all channels."""
        return self.each[0].to

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels as they were asked for."""
        return tuple(request.channel for request in self.each)


@dataclass(frozen=True, slots=True)
class ReadyRoute:
    """A route that nothing speaks against: on each channel that the contact has an address for."""

    request: RouteRequest
    channels: tuple[Channel, ...]
    each: tuple[Ready, ...]

    @property
    def recipient(self) -> Recipient:
        """Who it is for."""
        return self.each[0].recipient


def prepare_route(
    request: RouteRequest, key: ApiKey, known: Known, now: datetime, ports: Intake
) -> ReadyRoute:
    """Check a request on each of its channels.

    Raises:
        Refusal: something speaks against it, or the contact has an address for none of them.
    """
    found: dict[Channel, Ready] = {}
    lacking: Refusal | None = None
    for place, single in enumerate(request.each):
        try:
            found[single.channel] = prepare(single, key, known, now, ports)
        except Refusal as refusal:
            if refusal.code != NO_ADDRESS:
                raise _in_route(refusal, place) from None
            lacking = lacking or refusal
    if not found:
        assert lacking is not None
        message = "There is an address for none of the route's channels."
        raise refused_at(lacking.faults[0].pointer, NO_ADDRESS, message)
    contact = next(iter(found.values())).recipient.contact
    preferred = contact.preferred if request.mode is RouteMode.FIRST else ()
    channels = in_order(request.channels, preferred)
    ready = ReadyRoute(request, channels, tuple(found[each] for each in channels if each in found))
    _check_time_left(ready, now)
    return ready


def claim_of(ready: ReadyRoute, cause: str, at: datetime, key: ApiKey, ports: Intake) -> Claim:
    """What stands for the route: an id that follows from its cause, and its messages' from it."""
    route_id = route_id_for(ready.recipient, at, cause, key, ports)
    return Claim(ready.request.fingerprint, route_id, at)


def route_id_for(recipient: Recipient, at: datetime, cause: str, key: ApiKey, ports: Intake) -> str:
    """The id of the route that `cause`, at this time, brings about."""
    contact = ids.contact_key(ports.secret, key.tenant, recipient.contact.id)
    return ids.route_id(contact, at, key.tenant, key.mode, cause)


def messages_of(
    ready: ReadyRoute, key: ApiKey, claim: Claim, now: datetime, ports: Intake
) -> tuple[Message, ...]:
    """The messages as they are written, in the order in which they are tried.

    One that a rule blocks from the beginning has no turn. What isn't confirmed isn't sent again
    where another channel follows: that is what happens instead.
    """
    request = ready.request
    route = RouteRef(claim.resource, request.mode, request.after, ready.channels)
    start = ready.each[0].times.not_before or now
    made: list[Message] = []
    turns = 0
    for each in ready.each:
        one = each
        if turns and request.mode is RouteMode.FIRST:
            turn = turns_at(start, request.after, turns)
            one = replace(each, times=replace(each.times, not_before=turn))
        message_id = ids.message_of_route(route.id, one.request.channel)
        mine = replace(claim, resource=message_id)
        message = replace(message_of(one, key, mine, now, ports), route=route)
        turns += message.status is not Status.BLOCKED
        made.append(message)
    return tuple(made) if request.mode is RouteMode.ALL else _resent_last(made)


def _resent_last(messages: Sequence[Message]) -> tuple[Message, ...]:
    going = [message.id for message in messages if message.status is not Status.BLOCKED]
    return tuple(
        replace(message, on_unconfirmed=OnUnconfirmed.NEVER)
        if message.id in going[:-1]
        else message
        for message in messages
    )


def _check_time_left(ready: ReadyRoute, now: datetime) -> None:
    if ready.request.mode is RouteMode.ALL:
        return
    times = ready.each[0].times
    last = turns_at(times.not_before or now, ready.request.after, len(ready.each) - 1)
    if last >= times.expires_at:
        message = "The last channel's turn would come after expires_at: after must be shorter."
        raise refused_at("/route/after", "expires_before_send", message)


def _in_route(refusal: Refusal, place: int) -> Refusal:
    """The same refusal, where it says `channel`: a route has a list of them."""
    faults = (
        Fault(f"/route/channels/{place}", fault.code, fault.message)
        if fault.pointer == "/channel"
        else fault
        for fault in refusal.faults
    )
    return Refusal(refusal.code, refusal.detail, *faults, retry_after=refusal.retry_after)
