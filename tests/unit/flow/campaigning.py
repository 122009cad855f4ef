"""A campaign from its launch to its end over the ports in memory, whoever dies meanwhile."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from outbound.adapters.links import SignedLinks
from outbound.domain.campaign import Campaign, State
from outbound.domain.content import Content
from outbound.domain.run import run_ref
from outbound.domain.task import Task, Work
from outbound.domain.template import Template
from outbound.domain.words import Channel, Purpose
from outbound.flow.bulk.chunks import bring
from outbound.flow.bulk.ports import Bulk, Worker
from outbound.flow.counting import Changed, count
from outbound.flow.deliver import deliver
from outbound.flow.expand import reviewing, tending
from outbound.flow.expand.shards import work_on
from outbound.flow.schedule import sweep
from tests.builders import TENANT, make_campaign
from tests.memory.carrier import MemoryBulkCarrier
from tests.memory.clock import START
from tests.memory.contacts import MemoryContacts
from tests.memory.world import World

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from outbound.domain.address import Address
    from outbound.domain.ids import MessageRef
    from outbound.domain.run import ChunkRef
    from outbound.domain.tally import Tally

LINKS = SignedLinks(["a key"], "https://pages.example.com")
OFFER = {
    Channel.EMAIL: {
        "subject": "Hello",
        "text": "{{ contact.attributes.name }}, {{ links.unsubscribe }}",
    },
    Channel.SMS: {"text": "Hello {{ contact.attributes.name }}"},
}


class Killed(BaseException):
    """A process died here."""


@dataclass
class Fuse:
    """Kills whoever makes a call, now and then."""

    source: random.Random
    odds: float = 0.0
    killed: int = 0

    def burn(self) -> None:
        if self.odds and self.source.random() < self.odds:
            self.killed += 1
            raise Killed


class Killable:
    """A port whose callers may die before a call, or after it."""

    def __init__(self, port: Any, fuse: Fuse):
        self.__dict__.update(port=port, fuse=fuse)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.port, name)
        if not callable(value):
            return value

        def call(*arguments: Any, **named: Any) -> Any:
            self.fuse.burn()
            result = value(*arguments, **named)
            self.fuse.burn()
            return result

        return call


class Streamed(dict[Any, Any]):
    """A store that remembers what it was told, as a stream does."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[Changed] = []

    def __setitem__(self, ref: Any, message: Any) -> None:
        self.log.append(Changed(self.get(ref), message))
        super().__setitem__(ref, message)


class Indexed(MemoryContacts):
    """Contacts that don't change, found by address as quickly as a table finds them."""

    @cached_property
    def _by_address(self) -> dict[tuple[str, Address], tuple[str, ...]]:
        found: dict[tuple[str, Address], tuple[str, ...]] = {}
        for contact in self.contacts.values():
            for address in contact.addresses:
                place = contact.tenant, address
                found[place] = tuple(sorted((*found.get(place, ()), contact.id)))
        return found

    def _having(self, tenant: str, address: Address) -> tuple[str, ...]:
        return self._by_address.get((tenant, address), ())


