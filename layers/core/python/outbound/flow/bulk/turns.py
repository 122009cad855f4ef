"""Turns: who of a chunk of a second or later channel still has to be written to.

What was seen is written before anything follows from it, so whoever finds it goes on to the same.
It is looked again before each call: receipts may be late.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain.due import MINUTE
from outbound.domain.fallback import SETTLED, is_last, later, next_turn, turn_in_run
from outbound.domain.ids import MessageRef, message_of_route
from outbound.domain.message import WAITING, Change, Entry, RouteRef, Status
from outbound.domain.route import NEXT_CHANNEL, Turn
from outbound.domain.run import Call, ChunkRef, Look, key_of, route_of
from outbound.domain.words import RouteMode
from outbound.flow.bulk.progress import behind
from outbound.flow.holding import HELD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from outbound.domain.campaign import Campaign, Route
    from outbound.domain.message import Message
    from outbound.domain.run import Chunk
    from outbound.flow.bulk.ports import Bulk

SOON = MINUTE * 10
"""What is released by then is queued at once; the rest by whoever tends the run."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A member with what became of their earlier messages; `known` says that the last is there."""

    member: str
    route: RouteRef
    earlier: tuple[Message, ...]
    known: bool

    @property
    def passed(self) -> bool:
        """Whether it is written that the message of this chunk counts."""
        last = self.earlier[-1].campaign if self.earlier else None
        return last is not None and last.passed

    def turn(self, now: datetime, *, gone: bool) -> Turn:
        """Whether it is their turn; `gone` is for who has no earlier message, and gets none."""
        turn = turn_in_run(self.route, self.earlier, now)
        if turn.reason is not None:
            return turn
        if not self.known:
            return Turn(reason=SETTLED) if gone else Turn(until=now + self.route.after)
        if any(_held(each) for each in self.earlier):
            return Turn(until=now + self.route.after)
        return turn


def looked_at(chunk: Chunk, campaign: Campaign, ports: Bulk) -> Chunk | None:
    """The chunk with those who aren't reached; None if somebody else has it.

    It is done where there are none; and claimed where somebody may have written to them before.
    """
    look, chunk = chunk.look, _carried_on(chunk, campaign, ports)
    seen = _looked_again(chunk, campaign, ports) if look else _looked(chunk, campaign, ports)
    if seen is None or seen.next == len(seen.members):
        return behind(seen, seen.next, ports) if seen else None
    return seen


def called_off(chunk: Chunk, campaign: Campaign, ports: Bulk) -> Chunk | None:
    """The chunk of a cancelled campaign: nobody goes on, except who was said to have."""
    if chunk.look is None:
        look = Look(ports.deliver.clock.now(), over=len(chunk.members))
        ended = replace(chunk, members=(), look=look, version=chunk.version + 1)
        return behind(ended, 0, ports) if ports.runs.advance(ended) else None
    chunk = _carried_on(chunk, campaign, ports)
    stay = [each.member for each in _seen(chunk, campaign, ports) if each.passed]
    left = _without(chunk, stay, ports)
    if left is None or left.next < len(left.members):
        return left
    return behind(left, left.next, ports)


def _looked(chunk: Chunk, campaign: Campaign, ports: Bulk) -> Chunk | None:
    # First the chunk before: when it is done, what isn't there then will never be.
    parent = ports.runs.chunk(ChunkRef(chunk.ref.run, chunk.parent or ""))
    gone, now = parent is not None and parent.done, ports.deliver.clock.now()
    go: list[_Seen] = []
    waiting: list[tuple[datetime, str]] = []
    over = 0
    for each in _seen(chunk, campaign, ports):
        turn = each.turn(now, gone=gone)
        if turn.reason is not None:
            over += 1
        elif turn.until is not None:
            waiting.append((turn.until, each.member))
        elif not _passed_over(turn.passed, ports):
            waiting.append((now + MINUTE, each.member))
        else:
            go.append(each)
    until = max(min(waiting)[0], now + MINUTE) if waiting else None
    look = Look(now, over, tuple(member for _, member in waiting), until)
    members = tuple(each.member for each in go)
    written = replace(chunk, members=members, look=look, version=chunk.version + 1)
    if not ports.runs.advance(written):
        return None
    return _doubted(_carried_on(written, campaign, ports), go, ports)


