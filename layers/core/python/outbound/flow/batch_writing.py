"""What a batch writes: its messages and routes, many in a request, and what it queues of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.ids import MessageRef
from outbound.domain.message import Status
from outbound.flow.intake import Accepted
from outbound.flow.preparing import due_of
from outbound.flow.routing import AcceptedRoute, ordered, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from outbound.domain.message import Message
    from outbound.domain.words import Channel, Lane
    from outbound.flow.intake import Intake
    from outbound.flow.preparing import Ready
    from outbound.flow.routed import ReadyRoute

ROUTES_TOGETHER = 33
"""A route has at most three messages, and a transaction at most a hundred."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A message to write. `alone`: nobody else can have written it."""

    ready: Ready
    message: Message
    alone: bool


@dataclass(frozen=True, slots=True)
class FreshRoute:
    """A route to write."""

    ready: ReadyRoute
    messages: tuple[Message, ...]


def write(
    written: Sequence[Fresh], now: datetime, ports: Intake, *, alone: bool
) -> Mapping[str, Accepted]:
    """Write messages, many in a request where nobody else can have; by their ids."""
    many = [each for each in written if alone and each.alone]
    ports.messages.insert_new(
        [(each.message, each.ready.body, due_of(each.message, now)) for each in many]
    )
    stored = {each.message.id: Accepted(each.message, replayed=False) for each in many}
    for each in written:
        if each.message.id not in stored:
            stored[each.message.id] = _insert(each, now, ports)
    return stored


def write_routes(
    routes: Sequence[FreshRoute], now: datetime, ports: Intake
) -> Mapping[str, AcceptedRoute]:
    """Write many routes in a transaction, by the ids of their first messages.

    Where another request has written one of them, they are written one by one.
    """
    stored: dict[str, AcceptedRoute] = {}
    for start in range(0, len(routes), ROUTES_TOGETHER):
        some = routes[start : start + ROUTES_TOGETHER]
        together = [item for each in some for item in rows_of(each.ready, each.messages, now)]
        alone = ports.messages.insert_together(together)
        for each in some:
            kept = AcceptedRoute(each.messages, replayed=False)
            if not alone and not ports.messages.insert_together(
                rows_of(each.ready, each.messages, now)
            ):
                refs = [MessageRef(message.tenant, message.id) for message in each.messages]
                found = ports.messages.get_many(refs)
                kept = AcceptedRoute(ordered(found.values()), replayed=True)
            stored[each.messages[0].id] = kept
    return stored


def queue(accepted: Iterable[Accepted | AcceptedRoute], ports: Intake) -> None:
    """Queue what leaves at once, many in a request."""
    lanes: defaultdict[tuple[Channel, Lane], list[MessageRef]] = defaultdict(list)
    for each in accepted:
        messages = each.messages if isinstance(each, AcceptedRoute) else (each.message,)
        for message in messages:
            if not each.replayed and message.status is Status.ACCEPTED:
                ref = MessageRef(message.tenant, message.id)
                lanes[message.channel, message.lane].append(ref)
    for (channel, lane), refs in lanes.items():
        ports.queue.send(channel, lane, refs)


def _insert(each: Fresh, now: datetime, ports: Intake) -> Accepted:
    message = each.message
    if ports.messages.insert(message, each.ready.body, due=due_of(message, now)):
        return Accepted(message, replayed=False)
    ref = MessageRef(message.tenant, message.id)
    return Accepted(ports.messages.get(ref) or message, replayed=True)
