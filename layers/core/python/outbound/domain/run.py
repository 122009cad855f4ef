"""A run of a campaign, and how it is worked off: shards, steps, chunks, calls.

All of it is written before it takes effect, and each part names the next: whoever finds a part
that another left behind goes on from there, and comes to the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.instant import rfc3339

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal

    from outbound.domain.campaign import Campaign
    from outbound.domain.message import Decision
    from outbound.domain.words import Channel

STEPS_KEPT = timedelta(days=7)
"""Steps name people, and are looked at no longer than it takes to miss a chunk of theirs."""
ERASED = "~"
"""Comes before the key of a member who was erased. No contact's id has it, and all come before."""


class Phase(StrEnum):
    """Whom a run is for by now: the few on whom it is tried, or the rest, who may be all."""

    FIRST = "first"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class RunRef:
    """Which run."""

    tenant: str
    campaign: str
    id: str

    @property
    def at(self) -> datetime:
        """When the run began, as its id says."""
        return ids.run_time(self.id)


@dataclass(frozen=True, slots=True)
class ChunkRef:
    """Which chunk of a run: what a queue carries."""

    run: RunRef
    id: str


@dataclass(frozen=True, slots=True)
class Run:
    """`swept` is how far the release of chunks has come; `counted` how many had come to an end
    when that last changed, at `settled_at`. `moved_at` is then or when it was driven again.

    `asked_at` is when somebody last wanted it looked through, `reviewed_at` when the last look that
    counts began. A run is closed when its sums match and such a look has shown it.

    `lost` names chunks that were gone from the table, the first of them; `unnamed` counts who was
    in others of which nothing is known any more.
    """

    ref: RunRef
    at: datetime
    phase: Phase
    shards: int
    swept: datetime
    moved_at: datetime
    settled_at: datetime
    counted: int = 0
    asked_at: datetime | None = None
    reviewed_at: datetime | None = None
    tried_until: datetime | None = None
    closed_at: datetime | None = None
    lost: tuple[str, ...] = ()
    unnamed: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True)
class Point:
    """How far the expansion of a shard has come: behind which contact, with how many steps."""

    phase: Phase
    shard: int
    after: str | None = None
    steps: int = 0
    recipients: int = 0
    done: bool = False
    further: int = 0
    """How many of the recipients have more than one channel."""


@dataclass(frozen=True, slots=True)
class Planned:
    """Contacts whose turn it is at the same time, and with a route, on the same channels."""

    at: datetime
    members: tuple[str, ...]
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What an expansion has read, before anything of it is done: it is never read again.

    `last` is the contact that it ends with, `ends` says that there are none behind.
    """

    phase: Phase
    shard: int
    number: int
    last: str | None
    ends: bool
    chunks: tuple[Planned, ...]

    @property
    def recipients(self) -> int:
        """How many it is for."""
        return sum(len(each.members) for each in self.chunks)

    @property
    def further(self) -> int:
        """How many of them have more than one channel."""
        return sum(len(each.members) for each in self.chunks if len(each.channels) > 1)


@dataclass(frozen=True, slots=True)
class Call:
    """Members from `first` on, claimed for one call to the provider.

    `verdicts` holds what the gate said, by place, of those who are not in the call. The price of
    all who are in it, or may come later, was taken from the budget.
    """

    first: int
    count: int
    claimed_at: datetime
    lease_until: datetime
    verdicts: Mapping[int, Decision]


@dataclass(frozen=True, slots=True)
class Look:
    """Who of a chunk isn't reached, seen when its channel's turn came, written before they are.

    `over` are reached, or can't be on any channel; `later` are those of whom it isn't known before
    `until`.
    """

    at: datetime
    over: int = 0
    later: tuple[str, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """At most 50 recipients. Those before `next` have their messages; none more when `done`.

    Of a `call`, `next` is the first, or when it is `over`, whoever comes behind it.

    `members` are contact ids, and contact keys once it is done: then nobody needs the ids. Who is
    erased before is there by their key, behind `ERASED`.

    With a route, `channels` are those of the members, and `turn` says which of them it is for. Of
    all turns but the first, `parent` is the chunk before, and the `look` says whose turn it is.
    """

    ref: ChunkRef
    not_before: datetime
    members: tuple[str, ...]
    next: int = 0
    call: Call | None = None
    done: bool = False
    reserved: Decimal | None = None
    version: int = 1
    channels: tuple[Channel, ...] = ()
    turn: int = 0
    parent: str | None = None
    look: Look | None = None

    @property
    def over(self) -> bool:
        """Whether its call has ended: all who were in it have their messages."""
        return self.call is not None and self.next > self.call.first


def run_ref(campaign: Campaign, at: datetime) -> RunRef:
    """The run of a campaign at an instant."""
    return RunRef(campaign.tenant, campaign.id, ids.run_id(campaign.id, at))


def id_of(contact_key: str, campaign: Campaign, run: RunRef) -> str:
    """The id of the one message that a run has for the contact with this key, on its channel."""
    if campaign.settings.route is not None:
        return ids.message_of_route(route_of(contact_key, campaign, run), campaign.settings.channel)
    return ids.message_id(contact_key, run.at, campaign.tenant, campaign.mode, campaign.id, run.id)


def route_of(contact_key: str, campaign: Campaign, run: RunRef) -> str:
    """The id of the route that a run has for the contact with this key."""
    return ids.route_id(contact_key, run.at, campaign.tenant, campaign.mode, campaign.id, run.id)


def keys_of(chunk: Chunk, secret: bytes) -> Sequence[str]:
    """The contact keys of a chunk's members."""
    if chunk.done:
        return chunk.members
    return [key_of(each, chunk.ref.run.tenant, secret) for each in chunk.members]


def key_of(member: str, tenant: str, secret: bytes) -> str:
    """The contact key of a member of a chunk that isn't done."""
    if member.startswith(ERASED):
        return member.removeprefix(ERASED)
    return ids.contact_key(secret, tenant, member)


def nameless(members: tuple[str, ...], contact_id: str, contact_key: str) -> tuple[str, ...]:
    """Members of whom one was erased."""
    return tuple(ERASED + contact_key if each == contact_id else each for each in members)


def right_before(contact_id: str | None) -> str:
    """A place right before a contact's, behind all others that come before; None is the end."""
    if contact_id is None:
        return ERASED
    return f"{contact_id[:-1]}{chr(ord(contact_id[-1]) - 1)}{ERASED}"


def chunks_of(run: RunRef, step: Step) -> list[Chunk]:
    """The chunks of a step; the order of their ids is that of their release."""
    place = f"{step.phase}{step.shard:03d}#{step.number:06d}"
    return [
        Chunk(
            ChunkRef(run, f"{rfc3339(each.at)}#{place}#{index:03d}"),
            each.at,
            each.members,
            channels=each.channels,
        )
        for index, each in enumerate(step.chunks)
    ]


def behind(point: Point, step: Step) -> Point:
    """Where a shard stands when all of a step is written and queued; at its end it names nobody."""
    return replace(
        point,
        after=None if step.ends else step.last,
        steps=step.number + 1,
        recipients=point.recipients + step.recipients,
        done=step.ends,
        further=point.further + step.further,
    )


def expanded(points: Sequence[Point], run: Run) -> bool:
    """Whether every shard of the run's phase has been read to its end."""
    return sum(each.done for each in points if each.phase is run.phase) == run.shards
