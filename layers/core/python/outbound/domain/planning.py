"""Planning: recipients, put together by when it is their turn and how they are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from outbound.domain.pace import Share, released, size_of_chunks, spread
from outbound.domain.run import Planned
from outbound.domain.timing import turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from outbound.domain.campaign import Campaign
    from outbound.domain.run import Point, Run
    from outbound.domain.words import Channel


class Recipient(NamedTuple):
    """Who is found: in which zones they may be, and with a route, by which channels."""

    contact_id: str
    contact_key: str
    zones: Sequence[str] = ()
    channels: tuple[Channel, ...] = ()


def plan(
    campaign: Campaign,
    run: Run,
    point: Point,
    found: Iterable[Recipient],
) -> tuple[Planned, ...]:
    """Recipients, put together by their turn."""
    settings, share = campaign.settings, Share(point.shard, run.shards)
    groups: dict[tuple[datetime, tuple[Channel, ...]], list[str]] = {}
    for each in found:
        at = turn(settings.schedule, each.zones, run.at) + spread(
            settings.pace, campaign.id, each.contact_key
        )
        groups.setdefault((at, each.channels), []).append(each.contact_id)
    size = size_of_chunks(settings.pace, share)
    planned: list[Planned] = []
    before = point.recipients
    for (at, channels), members in sorted(groups.items()):
        for start in range(0, len(members), size):
            some = tuple(members[start : start + size])
            release = released(settings.pace, share, before, at)
            planned.append(Planned(release, some, channels))
            before += len(some)
    return tuple(planned)
