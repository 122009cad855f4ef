"""The next channel of a route: its message waits for its turn, which may come sooner, or never."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.due import MINUTE
from outbound.domain.ids import MessageRef
from outbound.domain.message import WAITING, Change, Entry, Status
from outbound.domain.route import (
    CALLED_OFF,
    DELIVERED_BEFORE,
    GIVEN_UP,
    NEXT_CHANNEL,
    WAITS,
    called_off,
    refs_of,
    turn_of,
    turns_at,
    waits_for_turn,
)
from outbound.domain.words import RouteMode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from outbound.domain.message import Message
    from outbound.ports import Messages

SENDING = frozenset({Status.SENDING})


def earlier_of(message: Message, messages: Messages) -> Sequence[Message]:
    """What is tried before a claimed message, as it is now; for most messages nothing."""
    route = message.route
    if route is None or route.mode is RouteMode.ALL:
        return ()
    found = map(messages.get, refs_of(message.tenant, route)[: _place(message)])
    return [each for each in found if each is not None]


def out_of_turn(message: Message, earlier: Sequence[Message], now: datetime) -> Change | None:
    """The step of a claimed message whose turn it isn't; None where it is."""
    if not earlier or message.route is None:
        return None
    turn = turn_of(message.route, earlier, now)
    if turn.reason is not None:
        entry = Entry(Status.CANCELLED, now, turn.reason)
        return Change(Status.CANCELLED, entry, SENDING, attempt=message.attempt)
    return _later(message, now, turn.until) if turn.until is not None else None


def pass_over(
    message: Message, earlier: Sequence[Message], now: datetime, messages: Messages
) -> Change | None:
    """Keep earlier messages from leaving any more; a step where one is just about to."""
    for each in earlier:
        entry = Entry(Status.CANCELLED, now, NEXT_CHANNEL)
        change = Change(Status.CANCELLED, entry, WAITING)
        ref = MessageRef(each.tenant, each.id)
        if each.status in WAITING and messages.apply(ref, change) is None:
            return _later(message, now, now + MINUTE)
    return None


def follow(message: Message, messages: Messages, now: datetime) -> None:
    """Tell the later messages of a route what became of this one, which has just changed.

    What isn't told finds out when its time comes.
    """
    route = message.route
    if route is None or route.mode is RouteMode.ALL:
        return
    if message.campaign is not None and not message.campaign.passed:
        # Of a campaign's, the next one isn't written before this one says so.
        return
    later = refs_of(message.tenant, route)[_place(message) + 1 :]
    if message.status is Status.DELIVERED:
        _cancel(later, DELIVERED_BEFORE, messages, now)
    elif called_off(message):
        _cancel(later, CALLED_OFF, messages, now)
    elif message.status in GIVEN_UP:
        _bring_forward(message, later, messages, now)


def _place(message: Message) -> int:
    assert message.route is not None
    return message.route.channels.index(message.channel)


def _later(message: Message, now: datetime, until: datetime) -> Change:
    entry = Entry(Status.DEFERRED, now, WAITS)
    return Change(
        Status.DEFERRED, entry, SENDING, attempt=message.attempt, due=until, not_before=until
    )


def _cancel(refs: Iterable[MessageRef], reason: str, messages: Messages, now: datetime) -> None:
    for ref in refs:
        messages.apply(ref, Change(Status.CANCELLED, Entry(Status.CANCELLED, now, reason), WAITING))


def _bring_forward(
    message: Message, refs: Iterable[MessageRef], messages: Messages, now: datetime
) -> None:
    """The next one's turn is now, and that of the others follows; never later than it was."""
    assert message.route is not None
    place = 0
    for ref in refs:
        turn = turns_at(now, message.route.after, place)
        each = messages.get(ref)
        if each is None or each.status in GIVEN_UP:
            continue
        if not waits_for_turn(each):
            return
        if each.not_before > turn:
            entry = Entry(Status.SCHEDULED, now, NEXT_CHANNEL)
            change = Change(
                Status.SCHEDULED, entry, frozenset({each.status}), due=turn, not_before=turn
            )
            messages.apply(ref, change)
        place += 1
