"""Falling back in a campaign: who isn't reached on one channel is in a chunk of the next.

Such a chunk is written when the one before it is, and its turn comes later. Only then it is looked
who of its members still has to be written to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.due import MINUTE
from outbound.domain.instant import rfc3339
from outbound.domain.message import Status
from outbound.domain.route import DELIVERED_BEFORE, Turn, in_order, turn_of
from outbound.domain.run import Chunk, ChunkRef, chunks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from outbound.domain.campaign import Campaign, Route
    from outbound.domain.contact import Contact
    from outbound.domain.message import Message, RouteRef
    from outbound.domain.run import Look, RunRef, Step
    from outbound.domain.words import Channel

AFTERWARDS = MINUTE
"""Who was written to last needs a moment more than the first."""
FINAL = frozenset({"campaign.hold-out", "campaign.budget", "contact.erased"})
"""Rules that would say the same of every channel."""
SETTLED = "no_other_channel"


def channels_for(contact: Contact, route: Route | None) -> tuple[Channel, ...]:
    """The channels of a route that a contact can be reached by, what they prefer first.

    Who can be reached by none is blocked on the first.
    """
    if route is None:
        return ()
    open_to = tuple(
        channel
        for channel in in_order(route.channels, contact.preferred)
        if channel not in contact.forbidden and contact.address_for(channel) is not None
    )
    return open_to or route.channels[:1]


def channel_of(chunk: Chunk, campaign: Campaign) -> Channel:
    """The channel that a chunk goes by."""
    return chunk.channels[chunk.turn] if chunk.channels else campaign.settings.channel


def on_channel(campaign: Campaign, channel: Channel) -> Campaign:
    """The campaign as it is on one of its channels."""
    if campaign.settings.channel is channel:
        return campaign
    return replace(campaign, settings=replace(campaign.settings, channel=channel))


def all_chunks_of(run: RunRef, step: Step, route: Route | None) -> list[Chunk]:
    """The chunks of a step, with those of their second turns."""
    first = chunks_of(run, step)
    if route is None:
        return first
    return [*first, *(each for chunk in first for each in _second(chunk, route))]


def _second(chunk: Chunk, route: Route) -> Iterable[Chunk]:
    if len(chunk.channels) > 1:
        yield _behind(chunk, chunk.not_before + route.after + AFTERWARDS)


def next_turn(chunk: Chunk, route: Route) -> Chunk | None:
    """The chunk of those whose turn on this one's channel came, on the next; None without one."""
    assert chunk.look is not None
    if not chunk.members or is_last(chunk):
        return None
    return _behind(chunk, chunk.look.at + route.after + AFTERWARDS)


def later(chunk: Chunk) -> Chunk | None:
    """The chunk of those of whom it wasn't known yet; None where there are none."""
    look = chunk.look
    if look is None or look.until is None:
        return None
    before, _, last = _place(chunk).rpartition("#")
    turn, _, times = last.partition(".")
    name = f"{rfc3339(look.until)}#{before}#{turn}.{int(times or 0) + 1}"
    ref = ChunkRef(chunk.ref.run, name)
    return Chunk(
        ref,
        look.until,
        look.later,
        channels=chunk.channels,
        turn=chunk.turn,
        parent=chunk.parent,
    )


def _behind(chunk: Chunk, at: datetime) -> Chunk:
    turn = chunk.turn + 1
    ref = ChunkRef(chunk.ref.run, f"{rfc3339(at)}#{_place(chunk)}#{turn}")
    return Chunk(ref, at, chunk.members, channels=chunk.channels, turn=turn, parent=chunk.ref.id)


def _place(chunk: Chunk) -> str:
    return chunk.ref.id.partition("#")[2]


def is_last(chunk: Chunk) -> bool:
    """Whether its members have no channel behind it."""
    return chunk.turn + 1 >= len(chunk.channels)


def settled(chunk: Chunk) -> int:
    """For how many this chunk says that no other channel can follow; before it is looked at, all.

    It stays the same, whoever of its members turns out to be reached before they are written to.
    """
    if not chunk.turn:
        return 0
    look: Look | None = chunk.look
    if look is None:
        return len(chunk.members)
    return look.over + (len(chunk.members) if is_last(chunk) else 0)


def turn_in_run(route: RouteRef, earlier: Sequence[Message], now: datetime) -> Turn:
    """Whether it is a recipient's turn, after what became of their earlier messages."""
    for each in earlier:
        if each.status is Status.BLOCKED and each.timeline[-1].rule in FINAL:
            return Turn(reason=SETTLED)
    return turn_of(route, earlier, now)


def standing(messages: Sequence[Message]) -> Message:
    """The message that counts for a recipient: the one that arrived, or the last that was tried.

    `messages` are all of theirs, in the order in which they are tried.
    """
    last = next(
        (each for each in reversed(messages) if each.campaign and not each.campaign.passed),
        messages[-1],
    )
    if last.timeline[-1].reason != DELIVERED_BEFORE:
        return last
    return next((each for each in messages if each.status is Status.DELIVERED), last)
