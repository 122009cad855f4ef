"""Statistics: in which counts of its tenant a message is, by what it is and what became of it.

What a message adds depends on the message alone, so that of two versions of it the difference is
what changes; and neither a claim nor what comes behind an erasure changes anything.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from outbound.domain.histogram import bucket
from outbound.domain.message import Status
from outbound.domain.tally import BILLED, MARK, OPEN, STATUS, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from outbound.domain.message import Message
    from outbound.domain.words import Channel, Mode, Purpose

ACCEPTED, PARTS, TIME, ESTIMATED = "accepted", "parts", "time", "estimated"


class By(StrEnum):
    """What statistics are broken down by."""

    DAY = "day"
    CHANNEL = "channel"
    PURPOSE = "purpose"
    PROVIDER = "provider"
    REGION = "region"
    TEMPLATE = "template"
    CAMPAIGN = "campaign"


@dataclass(frozen=True, slots=True)
class Book:
    """Whose messages are counted, and of which mode of its keys."""

    tenant: str
    mode: Mode


@dataclass(frozen=True, slots=True)
class Cell:
    """Messages of a day (in UTC) that have all of this in common.

    `provider` is None for what wasn't handed over, `region` where an address has none; `template`
    and `campaign` where messages have none.
    """

    day: date
    channel: Channel
    purpose: Purpose
    provider: str | None = None
    region: str | None = None
    template: str | None = None
    campaign: str | None = None

    def under(self, by: By) -> str | None:
        """What it has in common, in one respect."""
        if by is By.DAY:
            return self.day.isoformat()
        value: str | None = getattr(self, by)
        return value


def counts_of(message: Message, region: str | None) -> dict[Cell, Tally]:
    """What a message adds: on the day of its acceptance that it was accepted, and on the day on
    which it first was handed over, or came to its end here, what has become of it since.

    While it is tried again it counts as what it was before.
    """
    accepted = _cell(message, message.created_at.date(), None, region)
    counts = {accepted: Tally({ACCEPTED: 1})}
    settled = [entry for entry in message.timeline if entry.status not in OPEN]
    if settled:
        provider = message.provider.name if message.provider else None
        cell = _cell(message, settled[0].at.date(), provider, region)
        counts[cell] = counts.get(cell, Tally()) + _outcome(message, settled[-1].status)
    return counts


def moved(
    before: Mapping[Cell, Tally], after: Mapping[Cell, Tally]
) -> Iterable[tuple[Cell, Tally]]:
    """What changes in the counts when a message goes from one to the other."""
    for cell in before.keys() | after.keys():
        change = after.get(cell, Tally()) + -before.get(cell, Tally())
        if change.counts or change.cost:
            yield cell, change


def grouped(cells: Iterable[tuple[Cell, Tally]], by: By) -> dict[str | None, Tally]:
    """The counts under each value that they have in one respect, those without one last."""
    groups: defaultdict[str | None, Tally] = defaultdict(Tally)
    for cell, tally in cells:
        groups[cell.under(by)] += tally
    return dict(sorted(groups.items(), key=lambda each: (each[0] is None, each[0] or "")))


def times_of(tally: Tally) -> dict[int, int]:
    """How many messages were delivered in times of each bucket."""
    return {int(name): count for name, count in tally.under(TIME).items() if count > 0}


def _cell(message: Message, day: date, provider: str | None, region: str | None) -> Cell:
    return Cell(
        day=day,
        channel=message.channel,
        purpose=message.purpose,
        provider=provider,
        region=region,
        template=message.template.id if message.template else None,
        campaign=message.campaign.id if message.campaign else None,
    )


def _outcome(message: Message, status: Status) -> Tally:
    counts = {f"{STATUS}:{status}": 1, **{f"{MARK}:{mark}": 1 for mark in message.marks}}
    if status is Status.DELIVERED:
        counts[f"{TIME}:{_time_to_deliver(message)}"] = 1
    if status not in BILLED:
        return Tally(counts)
    if message.sms is not None:
        counts[PARTS] = message.sms[1]
    if message.price is None:
        return Tally(counts)
    if message.price.estimated:
        counts[ESTIMATED] = 1
    return Tally(counts, message.price.amount)


def _time_to_deliver(message: Message) -> int:
    """From when it might leave: a lawful hour that it waited for isn't ours to shorten."""
    delivered = next(
        entry.at for entry in reversed(message.timeline) if entry.status is Status.DELIVERED
    )
    return bucket((delivered - message.not_before).total_seconds())
