"""Estimating: whom an alert would reach if it began now, told before a second person says yes.

It decides as the sending does, of the same people, and writes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
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
    found = _Found(Deciding(alert, wave, ports))
    shards, of = 0, 1 if alert.settings.drill else SHARDS
    for members in _shards(alert, wave, of, ports, may_go_on):
        if members is None:
            shards += 1
        else:
            found.add(members)
    first = waves[0].channels
    channels = [found.on(each, at_once=each in first, rate=rates[each]) for each in used]
    prices = {each.channel: each.price for each in channels}
    return AlertEstimate(
        shards=shards,
        of=of,
        recipients=len(found.recipients),
        reached=len(found.reached(first)),
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


class _Found:
    """What was found so far."""

    def __init__(self, deciding: Deciding):
        self._deciding = deciding
        self._sent: dict[Channel, list[Message]] = {each: [] for each in Channel}
        self._decisions: dict[Channel, Counter[Decision]] = {each: Counter() for each in Channel}
        self.recipients: set[str] = set()
        self.sample: list[Tried] = []

    def add(self, members: Sequence[Member]) -> None:
        if not members:
            return
        for member, message in zip(members, self._deciding.decided(members), strict=True):
            key, leaves = self._deciding.key(member), message.status is Status.ACCEPTED
            self.recipients.add(key)
            self._decisions[member.channel][message.decision] += 1
            if leaves:
                self._sent[member.channel].append(message)
            if len(self.sample) < SAMPLE:
                said = self._deciding.bodies(member.channel, member.contact.locale)
                self.sample.append(Tried(message, said if leaves else {}))

    def reached(self, channels: Sequence[Channel]) -> set[str]:
        return {each.contact_id for channel in channels for each in self._sent[channel]}

    def on(self, channel: Channel, *, at_once: bool, rate: float) -> OnChannel:
        sent = self._sent[channel]
        prices = [each.price.amount for each in sent if each.price]
        return OnChannel(
            channel=channel,
            at_once=at_once,
            recipients=len(sent),
            takes=timedelta(seconds=len(sent) / (rate * CRITICAL)),
            decisions=self._decisions[channel],
            parts=sum(each.sms[1] for each in sent if each.sms),
            price=sum(prices, Decimal(0)),
            unpriced=len(sent) - len(prices),
        )
