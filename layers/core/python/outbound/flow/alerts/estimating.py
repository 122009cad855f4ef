"""Estimating: whom an alert would reach if it began now, told before a second person says yes.

It decides as the sending does, of the same people, and writes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from outbound.domain.alert import Wave
from outbound.domain.message import Status
from outbound.domain.shards import SHARDS
from outbound.domain.words import Channel
from outbound.flow import selecting
from outbound.flow.alerts import audience
from outbound.flow.alerts.deciding import Deciding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from outbound.domain.alert import Alert
    from outbound.domain.message import Decision, Message
    from outbound.flow.alerts.deciding import Member
    from outbound.flow.alerts.ports import DecidePorts

SAMPLE = 10
CRITICAL = 0.3
"""The share of a channel's rate that alerts have."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody would get on a channel, or why not; `bodies` are empty where they don't."""

    message: Message
    bodies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OnChannel:
    """What would be done on a channel; `at_once` says whether the alert begins on it.

    `price` is that of all who would be written to once, `unpriced` how many of them have none.
    """

    channel: Channel
    at_once: bool
    recipients: int
    takes: timedelta
    decisions: Mapping[Decision, int]
    parts: int
    price: Decimal
    unpriced: int


@dataclass(frozen=True, slots=True)
class AlertEstimate:
    """`shards` is how many of `of` parts of all contacts were looked at.

    `recipients` are the contacts whom it is for, `reached` those who would be written to on some
    channel at once, `at_most` what it would cost if nobody ever acknowledged or answered it.
    """

    shards: int
    of: int
    recipients: int
    reached: int
    channels: Sequence[OnChannel]
    price: Decimal
    at_most: Decimal
    sample: Sequence[Tried]


def estimate(
    alert: Alert,
    rates: Mapping[Channel, float],
    ports: DecidePorts,
    *,
    may_go_on: Callable[[], bool],
) -> AlertEstimate:
    """What an alert would do if it began now, of as many as there is time to look at.

    Raises:
        Refusal: its segment is gone.
    """
    alert = replace(alert, launched_at=ports.clock.now())
    waves = alert.waves
    used = tuple(dict.fromkeys(channel for wave in waves for channel in wave.channels))
    wave = Wave(0, timedelta(), used)
    first = waves[0].channels
    found = _Found(Deciding(alert, wave, ports), first)
    shards, of = 0, 1 if alert.settings.drill else SHARDS
    for members in _shards(alert, wave, of, ports, may_go_on):
        if members is None:
            shards += 1
        else:
            found.add(members)
    channels = [found.on(each, rate=rates[each]) for each in used]
    prices = {each.channel: each.price for each in channels}
    return AlertEstimate(
        shards=shards,
        of=of,
        recipients=found.recipients,
        reached=found.reached,
        channels=channels,
        price=sum((prices[each] for each in first), Decimal(0)),
        at_most=sum((prices[each] for wave in waves for each in wave.channels), Decimal(0)),
        sample=found.sample,
    )


def _shards(
    alert: Alert,
    wave: Wave,
    shards: int,
    ports: DecidePorts,
    may_go_on: Callable[[], bool],
) -> Iterator[Sequence[Member] | None]:
    """Pages of those whom it is for, and None behind each shard; at least one page."""
    chosen, segment = None, alert.settings.target.segment
    if segment is not None and not alert.settings.drill:
        whole = selecting.whole(
            selecting.find(segment, alert.tenant, ports.segments), ports.segments
        )
        chosen = selecting.selection(whole, ports.expressions)
    for shard in range(shards):
        after, ends = None, False
        while not ends:
            page = audience.read(alert, wave, shard, after, chosen, ports)
            yield page.members
            after, ends = page.last, page.ends
            if not ends and not may_go_on():
                return
        yield None
        if not may_go_on():
            return


@dataclass(slots=True)
class _Count:
    """What was found on a channel so far: sums, for there may be many."""

    decisions: Counter[Decision] = field(default_factory=Counter)
    sent: int = 0
    parts: int = 0
    price: Decimal = Decimal(0)
    unpriced: int = 0

    def add(self, message: Message) -> None:
        """Count a message."""
        self.decisions[message.decision] += 1
        if message.status is not Status.ACCEPTED:
            return
        self.sent += 1
        self.parts += message.sms[1] if message.sms else 0
        if message.price is None:
            self.unpriced += 1
        else:
            self.price += message.price.amount


class _Found:
    """What was found so far; contacts come together, with all their channels."""

    def __init__(self, deciding: Deciding, first: Sequence[Channel]):
        self._deciding, self._first = deciding, first
        self._counts = {each: _Count() for each in Channel}
        self.recipients = self.reached = 0
        self.sample: list[Tried] = []

    def add(self, members: Sequence[Member]) -> None:
        """Count a page."""
        if not members:
            return
        messages = self._deciding.decided(members)
        for member, message in zip(members, messages, strict=True):
            self._counts[member.channel].add(message)
            if len(self.sample) < SAMPLE:
                leaves = message.status is Status.ACCEPTED
                said = self._deciding.bodies(member.channel, member.contact.locale)
                self.sample.append(Tried(message, said if leaves else {}))
        self.recipients += len({each.contact_id for each in messages})
        self.reached += len(
            {
                each.contact_id
                for each in messages
                if each.status is Status.ACCEPTED and each.channel in self._first
            }
        )

    def on(self, channel: Channel, *, rate: float) -> OnChannel:
        """What would be done on a channel."""
        count = self._counts[channel]
        return OnChannel(
            channel=channel,
            at_once=channel in self._first,
            recipients=count.sent,
            takes=timedelta(seconds=count.sent / (rate * CRITICAL)),
            decisions=count.decisions,
            parts=count.parts,
            price=count.price,
            unpriced=count.unpriced,
        )