def _looked_again(chunk: Chunk, campaign: Campaign, ports: Bulk) -> Chunk | None:
    now = ports.deliver.clock.now()
    stay = [
        each
        for each in _seen(chunk, campaign, ports)
        if each.passed or each.turn(now, gone=False).reason is None
    ]
    left = _without(chunk, [each.member for each in stay], ports)
    return _doubted(left, stay, ports) if left is not None else None


def _without(chunk: Chunk, stay: Sequence[str], ports: Bulk) -> Chunk | None:
    """The chunk without those of its members, not written to as yet, who don't stay."""
    look = chunk.look
    assert look is not None
    removed = len(chunk.members) - chunk.next - len(stay)
    if not removed:
        return chunk
    # Who has channels behind this one is told of there.
    over = look.over + (removed if is_last(chunk) else 0)
    members = (*chunk.members[: chunk.next], *stay)
    left = replace(chunk, members=members, look=replace(look, over=over), version=chunk.version + 1)
    return left if ports.runs.advance(left) else None


def _doubted(chunk: Chunk, seen: Sequence[_Seen], ports: Bulk) -> Chunk | None:
    """The chunk, claimed in the name of a worker who has died where one may have called.

    Only a chunk that was lost has members of whom it was said already that they went on.
    """
    if ports.carrier is None or not any(each.passed for each in seen):
        return chunk
    now = ports.deliver.clock.now()
    call = Call(chunk.next, len(chunk.members) - chunk.next, now, now, {})
    doubted = replace(chunk, call=call, version=chunk.version + 1)
    return doubted if ports.runs.advance(doubted) else None


def _carried_on(chunk: Chunk, campaign: Campaign, ports: Bulk) -> Chunk:
    """Write the chunks that follow from what was seen, before anybody is written to."""
    route = campaign.settings.route
    if chunk.look is None or chunk.next or route is None:
        return chunk
    now = ports.deliver.clock.now()
    for each in (later(chunk), next_turn(chunk, route)):
        if each is None or not ports.runs.put_chunk(each):
            continue
        delay = each.not_before - now
        if delay <= SOON:
            ports.queue.send(each.channels[each.turn], [each.ref], delay=max(delay, MINUTE * 0))
    return chunk


def _passed_over(waiting: Sequence[Message], ports: Bulk) -> bool:
    """Whether messages that wait for nothing but a provider could be kept from leaving."""
    now = ports.deliver.clock.now()
    entry = Entry(Status.CANCELLED, now, NEXT_CHANNEL)
    change = Change(Status.CANCELLED, entry, WAITING)
    return all(
        ports.deliver.messages.apply(MessageRef(each.tenant, each.id), change) is not None
        for each in waiting
    )


def _seen(chunk: Chunk, campaign: Campaign, ports: Bulk) -> list[_Seen]:
    """Those who have no message of this chunk as yet, with their earlier ones."""
    route = campaign.settings.route
    assert route is not None
    refs = {
        member: _refs(_route_ref(member, chunk, campaign, route, ports), chunk)
        for member in chunk.members[chunk.next :]
    }
    messages = ports.deliver.messages.get_many([ref for each in refs.values() for ref in each])
    return [
        _Seen(
            member,
            _route_ref(member, chunk, campaign, route, ports),
            tuple(messages[ref] for ref in mine if ref in messages),
            mine[-1] in messages,
        )
        for member, mine in refs.items()
    ]


def _route_ref(
    member: str, chunk: Chunk, campaign: Campaign, route: Route, ports: Bulk
) -> RouteRef:
    key = key_of(member, campaign.tenant, ports.deliver.gate.secret)
    route_id = route_of(key, campaign, chunk.ref.run)
    return RouteRef(route_id, RouteMode.FIRST, route.after, chunk.channels)


def _refs(route: RouteRef, chunk: Chunk) -> list[MessageRef]:
    tenant, earlier = chunk.ref.run.tenant, chunk.channels[: chunk.turn]
    return [MessageRef(tenant, message_of_route(route.id, channel)) for channel in earlier]


def _held(message: Message) -> bool:
    """Whether a pause of the campaign holds it back."""
    return message.status is Status.DEFERRED and message.timeline[-1].reason == HELD
