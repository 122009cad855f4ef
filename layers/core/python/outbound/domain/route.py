"""Routes: one request over several channels, one after another or all at once.

All messages of a route are written together, and each later one waits for its turn. Whose turn it
is follows from what became of the earlier ones, and is asked when a message is about to leave: so
nothing has to happen in between, and whatever does only makes it sooner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.due import MINUTE
from outbound.domain.ids import MessageRef, message_of_route
from outbound.domain.message import WAITING, Entry, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from outbound.domain.message import Message, RouteRef
    from outbound.domain.words import Channel

NEXT_CHANNEL = "next_channel"
"""Why a message gave up its turn, or has it earlier."""
WAITS = "waits_for_earlier_channel"
DELIVERED_BEFORE = "delivered_before"
CALLED_OFF = "route_cancelled"
GIVEN_UP = frozenset(
    {Status.FAILED, Status.UNDELIVERED, Status.BOUNCED, Status.BLOCKED, Status.EXPIRED}
)
_HANDED_OVER = frozenset({Status.SENT, Status.UNCONFIRMED})
_BEST_FIRST = (
    Status.DELIVERED,
    Status.SENT,
    Status.SENDING,
    Status.UNCONFIRMED,
    Status.ACCEPTED,
    Status.DEFERRED,
    Status.SCHEDULED,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether it is a message's turn: at `until`, or never more, for this `reason`.

    Both None: now, and the messages in `passed` may not leave any more.
    """

    until: datetime | None = None
    reason: str | None = None
    passed: tuple[Message, ...] = ()


def turn_of(route: RouteRef, earlier: Sequence[Message], now: datetime) -> Turn:
    """Whose time has come, after what became of the earlier messages of its route."""
    until = now
    for each in earlier:
        if each.status is Status.DELIVERED:
            return Turn(reason=DELIVERED_BEFORE)
        if called_off(each):
            return Turn(reason=CALLED_OFF)
        until = max(until, _waited_for(each, route.after, now))
    if until > now:
        return Turn(until=until)
    return Turn(passed=tuple(each for each in earlier if each.status in WAITING))


def called_off(message: Message) -> bool:
    """Whether it was cancelled, and not only passed over."""
    return message.status is Status.CANCELLED and message.timeline[-1].reason != NEXT_CHANNEL


def held(message: Message) -> bool:
    """Whether a message waits for its own time, and not for a provider that is busy."""
    if message.status is Status.DEFERRED:
        last = message.timeline[-1]
        return last.rule is not None or last.reason == WAITS
    return message.status is Status.SCHEDULED


def waits_for_turn(message: Message) -> bool:
    """Whether nothing but its turn keeps a message."""
    return held(message) and message.timeline[-1].rule is None


def turns_at(start: datetime, after: timedelta, place: int) -> datetime:
    """When a message's turn comes that has `place` others before it, if nothing makes it sooner.

    Each but the first begins at a full minute, so those behind it wait that much longer.
    """
    return start + after * place + MINUTE * max(0, place - 1)


def _waited_for(message: Message, after: timedelta, now: datetime) -> datetime:
    if message.status is Status.SENDING:
        return message.lease_until or now
    if message.status in _HANDED_OVER:
        return _handed_over_at(message) + after
    return message.not_before + after if held(message) else now


def _handed_over_at(message: Message) -> datetime:
    """One of many in a call has no claim of its own: it was written when the call was made."""
    claims = (each.at for each in message.timeline if each.status is Status.SENDING)
    return max(claims, default=message.timeline[-1].at)


def refs_of(tenant: str, route: RouteRef) -> tuple[MessageRef, ...]:
    """Where the messages of a route are, in the order in which they are tried."""
    return tuple(
        MessageRef(tenant, message_of_route(route.id, channel)) for channel in route.channels
    )


def in_order(channels: Sequence[Channel], preferred: Sequence[Channel]) -> tuple[Channel, ...]:
    """The channels as they are tried: what the contact prefers comes first."""
    liked = [channel for channel in preferred if channel in channels]
    return (*liked, *(channel for channel in channels if channel not in liked))


def status_of(statuses: Sequence[Status]) -> Status:
    """What a route has come to: the best of its messages, else the end of the last that had one."""
    for best in _BEST_FIRST:
        if best in statuses:
            return best
    ends = [status for status in statuses if status is not Status.CANCELLED]
    return ends[-1] if ends else Status.CANCELLED


def timeline_of(messages: Sequence[Message]) -> list[tuple[Message, Entry]]:
    """What became of all messages of a route, oldest first."""
    lines = [(message, entry) for message in messages for entry in message.timeline]
    return sorted(lines, key=lambda line: line[1].at)
