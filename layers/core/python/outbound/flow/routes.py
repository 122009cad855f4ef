"""Routes, looked up and cancelled as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.errors import Refusal
from outbound.domain.ids import MessageRef, is_route_id
from outbound.domain.message import WAITING, Change, Entry, Status
from outbound.domain.route import status_of
from outbound.flow.routing import messages_in

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.key import ApiKey
    from outbound.domain.message import Message
    from outbound.ports import Messages

REASON = "requested"


def find_route(route_id: str, key: ApiKey, messages: Messages) -> tuple[Message, ...]:
    """The messages of a route of the key's tenant and mode, in the order in which they are tried.

    Raises:
        Refusal: there is none with this id.
    """
    found = messages_in(key.tenant, route_id, messages) if is_route_id(route_id) else ()
    if not found or found[0].mode is not key.mode:
        raise Refusal("unknown_route_id", "There is no route with this id.")
    return found


def cancel_route(
    route_id: str, key: ApiKey, messages: Messages, now: datetime
) -> tuple[Message, ...]:
    """Cancel what has not left of a route. Again: no change.

    Raises:
        Refusal: there is no such route, or nothing of it waits.
    """
    found = find_route(route_id, key, messages)
    change = Change(Status.CANCELLED, Entry(Status.CANCELLED, now, REASON), WAITING)
    # The last one first: whoever dies between leaves a route that goes less far, and never one
    # that goes on with the next channel.
    for message in reversed(found):
        if message.status in WAITING:
            messages.apply(MessageRef(key.tenant, message.id), change)
    found = find_route(route_id, key, messages)
    if not any(_requested(message) for message in found):
        status = status_of([message.status for message in found])
        raise Refusal("not_cancellable", f"Nothing of the route waits any more; it is {status}.")
    return found


def _requested(message: Message) -> bool:
    return message.status is Status.CANCELLED and message.timeline[-1].reason == REASON