@dataclass
class Campaigning(World):
    """A world in which campaigns run; `twice` is how often an event comes a second time.

    Batches of the stream are lost as often as `lost` says, and counted again as often as `again`.
    """

    seed: int = 7
    odds: float = 0.0
    twice: float = 0.0
    lost: float = 0.0
    again: float = 0.0
    channel: Channel = Channel.EMAIL
    together: int = 50
    fuse: Fuse = field(init=False)
    delayed: list[tuple[datetime, ChunkRef]] = field(default_factory=list)
    bulk_carrier: MemoryBulkCarrier = field(init=False)
    batches: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.contacts = Indexed(self.suppressions, self.ledger)
        self.messages.kept = Streamed()
        self.fuse = Fuse(random.Random(self.seed), self.odds)
        self.bulk_carrier = MemoryBulkCarrier(self.carrier)
        self.offer()

    def offer(self) -> None:
        """Another version of the template of all campaigns."""
        contents = {self.channel: Content(self.channel, OFFER[self.channel])}
        draft = Template(TENANT, "offer", 0, Purpose.MARKETING, contents, START)
        self.templates.put(draft, publish=True)

    def launch(self, campaign: Campaign | None = None, **changes: Any) -> Campaign:
        """A campaign, launched now."""
        campaign = campaign or make_campaign(channel=self.channel, **changes)
        now = self.clock.now()
        launched = replace(
            campaign,
            state=State.SCHEDULED,
            launched_at=now,
            next_at=campaign.settings.schedule.first(now),
        )
        self.campaigns.attend(launched.tenant, launched.id)
        self.campaigns.insert(launched)
        return launched

    def become(self, campaign: Campaign, state: State, **changes: Any) -> None:
        now = self.campaigns.kept[campaign.tenant, campaign.id]
        changed = replace(now, state=state, version=now.version + 1, **changes)
        assert self.campaigns.replace(changed)

    def tally(self, campaign: Campaign) -> Tally:
        current = self.campaigns.kept[campaign.tenant, campaign.id]
        assert current.run_at is not None
        return self.runs.tally(run_ref(current, current.run_at))

    def state(self, campaign: Campaign) -> State:
        return self.campaigns.kept[campaign.tenant, campaign.id].state

    def run_to_the_first_step(self) -> None:
        """Open the run and read the first of its shards."""
        tending.sweep(self.expand)
        for task in self.tasks.take():
            self._task(task)
        first, *others = self.tasks.take()
        self._task(first)
        self.tasks.send(others)

    def run(self, *, minutes: int = 1) -> None:
        """Let time pass, minute by minute, until nothing is queued in each."""
        for _ in range(minutes):
            tending.sweep(self.expand)
            sweep(self.schedule)
            self.work()
            self.clock.advance(timedelta(minutes=1))

    def work(self) -> None:
        """Work off all that is queued, some of it twice, whoever dies over it."""
        while jobs := self._jobs():
            self.fuse.source.shuffle(jobs)
            for do, what in jobs:
                again = self.fuse.source.random() < self.twice
                for _ in range(2 if again else 1):
                    self._do(do, what)
            self._count()

    def _jobs(self) -> list[tuple[Callable[[Any], None], Any]]:
        now = self.clock.now()
        queued, self.chunks.queued = self.chunks.queued, []
        self.delayed += [(now + delay, ref) for _, ref, delay in queued]
        ready = [ref for at, ref in self.delayed if at <= now]
        self.delayed = [(at, ref) for at, ref in self.delayed if at > now]
        return [
            *((self._task, task) for task in self.tasks.take()),
            *((self._chunk, ref) for ref in ready),
            *((self._message, ref) for ref in self.queue.take()),
        ]

    @property
    def _streamed(self) -> list[Changed]:
        assert isinstance(self.messages.kept, Streamed)
        return self.messages.kept.log

    def _do(self, do: Callable[[Any], None], what: Any) -> None:
        """An event that isn't worked off comes again, as SQS brings it."""
        for _ in range(3):
            try:
                do(what)
            except Killed:
                continue
            return

    def _count(self) -> None:
        log = self._streamed
        batch, log[:] = list(log), []
        self.batches += 1
        if self.lost and self.fuse.source.random() < self.lost:
            return
        if self.again and self.fuse.source.random() < self.again:
            count(batch, f"again-{self.batches}", self.runs)
        for _ in range(2 if self.fuse.source.random() < self.twice else 1):
            count(batch, f"batch-{self.batches}", self.runs)

    def _task(self, task: Task) -> None:
        ports = replace(
            self.expand,
            campaigns=self._killable(self.campaigns),
            runs=self._killable(self.runs),
            queue=self._killable(self.chunks),
            tasks=self._killable(self.tasks),
            messages=self._killable(self.messages),
        )
        if task.work is Work.TEND:
            tending.tend(task.tenant, task.id, ports, may_go_on=lambda: True)
        elif task.work is Work.REVIEW:
            reviewing.work_on(task, ports, may_go_on=lambda: self.fuse.source.random() > 0.1)
        else:
            work_on(task, ports, may_go_on=lambda: self.fuse.source.random() > 0.1)

    def _chunk(self, ref: ChunkRef) -> None:
        bring(ref, self.bulk_ports, Worker(lambda: True, lambda work: _called(work)))

    def _message(self, ref: MessageRef) -> None:
        deliver(ref, self.bulk_ports.deliver)

    @property
    def bulk_ports(self) -> Bulk:
        ports = replace(
            self.deliver,
            channel=self.channel,
            messages=self._killable(self.messages),
            carrier=self._killable(self.carrier),
            links=LINKS if self.channel is Channel.EMAIL else None,
        )
        email = self.channel is Channel.EMAIL
        return replace(
            self.bulk,
            deliver=ports,
            runs=self._killable(self.runs),
            carrier=self._killable(self.bulk_carrier) if email else None,
            together=self.together,
        )

    def _killable(self, port: Any) -> Any:
        return Killable(port, self.fuse)


def _called(work: Callable[[], int]) -> None:
    work()
